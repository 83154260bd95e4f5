"""Where each page of the site lies: two levels at most, so that every link is short."""

from __future__ import annotations

from crmtool.model.community import Record
from crmtool.model.records import Person


def _stem(slug: str) -> str:
    # No slug holds an underscore, so that nobody called `index` takes the place of a list.
    return "index_" if slug == "index" else slug


def person_path(record: Record[Person], slug: str | None = None) -> str:
    """A person's, bot's or organisation's page, under this slug or under an earlier one."""
    section = "organisations" if record.data.kind == "organisation" else "people"
    return f"{section}/{_stem(slug or record.slug)}.html"


def note_path(slug: str) -> str:
    """A note's page."""
    return f"notes/{_stem(slug)}.html"


def kind_path(kind: str) -> str:
    """The list of all notes of a kind. The dot keeps it apart from any note."""
    return f"notes/kind.{kind}.html"


def task_path(slug: str) -> str:
    """A task's page."""
    return f"tasks/{_stem(slug)}.html"


def tag_path(tag: str) -> str:
    """A tag's page. Tags hold no dots, so that `expert/compilers` and others stay apart."""
    return f"tags/{_stem(tag.replace('/', '.'))}.html"


def subproject_path(name: str) -> str:
    """A subproject's page."""
    return f"subprojects/{_stem(name)}.html"


def report_path(month: str, subproject: str | None = None) -> str:
    """A month's report, of the whole community or of one subproject."""
    return f"reports/{subproject}.{month}.html" if subproject else f"reports/{month}.html"
