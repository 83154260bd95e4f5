"""`crmtool intake`: issues written with one of our forms become requests, by a bot's hand.

What people wrote is read by its number from the host's API and stays data: it is in no command
line, no branch name and no expression, and the rules read it before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmtool.app.authors import Introduction
from crmtool.app.hosts.here import branches_of, host_of, origin_of
from crmtool.app.hosts.host import Host, Issue
from crmtool.app.hosts.requests import opener_here
from crmtool.app.note_edits import NewNote, add_note, begin_note, note_text
from crmtool.app.opening import Asked, SystemClock, open_workspace
from crmtool.app.standing import Standing, propose_work
from crmtool.app.task_edits import NewTask, add_task
from crmtool.app.trusted import post_reviews
from crmtool.app.writing import How
from crmtool.errors import CrmError, GitFailed, Refused, SourceError, UsageError
from crmtool.model.plan import digest
from crmtool.review.words import literal
from crmtool.store.branches import Branches, Remote

LABELS: Final = ("crm-note", "crm-task")
MARK: Final = "<!-- crmtool intake -->"
# Hosts take a million characters. Each of these reads them once, whatever they are: a comment that
# is not closed goes to the end, as browsers have it.
_HEADING: Final = re.compile(r"^###[ \t](.*)$", re.MULTILINE)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMAND: Final = re.compile(r"^/label[ \t].*$", re.MULTILINE)
# By this the commit tells which form it was made from, in which state.
_TRAILER: Final = "Crm-Form:"
# What GitHub writes for an answer that was not given.
_NO_ANSWER: Final = "_No response_"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one issue."""

    number: int
    url: str
    """Where the request can be seen; empty where none was made."""
    words: str = ""
    """Why none was made."""
    trouble: CrmError | None = None
    """Why it could not even be answered; the others are taken in all the same."""


def take_in(folder: Path, which: str, host: Host | None = None) -> Iterator[TakenIn]:
    """Make a request of an issue, or of `all` open ones; each as it is done.

    An issue that cannot be taken in is answered with the reason; its writer mends it by editing.

    Raises:
        UsageError: no such issue, or one that was written with none of our forms.
        SourceError: the host does not say which issues there are.

    """
    root = open_workspace(folder)
    branches = branches_of(root)
    remote, forge = origin_of(branches)
    host = host or host_of(forge, SystemClock())
    for issue in _chosen(host, which):
        try:
            done = _done(branches, remote, issue)
            yield done or _one(root, host, issue, forge.network)
        except (SourceError, GitFailed, UsageError) as error:
            yield TakenIn(issue.number, "", trouble=error)


def _chosen(host: Host, which: str) -> list[Issue]:
    if which == "all":
        return [issue for label in LABELS for issue in host.issues(label)]
    if not which.isdecimal():
        raise UsageError(f"{which[:40]!r} is no issue's number", "give a number, or all")
    issue = host.issue(int(which))
    if not set(LABELS) & set(issue.labels):
        raise UsageError(
            f"issue {which} has none of the labels {', '.join(LABELS)}",
            "it was written with none of our forms, so it is left alone",
        )
    return [issue]


def _done(branches: Branches, remote: Remote, issue: Issue) -> TakenIn | None:
    """What became of an issue that has been taken in as it is, or that is no longer ours to take.

    A request that was merged, or refused, or that somebody has mended by hand, stays so.
    """
    if not issue.is_open:
        return TakenIn(issue.number, "", "it is closed")
    name, default = _branch(issue), branches.default(remote)
    heads = {branch: branches.track(remote, branch) for branch in (default, name)}
    known = list(filter(None, heads.values()))
    if known and branches.said(known, _trailer(issue)):
        return TakenIn(issue.number, "", "nothing new since it was taken in")
    is_ours = not heads[name] or branches.contains(heads[default], heads[name])
    if not is_ours and _TRAILER not in branches.message(heads[name]):
        return TakenIn(issue.number, "", f"somebody has edited {name} by hand: go on there")
    return None


def _branch(issue: Issue) -> str:
    return f"crm/intake-{issue.number}"


def _trailer(issue: Issue) -> str:
    """What tells this form, as it is now, from every other."""
    return f"{_TRAILER} {issue.number} {digest(issue.body.encode())[:32]}"


def _one(root: Path, host: Host, issue: Issue, network: str) -> TakenIn:
    """One issue on its own branch, begun anew, so that an edited one replaces what it was."""
    standing = Standing(_branch(issue), _title(issue), f"Closes #{issue.number}", anew=True)
    opener = opener_here(tools=False)
    try:
        stood = propose_work(root, standing, lambda: _write(root, issue, network), opener)
    except (SourceError, GitFailed):
        raise
    except (Refused, UsageError) as error:
        said = f"{error.message}\n{error.hint}".strip()
        host.comment("issue", issue.number, MARK, _answer(error))
        return TakenIn(issue.number, "", said)
    url = stood.opened.url if stood.opened else ""
    if url:
        host.comment("issue", issue.number, MARK, f"{MARK}\nThank you! It is proposed in {url}")
        # A request that a workflow's own token opens starts no other workflow.
        for posted in post_reviews(root, stood.head, host):
            if posted.trouble:
                raise posted.trouble
    return TakenIn(issue.number, url)


def _title(issue: Issue) -> str:
    what = "note" if LABELS[0] in issue.labels else "task"
    return f"A {what} from #{issue.number}"


def _answer(error: CrmError) -> str:
    lines = [MARK, "This could not be taken in yet:", "", literal(error.message)]
    if error.hint:
        lines += ["", literal(error.hint)]
    return "\n".join([*lines, "", "Edit the text above; it is tried again then."])


def _write(root: Path, issue: Issue, network: str) -> None:
    """The record that an issue's form asks for, committed.

    Raises:
        UsageError: it names nobody whom we know, or no day.
        Unfit: a rule finds an error in it.

    """
    said = answers(issue.body)
    how = How(commit=True, trailer=_trailer(issue))
    if LABELS[0] in issue.labels:
        asked = Asked(root)
        new = _note(said, f"{network}:{issue.author}", issue.day)
        sheet = begin_note(asked, new)
        add_note(new, sheet, note_text(sheet, new.message), how)
    else:
        add_task(Asked(root), _task(said), how)


def answers(body: str) -> dict[str, str]:
    """What a form's answers are, by the words of its headings in small letters.

    Comments and the host's own commands (`/label …`) are no part of them.
    """
    plain = _COMMAND.sub("", _COMMENT.sub("", body.replace("\r\n", "\n")))
    parts = _HEADING.split(plain)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    found: dict[str, str] = {}
    for heading, text in pairs:
        answer = text.strip()
        # A heading that the text itself has belongs to the text.
        found.setdefault(heading.strip().casefold(), "" if answer == _NO_ANSWER else answer)
    return found


def _note(said: Mapping[str, str], author: str, written: str) -> NewNote:
    text = said.get("note", "")
    if not text:
        raise UsageError("the form has no text under Note", "write what should be remembered")
    if text.startswith("---"):
        # It would be read as a record's own keys: another author, more eyes.
        raise UsageError("the text under Note begins with ---", "begin it with a word")
    return NewNote(
        about=_listed(said.get("about whom", "")),
        kind=_line(said.get("kind", "")) or "conversation",
        message=text,
        tags=_listed(said.get("tags", "")),
        values={"date": _line(said.get("day", "")) or written},
        said=Introduction(author),
    )


def _task(said: Mapping[str, str]) -> NewTask:
    title = _line(said.get("what is to be done", ""))
    if not title:
        raise UsageError("the form does not say what is to be done", "write it under its heading")
    return NewTask(
        title,
        about=_listed(said.get("about whom", "")),
        assignee=_line(said.get("who does it", "")).lstrip("@") or None,
        due=_line(said.get("due", "")) or None,
        message=said.get("more", ""),
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _listed(text: str) -> tuple[str, ...]:
    words = (_line(word).lstrip("@") for word in re.split(r"[,\n]", text))
    return tuple(word for word in words if word)
