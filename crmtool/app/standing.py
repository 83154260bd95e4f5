"""Work that is proposed on one branch of its own, over and over: `crmtool/import`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from crmtool.app.hosts.here import branches_of, origin_of
from crmtool.app.hosts.host import Opened, Request
from crmtool.app.hosts.requests import Opener, opener_here
from crmtool.app.opening import Asked
from crmtool.app.proposing import free_branch
from crmtool.app.reviewing import review
from crmtool.errors import GitFailed, Refused
from crmtool.model.forge import Forge
from crmtool.review.statement import Statement
from crmtool.review.words import as_body
from crmtool.store.branches import Branches, Remote

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """A branch of its own, and the request that it stands for."""

    branch: str
    title: str
    intro: str = ""
    """What the request says before what the change means."""
    anew: bool = False
    """Whether each time begins from the default branch, instead of going on."""


NEWS: Final = Standing("crmtool/import", "News from the sources")


@dataclass(frozen=True)
class Stood(Generic[T]):
    """What the work gave, and the request that holds it; None where there is nothing to ask."""

    result: T
    opened: Opened | None
    head: str
    """The branch's last commit."""


@dataclass(frozen=True)
class _Place:
    """Where the branch begins, and what it is compared with."""

    base: str
    there: str
    """What the remote's branch is now; empty where there is none."""


def propose_work(
    root: Path, standing: Standing, work: Callable[[], T], opener: Opener | None = None
) -> Stood[T]:
    """Do work that commits, on a branch of its own, and ask for what came of it.

    The branch goes on from where the remote has it, with the default branch merged in; where that
    conflicts it is begun anew from the default branch, and the work does it all again.

    Raises:
        Refused: the work tree has edits; there is no remote.
        GitFailed: the remote cannot be reached or does not take it.

    """
    branches = branches_of(root)
    remote, forge = origin_of(branches)
    default = branches.default(remote)
    branch = standing.branch
    with _on(branches, remote, default, standing) as place:
        result = work()
        head = branches.workspace.head()
        if branches.contains(place.base, head):
            return Stood(result, None, head)
        if head != place.there:
            branches.push(remote, branch, default=default, instead_of=place.there)
        statements = review(Asked(root), place.base)
        asked = _request(forge, default, standing, statements)
        return Stood(result, (opener or opener_here()).open(asked), head)


def branch_for(root: Path, words: str) -> str:
    """A name that no branch of a workspace has, for these words and today."""
    return free_branch(branches_of(root), words)


def ask_for(root: Path, standing: Standing, opener: Opener | None = None) -> Opened:
    """Push a branch that holds a commit already, and ask for it.

    Raises:
        Refused: there is no remote, or it does not let us.
        GitFailed: it cannot be reached.

    """
    branches = branches_of(root)
    remote, forge = origin_of(branches)
    default = branches.default(remote)
    base = branches.track(remote, default)
    branches.push(remote, standing.branch, default=default)
    statements = review(Asked(root, standing.branch), base)
    return (opener or opener_here()).open(_request(forge, default, standing, statements))


def _request(
    forge: Forge, base: str, standing: Standing, statements: Sequence[Statement]
) -> Request:
    body = "\n\n".join(filter(None, (standing.intro, as_body(statements))))
    return Request(forge, standing.branch, forge, base, standing.title, body)


@contextmanager
def _on(branches: Branches, remote: Remote, default: str, standing: Standing) -> Iterator[_Place]:
    """Be on the branch, and afterwards where one was before."""
    branch = standing.branch
    branches.workspace.require_calm()
    if branches.has_edits():
        raise Refused(
            "the work tree has edits, which a change of branch could touch; nothing was done",
            "commit or stash them, then run it again",
        )
    before = branches.current()
    base, there = branches.track(remote, default), branches.track(remote, branch)
    message = f"Merge {default} into {branch}"
    begin = base if standing.anew else _start(branches, base, there, message)
    branches.restart(branch, begin)
    try:
        yield _Place(base, there)
    finally:
        branches.go(before if before != branch else default)


def _start(branches: Branches, base: str, there: str, message: str) -> str:
    """What the branch's work goes on from."""
    if not there or branches.contains(base, there):
        return base
    if branches.contains(there, base):
        return there
    return branches.merged(there, base, message) or base


def push_here(root: Path) -> None:
    """Push the branch that is checked out, and nothing that somebody else pushed meanwhile.

    Raises:
        GitFailed: the remote cannot be reached, or has newer work.

    """
    branches = branches_of(root)
    remote, _ = origin_of(branches)
    try:
        branches.push_forward(remote, branches.current())
    except GitFailed as error:
        raise GitFailed(
            error.message, "what was imported is committed here; pull, then push it"
        ) from None
