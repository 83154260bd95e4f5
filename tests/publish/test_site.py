from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from crmtool.errors import Refused, WorkspaceError
from crmtool.model.community import Community
from crmtool.model.config import Config, Tags
from crmtool.model.figures import Glance, Moment, PersonFigures
from crmtool.model.records import Audience
from crmtool.privacy.redact import redact
from crmtool.publish.material import SECTIONS
from crmtool.publish.pages.home import stale_since
from crmtool.publish.pages.people import safe_json
from crmtool.publish.site import BuildStamp, build_site
from tests.publish.world import (
    HOSTILE,
    STAMP,
    TODAY,
    Built,
    FakeFigures,
    make_community,
    make_view,
    make_workspace,
)


class Elements(HTMLParser):
    """Every element that a browser would make, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def pages(built: Built) -> list[Path]:
    return sorted(built.out.rglob("*.html"))


def ours(html: str) -> str:
    """What we put into a page, without what the theme makes around it."""
    return html[html.index('<div class="crm">') : html.index("</article>")]


def test_there_is_a_page_for_everything(built: Built) -> None:
    made = {path.relative_to(built.out).as_posix() for path in pages(built)}
    assert {f"{s}/index.html" for s in SECTIONS if s != "home"} <= made
    assert {
        "index.html",
        "404.html",
        "guide.html",
        "people/grace.html",
        "people/bot.html",
        "people/index_.html",
        "organisations/navy.html",
        "notes/2026-11-01-first-talk.html",
        "notes/kind.event.html",
        "tasks/late.html",
        "tags/expert.compilers.html",
        "tags/index_.html",
        "subprojects/server.html",
        "reports/2026-10.html",
        "reports/server.2026-10.html",
    } <= made
    assert "people/secret.html" not in made
    assert not any("sitemap" in path.name for path in built.out.rglob("*"))


@pytest.mark.parametrize("audience", list(Audience))
def test_an_earlier_slug_leads_to_the_page_of_today(audience: Audience, tmp_path: Path) -> None:
    community = make_community()
    grace = community.people["grace"]
    data = grace.data.model_copy(update={"aliases": ["hopper"], "visibility": Audience.PUBLIC})
    people = {**community.people, "grace": replace(grace, data=data)}
    view = redact(replace(community, people=people), audience)
    build_site(view, FakeFigures(), make_workspace(tmp_path), tmp_path / "out", STAMP)
    page = tmp_path / "out" / "people" / "hopper.html"
    if audience is Audience.PUBLIC:
        assert not page.exists()
        return
    found = Elements(page.read_text())
    assert ("content", "0; url=grace.html") in found.attributes
    assert ("href", "grace.html") in found.attributes
    card = (page.parent / "grace.html").read_text()
    assert ("Earlier here as hopper" in card) == (audience is Audience.STEWARDS)


def test_no_link_leads_nowhere(built: Built) -> None:
    for page in pages(built):
        if page.name == "404.html":
            continue
        for name, value in Elements(page.read_text()).attributes:
            if name in ("href", "src") and not re.match(r"[a-z]+:|#|$", value):
                target = (page.parent / re.split(r"[?#]", value)[0]).resolve()
                assert target.is_file(), f"{page.name}: {value}"


def test_nothing_hostile_becomes_an_element_or_an_attribute(built: Built) -> None:
    for page in pages(built):
        if page.name in ("404.html", "guide.html"):
            continue
        found = Elements(ours(page.read_text()))
        scripts = found.tags.count("script")
        assert scripts == (3 if page.parent.name == "people" and page.stem == "index" else 0)
        assert not {"img", "iframe", "object", "embed", "style"} & set(found.tags), page
        names = {name for name, _ in found.attributes}
        assert not any(name.startswith("on") for name in names), page
        assert "style" not in names, page
        # Material would show it as HTML.
        assert "title" not in names, page
        for name, value in found.attributes:
            assert name not in ("href", "src") or not re.match(r"(?i)\s*(javascript|data):", value)


def test_no_control_or_override_character_is_in_a_page(built: Built) -> None:
    for page in pages(built):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page.read_text())


def test_what_the_reader_may_not_see_is_nowhere(built: Built) -> None:
    for path in built.out.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert "Secret Person" not in text
            assert "what secret did" not in text
            assert "example.org/secret" not in text


def test_every_page_has_its_policy(built: Built) -> None:
    for page in pages(built):
        html = page.read_text()
        assert html.count("Content-Security-Policy") == 1
        assert "default-src 'self'" in html
        assert "noindex" in html
        hosts = set(re.findall(r"(?:src|href)=\"(https?://[^/\"]+)", html.partition("<body")[0]))
        assert not hosts


def test_hand_written_pages_stand_beside_ours(built: Built) -> None:
    home = built.read("index.html")
    assert home.index("Written by hand") < home.index("At a glance")
    assert 'href="guide.html"' in home
    assert "The guide" in built.read("people/grace.html")
    assert built.summary.warnings == ()


def test_a_persons_page(built: Built) -> None:
    page = ours(built.read("people/grace.html"))
    for text in (
        "Grace Hopper",
        "she/her",
        "America/New York",
        "https://github.com/grace",
        "https://forum.example.org/u/grace",
        "odd</span>",
        "Looked after by",
        "for swag",
        'href="../notes/2026-11-01-first-talk.html"',
        'href="../tags/expert.compilers.html"',
        'href="../organisations/navy.html"',
        "overdue by 2 days",
        "Often in the same threads",
        "November 2026",
    ):
        assert text in page, text
    assert "tracker.example" not in page
    assert "nobody-at-all" in page


def test_a_report_says_how_figures_changed(built: Built) -> None:
    page = ours(built.read("reports/2026-10.html"))
    assert "2 more (+20%)" in page
    assert "than in September" in page
    assert "than in October 2025" in page
    assert "25 points less" in page
    assert "About &lt;b&gt;people&lt;/b&gt;." in page
    assert "not over" not in page
    assert 'href="../reports/2026-09.html"' in page
    assert "@grace" in page
    assert "This month is not over" in built.read("reports/2026-11.html")


def test_the_search_knows_our_pages_and_theirs(built: Built) -> None:
    index = json.loads(built.read("search/search_index.json"))
    docs = {doc["location"]: doc for doc in index["docs"]}
    assert docs["people/h-img.html"]["title"].startswith("&lt;img")
    assert "<" not in json.dumps([d for d in index["docs"] if "guide" not in d["location"]])
    assert "grace" in docs["people/grace.html"]["text"]
    assert docs["people/grace.html"]["tags"] == ["speaker", "expert/compilers"]
    assert "guide.html" in docs
    assert "reports/2026-10.html" in docs
    assert built.read("search/search_index.js").startswith("var __index = {")


@pytest.mark.parametrize("text", HOSTILE.values())
def test_json_in_a_page_cannot_end_its_element(text: str) -> None:
    found = str(safe_json([text, "</script>", "<!--", "\u2028"]))
    assert not re.search("[<>&\u2028\u2029]", found)
    assert json.loads(found)[1:] == ["</script>", "<!--", "\u2028"]


def rebuild(built: Built, **changes: object) -> tuple[int, int]:
    view = make_view()
    people = {k: v for k, v in view.people.items() if k not in changes}
    summary = build_site(
        replace(view, people=people), FakeFigures(), built.root, built.root / "again", STAMP
    )
    return summary.written, summary.removed


def test_building_again_writes_nothing_and_forgets_who_went_away(built: Built) -> None:
    first, _ = rebuild(built)
    assert first > 50
    assert rebuild(built) == (0, 0)
    _, removed = rebuild(built, bot=None)
    assert removed == 1
    assert not (built.root / "again" / "people" / "bot.html").exists()


def test_only_the_lists_tell_of_the_commit(built: Built) -> None:
    out = built.root / "stamped"
    build_site(make_view(), FakeFigures(), built.root, out, STAMP)
    later = BuildStamp("ffffffffffff", TODAY)
    summary = build_site(make_view(), FakeFigures(), built.root, out, later)
    assert summary.written <= 20


class Nothing(FakeFigures):
    """The figures of a community in which nothing has happened."""

    def __init__(self) -> None:
        super().__init__([])

    def people(self) -> Mapping[str, PersonFigures]:
        return {}

    def glance(self) -> Glance:
        return Glance(TODAY, 0, 0, 0, 0, 0)


def empty() -> Community:
    config = Config.model_validate({"community": {"name": "New"}})
    return Community(config, Tags(), {}, {}, {}, {})


def test_an_empty_community_has_a_site_that_says_what_to_do(tmp_path: Path) -> None:
    view = redact(empty(), Audience.TEAM)
    summary = build_site(view, Nothing(), tmp_path, tmp_path / "out", STAMP)
    assert summary.pages == len(SECTIONS)
    assert "crmtool import" in (tmp_path / "out" / "index.html").read_text()
    assert "built 8 pages" in str(summary)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_audience_has_a_site(tmp_path: Path, audience: Audience) -> None:
    view = make_view(audience)
    build_site(view, FakeFigures(), make_workspace(tmp_path), tmp_path / "out", STAMP)
    home = (tmp_path / "out" / "index.html").read_text()
    assert ("noindex" in home) is (audience is not Audience.PUBLIC)
    assert (tmp_path / "out" / "people" / "secret.html").exists() is (audience is Audience.STEWARDS)


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused):
        build_site(make_view(), FakeFigures(), tmp_path, tmp_path / "mine", STAMP)
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: [", "mkdocs.yml"),
        ("theme: {name: material}", "site_name"),
        ("site_name: X\ntheme: {name: readthedocs}", "material"),
        ("site_name: X\nplugins: [no-such-plugin]", "no-such-plugin"),
    ],
)
def test_a_broken_configuration_says_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(WorkspaceError, match=said):
        build_site(make_view(), FakeFigures(), tmp_path, tmp_path / "out", STAMP)


def test_a_state_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / ".crm").symlink_to(tmp_path / "home")
    with pytest.raises(Refused):
        build_site(make_view(), FakeFigures(), tmp_path, tmp_path / "out", STAMP)
    assert list((tmp_path / "home").iterdir()) == []


def test_the_users_own_theme_navigation_and_links(tmp_path: Path) -> None:
    root = make_workspace(
        tmp_path,
        docs__index="---\ndescription: Hi\n---\n# Hello\n",
        docs__a="# Page A\n",
        docs__people__mine="# Mine\n",
        docs__deep__b="# Page B\n",
    )
    (root / "site" / "docs" / "secret.md").symlink_to("/etc/hostname")
    (root / "site" / "overrides").mkdir()
    (root / "site" / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}Our own news{% endblock %}'
    )
    (root / "mkdocs.yml").write_text(
        "site_name: X\nrepo_url: https://github.com/example/x\n"
        "theme:\n  name: material\n  custom_dir: site/overrides\n"
        "  features: [navigation.instant, content.tooltips, navigation.tabs]\n"
        "nav: [{Start: index.md}, {Second: deep/b.md}, {First: a.md}]\n"
    )
    summary = build_site(make_view(), FakeFigures(), root, root / "out", STAMP)
    page = (root / "out" / "people" / "grace.html").read_text()
    assert "Our own news" in page
    assert page.index("Second") < page.index("First")
    assert "navigation.instant" not in page
    assert "content.tooltips" not in page
    assert 'data-md-component="source"' not in page
    assert any("people/mine.md is left out" in w for w in summary.warnings)
    assert not (root / "out" / "secret.html").exists()
    assert not (root / "out" / "people" / "mine.html").exists()


def test_home_says_when_the_feeds_end_long_before_today() -> None:
    moment = Moment("2026-08-20T10:00:00Z", "core-git", "commit", "ada")
    fresh = Glance(date(2026, 9, 19), 1, 1, 1, 0, 1, recent=(moment,))
    assert stale_since(fresh) == ""
    assert stale_since(replace(fresh, as_of=date(2026, 9, 20))) == "20 August 2026"
