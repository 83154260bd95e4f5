"""Links that open the host's editor, filled in."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crmtool.app.intake import answers
from crmtool.model.config import CommunityInfo
from crmtool.publish.contribute import contribute

TODAY = date(2026, 11, 22)


def links(
    repository: str, about: str | None = "ada", path: str | None = "people/ada.md"
) -> dict[str, str]:
    found = contribute(CommunityInfo(name="Terns", repository=repository), TODAY)
    assert found
    return {link.title: link.url for link in found.links(about, path)}


def test_github_s_editor_is_filled_in() -> None:
    found = links("https://github.com/terns/crm")
    url = urlsplit(found["Add a note"])
    query = parse_qs(url.query)
    assert url.path == "/terns/crm/new/main"
    assert query["filename"] == ["notes/2026/2026-11-22-ada.md"]
    assert "date: 2026-11-22\n" in query["value"][0]
    assert "about: [ada]\n" in query["value"][0]
    assert found["Edit this"] == "https://github.com/terns/crm/edit/main/people/ada.md"


def test_gitlab_takes_a_form_that_intake_reads() -> None:
    found = links("https://gitlab.com/terns/people/crm")
    url = urlsplit(found["Add a note"])
    assert url.path == "/terns/people/crm/-/issues/new"
    body = parse_qs(url.query)["issue[description]"][0]
    assert body.endswith("/label ~crm-note\n")
    assert answers(body)["about whom"] == "ada"
    assert found["Edit this"] == "https://gitlab.com/terns/people/crm/-/edit/main/people/ada.md"


def test_a_page_about_nobody() -> None:
    assert list(links("https://github.com/terns/crm", None, None)) == ["Add a note", "Add a task"]


@pytest.mark.parametrize("repository", [None, "https://git.example.org/a/b"])
def test_no_links_without_a_host_that_has_an_editor(repository: str | None) -> None:
    found = contribute(CommunityInfo(name="Terns", repository=repository), TODAY)
    assert found is None or not list(found.links("ada", "people/ada.md"))
