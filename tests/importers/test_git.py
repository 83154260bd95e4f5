"""The git importer: one commit at a time, in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.importers.contract import Context
from crmtool.importers.git import (
    Commit,
    GitImporter,
    commits,
    moment,
    person_of,
)
from crmtool.importers.words import clean, excerpt, person_name
from crmtool.model.config import Config, Source
from crmtool.model.feeds import Profile
from crmtool.model.keyed import Keyed
from crmtool.store.git import ForeignRepository
from tests.gitrepo import ADA, GRACE, Project
from tests.importers.contract import Brought, ImporterContract, Make, bring
from tests.importers.fakes import FakeClock, NoNetwork

KEYED = Keyed(bytes(32))
HOSTILE = [
    b"<script>alert(1)</script> <x@example.org>",
    b"\x1b[31mRed\x07 <red@example.org>",
    b"Zo\xeb \xff <zoe@example.org>",
    "\u202eevil\u2066 <rtl@example.org>".encode(),
    b"x" * 10_000 + b" <long@example.org>",
    b" <>",
    b"ada@example.org <ada@example.org>",
    b"=cmd|' /C calc'!A0 <csv@example.org>",
    b"../../etc/passwd <path@example.org>",
    b"--option <-x@example.org>",
]


class Options(TypedDict, total=False):
    """What a test may set: of `crm.yml`, of `source.yml`."""

    emails: str
    bots: list[str]
    paths: list[str]


def importer(project: Project, **options: Unpack[Options]) -> GitImporter:
    config = {
        "community": {"name": "Terns"},
        "privacy": {"emails": options.get("emails", "hmac")},
        "bots": options.get("bots", []),
    }
    source = {"type": "git", "target": "../core", "paths": options.get("paths", [])}
    return GitImporter(
        Context(
            "core",
            Source.model_validate(source),
            Config.model_validate(config),
            KEYED,
            FakeClock(),
            NoNetwork(),
            repository=lambda: ForeignRepository("core", project.folder),
        )
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "core")


class TestContract(ImporterContract):
    @pytest.fixture
    def make(self, project: Project) -> Make:
        for author in HOSTILE:
            project.commit(b"Subject \x1b]0;x\x07 " + author[:300], author=author)
        project.commit("Trail\n\nReviewed-by: \x1b[1mBo <bo@example.org>\n")
        return lambda: importer(project)


def said(brought: Brought) -> list[tuple[str, str | None]]:
    """(type, name) of each activity."""
    return [(a.type, brought.profiles[a.actor or ""].name) for a in brought.activities]


def test_trailers_in_any_case_and_spacing(project: Project) -> None:
    project.commit(
        "Subject\n\nBody.\n\n"
        "CO-AUTHORED-BY:Grace <grace@example.org>\n"
        "Co-developed-by: Lin <lin@example.org>\n"
        "Reviewed-By :   Bo   <bo@example.org>\n"
        'tested-by: "Cy" <cy@example.org>\n'
        "Reported-by: Di <di@example.org> (on the list)\n"
        "Signed-off-by: Ada Lovelace\n <ada@example.org>\n"
        "Acked-by: Ed <ed@example.org>\r\n"
        "Fixes: #12\n"
        "Reviewed-by: nobody in particular\n"
    )
    brought = bring(importer(project))
    assert said(brought) == [
        ("commit", "Ada Lovelace"),
        ("co-author", "Grace"),
        ("co-author", "Lin"),
        ("review", "Bo"),
        ("test", "Cy"),
        ("bug-report", "Di"),
        ("sign-off", "Ada Lovelace"),
        ("ack", "Ed"),
    ]
    assert brought.outcome.skipped == {"trailers that name nobody": 1}
    commit, *named = brought.activities
    assert {a.reply_to for a in named} == {commit.id}
    assert {(a.at, a.title) for a in brought.activities} == {("2026-01-05T10:00:00Z", "Subject")}
    assert named[1].id == f"{commit.id}.co-author.2"


def test_a_person_counts_once_for_a_role(project: Project) -> None:
    """Doubled by a rebase, or named as co-author of one's own commit."""
    line = "Reviewed-by: Bo <bo@example.org>\n"
    project.commit(f"Subject\n\n{line}{line}Acked-by: Bo <bo@example.org>\nCo-authored-by: {ADA}\n")
    assert [kind for kind, _ in said(bring(importer(project)))] == ["commit", "review", "ack"]


def test_merges_are_told_apart(project: Project) -> None:
    first = project.commit()
    others = [project.commit(branch=name, parents=[first]) for name in "ab"]
    merge = project.commit("Merge", parents=[first, *others], author=GRACE)
    found = {a.id: a for a in bring(importer(project)).activities}
    assert (found[merge].type, found[merge].reply_to) == ("merge", others[0])
    assert found[first].type == "commit"
    assert len(found) == 4


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("1767607200 +0100", "2026-01-05T10:00:00Z"),
        ("1767607200 +9999", "2026-01-05T10:00:00Z"),
        ("1 +0000", "1970-01-01T00:00:01Z"),
        ("253402300799 +0000", "9999-12-31T23:59:59Z"),
        ("0 +0000", None),
        ("253402300800 +0000", None),
        ("9223372036854775807 +0000", None),
        ("99999999999999999999999 +0000", None),
        ("-1 +0000", None),
        ("yesterday", None),
        ("1767607200 never", None),
        ("", None),
    ],
)
def test_a_date_as_git_reads_it(date: str, at: str | None, project: Project) -> None:
    project.commit(date=date or " ")
    brought = bring(importer(project))
    assert [a.at for a in brought.activities] == [at]
    assert brought.outcome.skipped == ({} if at else {"commits without a readable date": 1})


@pytest.mark.parametrize("seconds", ["", "x", "1.5", "-5", "9" * 5000, "²"])
def test_seconds_that_are_none(seconds: str) -> None:
    assert moment(seconds) is None


@given(st.integers(1, 253402300799))
def test_a_moment_is_what_the_calendar_says(seconds: int) -> None:
    assert moment(
        str(seconds)
    ) == f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")


def profile_of(project: Project, **options: Unpack[Options]) -> Profile:
    (profile,) = bring(importer(project, **options)).profiles.values()
    return profile


@pytest.mark.parametrize(
    ("emails", "kept"),
    [
        ("hmac", [KEYED.email("ada@example.org", "hmac")]),
        ("plain", ["email:ada@example.org"]),
        ("none", []),
    ],
)
def test_an_address_by_policy(emails: str, kept: list[str], project: Project) -> None:
    project.commit()
    assert profile_of(project, emails=emails).emails == kept


@pytest.mark.parametrize(
    ("address", "account", "kind"),
    [
        ("7+ada@users.noreply.github.com", "github:ada", None),
        ("7-ada@users.noreply.gitlab.com", "gitlab.com:ada", None),
        ("9+dependabot[bot]@users.noreply.github.com", "github:dependabot[bot]", "bot"),
    ],
)
def test_a_no_reply_address_names_an_account(
    address: str, account: str, kind: str | None, project: Project
) -> None:
    project.commit(author=f"Someone <{address}>")
    profile = profile_of(project)
    assert (profile.same_as, profile.emails, profile.kind) == ([account], [], kind)


def test_bots_that_the_community_names(project: Project) -> None:
    project.commit(author="Tern Release <release@example.org>")
    assert profile_of(project).kind is None
    assert profile_of(project, bots=["tern release"]).kind == "bot"


def test_a_program_is_one_under_all_its_names(project: Project) -> None:
    line = "Co-authored-by: Claude {} <noreply@anthropic.com>"
    project.commit(f"Fix\n\n{line.format('One')}\n{line.format('Two')}\n")
    found = {p.name: (p.kind, p.same_as) for p in bring(importer(project)).profiles.values()}
    agent = ("bot", ["anthropic.com:claude"])
    assert found == {"Ada Lovelace": (None, []), "Claude One": agent, "Claude Two": agent}


def test_raw_names_beside_those_of_mailmap(project: Project) -> None:
    mailmap = "Ada Lovelace <ada@example.org> <ada@old.example.org>\n"
    project.commit(author="ada <ada@old.example.org>", files={".mailmap": mailmap})
    project.commit("Fix\n\nReviewed-by: A. L. <ADA@old.example.org>\n", author=ADA)
    profiles = bring(importer(project)).profiles
    proper = KEYED.git_actor("Ada Lovelace", "ada@example.org")
    links = {p.name: p.mailmap and (p.mailmap.identity, p.mailmap.name) for p in profiles.values()}
    link = (proper, "Ada Lovelace")
    assert links == {"ada": link, "A. L.": link, "Ada Lovelace": None}


def test_addresses_are_masked_where_they_are_not_kept(project: Project) -> None:
    project.commit("Thank bo@example.org", author="ada@example.org <ada@example.org>")
    activity, *_ = bring(importer(project)).activities
    assert activity.title == "Thank bo@…"
    assert profile_of(project).name == "ada"
    activity, *_ = bring(importer(project, emails="plain")).activities
    assert activity.title == "Thank bo@example.org"


def test_only_what_is_new(project: Project) -> None:
    project.commit("One")
    cursor = bring(importer(project)).outcome.cursor
    project.commit("Two", author=GRACE)
    brought = bring(importer(project), cursor)
    assert [a.title for a in brought.activities] == ["Two"]
    assert [p.name for p in brought.profiles.values()] == ["Grace Hopper"]
    assert not brought.outcome.replaces


def rewrite(project: Project) -> GitImporter:
    project.commit("One again", parents=[])
    return importer(project)


def forget_the_head(project: Project) -> GitImporter:
    project.object(project.head()).unlink()
    return rewrite(project)


def map_names(project: Project) -> GitImporter:
    project.commit("Map", files={".mailmap": "Ada L. <ada@example.org>\n"})
    return importer(project)


def replace(project: Project) -> GitImporter:
    project.git("replace", "--graft", project.commit("Two"))
    return importer(project)


@pytest.mark.parametrize(
    "change",
    [
        rewrite,
        forget_the_head,
        map_names,
        replace,
        lambda project: importer(project, paths=["."]),
        lambda project: importer(project, emails="none"),
        lambda project: importer(project, bots=["Ada Lovelace"]),
    ],
    ids=["rewritten", "head is gone", "mailmap", "replaced", "paths", "policy", "bots"],
)
def test_everything_is_read_again_when_it_would_be_read_otherwise(
    change: Callable[[Project], GitImporter], project: Project
) -> None:
    project.commit("One", files={"a.txt": "a"})
    cursor = bring(importer(project)).outcome.cursor
    now = change(project)
    brought = bring(now, cursor)
    assert brought.outcome.replaces
    assert brought.lines() == bring(GitImporter(now.context)).lines()


@given(
    st.lists(st.tuples(*[st.text("aé\n\x1b", max_size=3)] * len(Commit._fields)), max_size=4),
    st.integers(1, 9),
)
def test_records_however_the_stream_is_cut(records: list[tuple[str, ...]], size: int) -> None:
    data = "".join(f"{field}\0" for record in records for field in record).encode()
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert [tuple(c) for batch in commits(chunks) for c in batch] == records


@pytest.mark.parametrize(
    ("value", "pair"),
    [
        (" Ada Lovelace <ada@example.org>", ("Ada Lovelace", "ada@example.org")),
        ('"Ada" <ada@example.org>', ("Ada", "ada@example.org")),
        (" <ada@example.org>", ("", "ada@example.org")),
        ("Ada < ada@example.org > # list", ("Ada", "ada@example.org")),
        ("ada@example.org", None),
        ("Ada <ada@example.org", None),
        ("Ada <nowhere>", None),
        ("Ada <>", None),
        (f"{'x' * 201} <ada@example.org>", None),
        (f"Ada <{'x' * 254}@example.org>", None),
        ("", None),
    ],
)
def test_who_a_trailer_names(value: str, pair: tuple[str, str] | None) -> None:
    assert person_of(value) == pair


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  Ada \t Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("Z\udceb", "Z\ufffd"),
        ("\x1b[31mAda\x07", "[31mAda"),
        ("\u202eadA", "adA"),
        ("ada@example.org", "ada"),
        ("ada@localhost", "ada"),
        ("Ada (ada@example.org)", "Ada (ada)"),
        ("@ada", "@ada"),
        ("\x00\x01", ""),
        ("x" * 10_000, "x" * 200),
    ],
)
def test_a_name_as_it_may_be_shown(raw: str, shown: str) -> None:
    assert person_name(raw) == shown


@given(st.text())
def test_a_clean_text_stays(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Fix it", "Fix it"), ("", None), (" \x1b ", None), ("x" * 201, "x" * 199 + "…")],
)
def test_a_title(subject: str, title: str | None) -> None:
    assert excerpt(subject) == title


MAILMAP = "Ada Lovelace <ada@example.org> <ada@old.example.org>\n"
PEOPLE = [ADA, GRACE, "ada <ada@old.example.org>", "Bo <bo@example.org>"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.integers(0, 5),  # how far back the parent lies, or the second one of a merge
        st.booleans(),  # whether it is a merge
        st.sampled_from(["", "\n\nReviewed-by: Bo <bo@example.org>\n"]),
        st.sampled_from(["a.txt", "lib/b.txt", "lib/c.txt"]),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, cut=st.integers(0, 7), paths=st.sampled_from([[], ["lib"]]))
def test_in_two_imports_as_in_one(
    steps: list[tuple[str, int, bool, str, str]],
    cut: int,
    paths: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever the shape of a history, and wherever the first import found it."""
    project = Project(tmp_path_factory.mktemp("history"))
    made = [project.commit("Begin", files={".mailmap": MAILMAP})]
    first = bring(importer(project, paths=paths))
    for number, (author, back, merge, trailer, file) in enumerate(steps):
        if number == cut:
            first = bring(importer(project, paths=paths))
        other = made[-1 - back % len(made)]
        parents = dict.fromkeys([made[-1], other] if merge else [other])
        files = {} if merge else {file: str(number)}
        made.append(
            project.commit(f"{number}{trailer}", author=author, parents=parents, files=files)
        )
    second, whole = (bring(importer(project, paths=paths), c) for c in (first.outcome.cursor, {}))
    kept = [] if second.outcome.replaces else first.lines()
    assert {*kept, *second.lines()} == {*whole.lines()}
    assert len(second.activities) <= len(whole.activities)
