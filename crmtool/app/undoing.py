"""`crmtool identity undo`: a decision taken back out of history, whatever came after it kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmtool.app.deciding import TRAILER, Decided, How, Work, decide
from crmtool.errors import Refused, UsageError
from crmtool.model.clash import Question
from crmtool.model.protocols import Tree
from crmtool.store.changes import changed_paths
from crmtool.store.history import Told, commit_message, commits_that_say
from crmtool.store.lines import merge_lines
from crmtool.store.objects import Commit, commit_tree, find_commit
from crmtool.sync.undoing import Decision, Past, Undoer

_LINE: Final = re.compile(rf"^{TRAILER}([a-z]+) (\S+)(?: (\S+))?$", re.MULTILINE)
_UNDO: Final = "undo"
_SHORT: Final = 8


def tell_nobody(_question: Question) -> str | None:
    """Ask nobody."""
    return None


@dataclass(frozen=True, slots=True)
class Later:
    """Whose something is that was added since: a slug's, `keep` for where it is, or asked."""

    name: str | None = None
    ask: Callable[[Question], str | None] = tell_nobody

    def __call__(self, question: Question) -> str | None:
        """The slug of its owner, None where there is no telling."""
        if self.name == "keep":
            return question.slugs[0]
        return self.name if self.name in question.slugs else self.ask(question)


def undo(root: Path, rev: str | None, later: Later, how: How) -> Decided:
    """Take back what a commit decided, or without one the last decision that stands.

    Raises:
        UsageError: the commit decided nothing about who is who, or there is none.
        Refused: later decisions rest on it, or it was taken back already.
        Undecided: something was added since, and there is no telling whose it is.

    """
    told = _chosen(root, rev)
    original = _original(root, told)
    past = _past(root, told)
    decisions = list(_decisions(original.message))

    def work(job: Work) -> None:
        undoer = Undoer(job.desk, job.community.profiles, past, decisions, merge_lines, later)
        undoer.undo()
        job.tell(f"{_UNDO} {told.name}", _subject(told, original))
        job.notes += [f"stays as it is: {line}" for line in undoer.kept]

    return decide(root, how, work)


def _subject(told: Told, original: Told) -> str:
    """What is done, in the words of what was decided first."""
    again = any(d.verb == _UNDO and d.first == original.name for d in _decisions(told.message))
    return f"{'Do again' if again else 'Take back'}: {original.message.partition(chr(10))[0]}"


def _chosen(root: Path, rev: str | None) -> Told:
    """The commit to take back."""
    undone: dict[str, str] = {}
    for told in commits_that_say(root, TRAILER):
        undoes = [d.first for d in _decisions(told.message) if d.verb == _UNDO]
        if told.name not in undone:
            undone |= dict.fromkeys(undoes, told.name)
        if rev is None and told.name not in undone and not undoes:
            return told
    if rev is None:
        raise UsageError("there is no decision to take back", "see: git log --grep '^Crmtool: '")
    commit = find_commit(root, rev)
    told = commit_message(root, commit.name)
    if not list(_decisions(told.message)):
        raise UsageError(
            f"commit {commit.name[:_SHORT]} decided nothing about who is who",
            "see those that did: git log --grep '^Crmtool: '; accounts that an import joined are "
            "taken off with: crmtool person split SLUG ACCOUNT",
        )
    if told.name in undone:
        raise Refused(
            f"commit {told.name[:_SHORT]} was taken back already, by {undone[told.name][:_SHORT]}",
            f"to do it again: crmtool identity undo {undone[told.name][:_SHORT]}",
        )
    return told


def _original(root: Path, told: Told) -> Told:
    """What an undoing of an undoing is about in the end."""
    while undone := next((d.first for d in _decisions(told.message) if d.verb == _UNDO), None):
        told = commit_message(root, find_commit(root, undone).name)
    return told


def _decisions(message: str) -> Iterator[Decision]:
    for verb, first, second in _LINE.findall(message):
        yield Decision(verb, first, second)


def _past(root: Path, told: Told) -> Past:
    if not told.parents:
        raise Refused(
            f"commit {told.name[:_SHORT]} is the first: there is nothing to go back to",
            "edit the records by hand",
        )
    before, after = Commit(told.parents[0], 0), Commit(told.name, 0)
    paths = [change.path for change in changed_paths(root, before, after, staged=False)]
    return Past(_reader(commit_tree(root, before)), _reader(commit_tree(root, after)), paths)


def _reader(tree: Tree) -> Callable[[str], str | None]:
    def read(path: str) -> str | None:
        try:
            return tree.read(path).decode()
        except FileNotFoundError:
            return None

    return read
