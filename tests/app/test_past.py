"""Any moment of the past can be asked: what is said of it is what was said then."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crmtool.app.card_text import card_text
from crmtool.app.checking import check
from crmtool.app.opening import Asked, SystemClock, open_scene
from crmtool.app.people import card_data, person_card
from crmtool.app.reporting import report, report_data, report_markdown, report_text
from crmtool.app.reviewing import review, review_lines
from crmtool.app.site import site_build
from crmtool.errors import UsageError, WorkspaceError
from crmtool.store.lock import locked
from tests.cli.running import environment
from tests.store.helpers import Repo

THEN = date(2025, 11, 20)


def at(repo: Repo, day: str) -> str:
    """A commit of everything at noon of a day."""
    repo.git("add", "--all")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    moment = f"{day}T12:00:00+00:00"
    env = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        subprocess.run(["git", "-C", repo.root, *who, "commit", "-qm", day], check=True)
    return repo.git("rev-parse", "HEAD").strip()


def person(name: str, *more: str) -> str:
    return "\n".join(["---", f"name: {name}", *more, "---", ""])


def feed(*days: str) -> str:
    return "".join(
        f'{{"actor":"github:{"ada" if n % 2 else "grace"}","at":"{day}T10:00:00Z","id":"{day}-{n}",'
        f'"thread":"t{n // 2}","title":"Change {n}","type":"{"review" if n % 3 else "commit"}"}}\n'
        for n, day in enumerate(days)
    )


class Story:
    """A workspace of two years ago, and all that has changed since."""

    def __init__(self, root: Path) -> None:
        self.repo = repo = Repo(root).begin()
        repo.write("crm.yml", "community: {name: Terns}\nsubprojects:\n  core: {sources: [core]}\n")
        repo.write("tags.yml", "tags: {speaker: {about: Talks}}\n")
        repo.write("mkdocs.yml", "site_name: Terns then\nsite_dir: build/site\ntheme: material\n")
        repo.write("site/docs/index.md", "# Then\n\nWords of then.\n")
        repo.write("sources/core/source.yml", "type: git\ntarget: ../core\n")
        repo.write("people/ada.md", person("Ada", "identities: [github:ada]", "tags: [speaker]"))
        repo.write("people/grace.md", person("Grace", "identities: [github:grace]"))
        repo.write("people/zoe.md", person("Zoe", "owner: ada"))
        note = "---\ndate: 2025-11-01\nauthor: ada\nabout: [grace]\n---\nMet.\n"
        repo.write("notes/2025/2025-11-01-met.md", note)
        repo.write("tasks/2025/2025-11-02-ask.md", "---\ntitle: Ask\nabout: [zoe]\n---\n")
        repo.write("sources/core/activities/2025-10.jsonl", feed("2025-10-01", "2025-10-02"))
        repo.write("sources/core/activities/2025-11.jsonl", feed("2025-11-03", "2025-11-18"))
        self.then = at(repo, "2025-11-20")

    def a_year_passes(self) -> None:
        repo = self.repo
        repo.write("crm.yml", "community: {name: Terns & gulls, timezone: Asia/Tokyo}\n")
        repo.write("mkdocs.yml", "site_name: Now\nsite_dir: build/site\ntheme: material\n")
        repo.write("site/docs/index.md", "# Now\n")
        repo.write("site/docs/more.md", "# More\n")
        repo.write("people/ada.md", person("Ada L.", "identities: [github:ada, github:countess]"))
        (repo.root / "people/zoe.md").unlink()
        repo.write("people/lin.md", person("Lin", "identities: [github:lin]"))
        repo.write("sources/core/activities/2025-11.jsonl", feed("2025-11-03", "2025-11-18"))
        repo.write("sources/core/activities/2025-10.jsonl", feed("2025-10-05"))
        repo.write("sources/core/activities/2026-10.jsonl", feed("2026-10-01", "2026-10-02"))
        at(repo, "2026-11-20")
        repo.write("people/ada.md", "not even committed")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "crm")


def everything(asked: Asked) -> list[object]:
    """What check, the reports and a person's card say."""
    found, names = report(asked, "2025-10")
    part, _ = report(asked, None, "core")
    card = person_card(asked, "ada")
    return [
        check(asked),
        report_text(found, names),
        report_markdown(found, names),
        report_data(found),
        report_data(part),
        card_text(card),
        card_data(card),
    ]


def built_then(patch: pytest.MonkeyPatch) -> None:
    """Set the machine's clock to the afternoon of the first commit."""
    patch.setattr(SystemClock, "now", lambda _: datetime(2025, 11, 20, 15, tzinfo=UTC))


def test_reports_and_cards_of_a_commit_are_those_of_its_day(story: Story) -> None:
    with pytest.MonkeyPatch.context() as patch:
        built_then(patch)
        built = everything(Asked(story.repo.root))
    story.a_year_passes()
    for rev in (story.then, "2025-11-20", "2026-06-01"):
        asked = Asked(story.repo.root, rev, as_of=THEN if rev == "2026-06-01" else None)
        assert everything(asked) == built, rev
    now, _ = report(Asked(story.repo.root, "HEAD"), "2025-10")
    assert report_data(now) != built[3], "or the two would be equal for no reason"


def test_a_site_of_a_commit_is_that_of_its_day_byte_for_byte(story: Story, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        built_then(patch)
        site_build(Asked(story.repo.root), out=tmp_path / "then")
    story.a_year_passes()
    site_build(Asked(story.repo.root, "HEAD~1"), out=tmp_path / "now")
    assert pages(tmp_path / "now") == pages(tmp_path / "then")
    assert b"Words of then" in pages(tmp_path / "now")["index.html"]


def pages(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_each_state_is_checked_for_itself(story: Story) -> None:
    root = story.repo.root
    story.repo.write("people/ada.md", person("Ada", "tags: [nothing]"))
    assert [f.code for f in check(Asked(root))] == ["unknown-tag"]
    assert check(Asked(root, staged=True)) == []
    story.repo.git("add", "--all")
    story.repo.write("people/ada.md", "broken")
    assert [f.code for f in check(Asked(root, staged=True))] == ["unknown-tag"]
    assert check(Asked(root, "HEAD")) == []


def test_a_hook_checks_what_is_about_to_be_committed(story: Story) -> None:
    """git tells its hooks by the environment which index it means."""
    story.repo.hook("pre-commit", f'"{sys.executable}" -m crmtool check --staged')
    story.repo.write("people/ada.md", person("Ada", "tags: [nothing]"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", environment()["PYTHONPATH"])
        with pytest.raises(subprocess.CalledProcessError):
            story.repo.git("commit", "--quiet", "--all", "-m", "Tag")
        story.repo.write("people/ada.md", person("Ada", "tags: [speaker]", "location: Oslo"))
        story.repo.git("commit", "--quiet", "--all", "-m", "Tag")


class TestDay:
    """What day it is: as asked, else that of the state, else today; in the community's zone."""

    @pytest.mark.parametrize(
        ("rev", "as_of", "day"),
        [
            ("HEAD", None, "2025-11-20"),
            ("HEAD", "2024-02-29", "2024-02-29"),
            ("2025-12-24", None, "2025-12-24"),
            ("2025-12-24", "2026-01-01", "2026-01-01"),
        ],
    )
    def test_of_a_commit(self, story: Story, rev: str, as_of: str | None, day: str) -> None:
        asked = Asked(story.repo.root, rev, as_of=date.fromisoformat(as_of) if as_of else None)
        assert open_scene(asked).day.isoformat() == day

    def test_the_zone_is_that_of_the_state(self, story: Story) -> None:
        story.repo.write("crm.yml", "community: {name: T, timezone: Pacific/Kiritimati}\n")
        at(story.repo, "2026-03-01")  # noon in UTC is the next day in Kiribati
        assert open_scene(Asked(story.repo.root, "HEAD")).day == date(2026, 3, 2)
        assert open_scene(Asked(story.repo.root, "HEAD~1")).day == THEN

    @pytest.mark.parametrize("staged", [False, True])
    def test_of_what_is_not_committed_it_is_today(self, story: Story, *, staged: bool) -> None:
        today = SystemClock().now().astimezone(ZoneInfo("UTC")).date()
        assert open_scene(Asked(story.repo.root, staged=staged)).day == today

    def test_no_day_of_the_calendar(self, story: Story) -> None:
        with pytest.raises(UsageError, match="2026-02-30 is not a day"):
            open_scene(Asked(story.repo.root, "2026-02-30"))


def test_a_review_takes_a_day_and_looks_at_any_state(story: Story) -> None:
    root = story.repo.root
    assert review(Asked(root), "HEAD") == []
    story.a_year_passes()
    story.repo.git("checkout", "--", "people/ada.md")
    said = review(Asked(root), "2025-11-20")
    assert said == review(Asked(root, "HEAD"), "HEAD~1")
    assert "  Zoe (zoe): record deleted" in review_lines(said)
    assert "  Lin (lin): new person" in review_lines(said)


def test_the_past_can_be_asked_while_another_command_writes(story: Story) -> None:
    (story.repo.root / ".crm").mkdir()
    (story.repo.root / ".crm/journal.json").write_text("half a journ")
    with locked(story.repo.root):
        assert check(Asked(story.repo.root, "HEAD")) == []
        with pytest.raises(WorkspaceError, match="damaged"):
            check(Asked(story.repo.root))


def test_a_commit_from_before_the_workspace_says_so(story: Story) -> None:
    story.repo.git("switch", "--quiet", "--orphan", "empty")
    story.repo.git("commit", "--quiet", "--allow-empty", "-m", "Empty")
    story.repo.git("switch", "--quiet", "main")
    with pytest.raises(WorkspaceError, match=r"crm\.yml:1:1: is missing in commit [0-9a-f]{12}"):
        open_scene(Asked(story.repo.root, "empty"))
