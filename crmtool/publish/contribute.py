"""Links by which a reader adds what they know, in the browser, without git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from crmtool.model.config import CommunityInfo
from crmtool.model.forge import Forge, find_forge


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the line below each page."""

    title: str
    url: str


@dataclass(frozen=True)
class Contribute:
    """The links of one site. None of it where `crm.yml` does not say where the repository is."""

    forge: Forge
    branch: str
    today: date

    def links(self, about: str | None, path: str | None) -> Iterator[Link]:
        """What may be added from a page about somebody, and the file that the page was made from.

        A new file is filled in on GitHub. GitLab takes only its name, so there an issue is filled
        in, which a bot turns into the file.
        """
        if self.forge.kind == "github":
            yield Link("Add a note", self._new("notes", about or "note", _note(about, self.today)))
            yield Link("Add a task", self._new("tasks", about or "task", _task(about)))
        elif self.forge.kind == "gitlab":
            yield Link("Add a note", self._issue("A note", "crm-note", _NOTE, about))
            yield Link("Add a task", self._issue("A task", "crm-task", _TASK, about))
        if path and self.forge.kind != "plain":
            yield Link("Edit this", f"{self._at('edit')}/{quote(path)}")

    def _at(self, verb: str) -> str:
        between = "/-/" if self.forge.kind == "gitlab" else "/"
        return f"{self.forge.page}{between}{verb}/{quote(self.branch)}"

    def _new(self, room: str, stem: str, text: str) -> str:
        name = f"{room}/{self.today:%Y}/{self.today}-{stem}.md"
        return f"{self._at('new')}?{urlencode({'filename': name, 'value': text})}"

    def _issue(self, title: str, label: str, form: Mapping[str, str], about: str | None) -> str:
        answers = dict(form) | ({"About whom": about} if about else {})
        body = "\n\n".join(f"### {head}\n\n{answer}" for head, answer in answers.items())
        words = {"issue[title]": title, "issue[description]": f"{body}\n\n/label ~{label}\n"}
        return f"{self.forge.page}/-/issues/new?{urlencode(words)}"


_NOTE = {"About whom": "", "Kind": "conversation", "Day": "", "Tags": "", "Note": ""}
_TASK = {"What is to be done": "", "About whom": "", "Who does it": "", "Due": "", "More": ""}


def _note(about: str | None, today: date) -> str:
    lines = [
        "---",
        f"date: {today}",
        "author: # your file's name in people/, without .md",
        f"about: [{about or ''}]",
        "kind: conversation # or event, gift, feedback, …",
        "---",
        "Write here.",
        "",
    ]
    return "\n".join(lines)


def _task(about: str | None) -> str:
    lines = [
        "---",
        "title: # what is to be done",
        "assignee: # who does it: a file's name in people/, without .md",
        "due: # YYYY-MM-DD",
        f"about: [{about or ''}]",
        "---",
        "",
    ]
    return "\n".join(lines)


def contribute(community: CommunityInfo, today: date) -> Contribute | None:
    """The links of a community's site, where it says where its repository is."""
    if community.repository is None:
        return None
    settings = {"forge": community.forge} if community.forge else {}
    return Contribute(find_forge(community.repository, settings), community.branch, today)
