"""`crmtool propose`: edits become a commit on a branch, a push, and a pull or merge request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crmtool.app.checking import judge
from crmtool.app.hosts.here import branches_of, forge_of, no_remote
from crmtool.app.hosts.host import Opened, Request
from crmtool.app.hosts.requests import Opener, opener_here
from crmtool.app.opening import Asked, SystemClock
from crmtool.app.reviewing import changes
from crmtool.app.scope import Scope, at_or_below, from_root
from crmtool.errors import CrmError, GitFailed, Refused, UsageError
from crmtool.model.finding import Finding
from crmtool.review.statement import Part, Statement
from crmtool.review.words import as_body, as_text, literal
from crmtool.store.branches import Branches, Remote, refuse_default
from crmtool.store.lock import locked
from crmtool.store.paths import find_workspace
from crmtool.sync.slugs import fold

_RECORD: Final = re.compile(r"(people|notes|tasks)/.+\.md\Z|tags\.yml\Z")
_TITLE: Final = 72
_STEM: Final = 40
_BRANCH: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}\Z")


@dataclass(frozen=True)
class Wanted:
    """What the user said of the proposal; empty where the program decides."""

    title: str = ""
    message: str = ""
    branch: str = ""
    remote: str = ""
    base: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """What is proposed, decided and not yet done."""

    paths: tuple[str, ...]
    left_out: tuple[str, ...]
    commits: tuple[str, ...]
    branch: str
    begins: bool
    """Whether the branch is a new one."""
    push_to: Remote
    request: Request
    message: str
    """Of the commit."""
    findings: tuple[Finding, ...] = ()
    """What would stop it: errors in what is proposed."""


@dataclass(frozen=True)
class Proposed:
    """What became of it."""

    proposal: Proposal
    opened: Opened


def prepare(asked: Asked, wanted: Wanted) -> Proposal:
    """Decide what to propose, whereto, and in which words.

    Raises:
        Refused: there is nothing to propose, or no remote to propose it to.
        UsageError: a branch, remote or path that cannot be.

    """
    root = find_workspace(asked.folder)
    branches = branches_of(root)
    branches.workspace.require_calm()
    if not branches.workspace.head():
        raise Refused(
            "nothing was ever committed here, so there is nothing to compare with",
            "commit and push a first state: git add, git commit, git push",
        )
    push_to, target = _remotes(branches, wanted)
    default = wanted.base or branches.default(target)
    base = branches.track(target, default)
    paths, left_out = _paths(branches, [from_root(p, asked.folder, root) for p in wanted.paths])
    commits = tuple(branches.ahead(target, default))
    if not paths and not commits:
        raise Refused(
            "there is nothing to propose: no record differs from the last commit",
            "edit a record, or begin with: crmtool note add NAME",
        )
    statements = [s for s in changes(asked, "HEAD") if s.path in paths] if paths else []
    title = " ".join(wanted.title.split()) or _title(statements, commits)
    branch, begins = _branch(branches, wanted.branch, default, title)
    request = Request(
        forge_of(branches, push_to), branch, forge_of(branches, target), default,
        title, _body(wanted.message, statements, commits),
    )  # fmt: skip
    # What the base gained or mended meanwhile is nobody's doing here.
    start = branches.common("HEAD", base) if base else None
    found = judge(asked, Scope(base=start)).findings
    errors = tuple(f for f in found if f.severity == "error" and f.path not in left_out)
    message = "\n\n".join(filter(None, (title, wanted.message, "\n".join(as_text(statements)))))
    return Proposal(paths, left_out, commits, branch, begins, push_to, request, message, errors)


def propose(asked: Asked, proposal: Proposal, opener: Opener | None = None) -> Proposed:
    """Do what was decided. On failure the edits are where they were.

    Raises:
        Refused: it would publish an error; the host does not let us push.
        GitFailed: git or a hook does not want it.
        SourceError: the branch is pushed, and the host does not open the request.

    """
    if proposal.findings:
        count = len(proposal.findings)
        raise Refused(
            f"{count} error{'s' * (count > 1)} in what you propose, so nothing was done",
            "mend them as the lines above say, then run it again",
        )
    root = find_workspace(asked.folder)
    branches = branches_of(root)
    with locked(root):
        _commit(branches, proposal)
        branches.push(proposal.push_to, proposal.branch, default=proposal.request.base)
    try:
        return Proposed(proposal, (opener or opener_here()).open(proposal.request))
    except CrmError as error:
        error.message += f"; the branch {proposal.branch} is pushed"
        raise


def _commit(branches: Branches, proposal: Proposal) -> None:
    """On the branch, the edits in one commit; on a failure back to where the user was."""
    before = branches.current()
    if proposal.begins:
        branches.start(proposal.branch)
    try:
        if proposal.paths:
            branches.commit(proposal.paths, proposal.message)
    except GitFailed as error:
        if proposal.begins:
            branches.back(before, proposal.branch)
        hint = "mend what git or its hook complains of, then run it again; your edits are kept"
        raise GitFailed(error.message, hint) from None


def _remotes(branches: Branches, wanted: Wanted) -> tuple[Remote, Remote]:
    """Where to push to, and where to propose: a fork's `upstream`, else where one pushes to."""
    known = branches.remotes()
    if not known:
        raise no_remote()
    name = wanted.remote or ("origin" if "origin" in known else next(iter(known)))
    if name not in known:
        raise UsageError(f"there is no remote {name!r}", f"remotes: {', '.join(known)}")
    push_to = known[name]
    others = [known[n] for n in ("upstream", "origin") if n in known and n != name]
    # Named by the user, it is a fork of what the clone came from.
    return push_to, others[0] if others and (wanted.remote or "upstream" in known) else push_to


def _paths(branches: Branches, only: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The edited records, and the edited files of other kinds, which are left out."""
    edited = branches.edited()
    chosen = tuple(p for p in edited if (at_or_below(p, only) if only else _RECORD.match(p)))
    if only and not chosen:
        raise UsageError(f"nothing is edited in {', '.join(only)}", "see: git status")
    return chosen, tuple(p for p in edited if p not in chosen)


def _branch(branches: Branches, named: str, default: str, title: str) -> tuple[str, bool]:
    """The branch to propose, and whether it is a new one."""
    here = branches.current()
    if named:
        if not _BRANCH.match(named) or named.endswith((".lock", "/", ".")) or ".." in named:
            raise UsageError(
                f"{named!r} cannot be a branch's name", "use letters, digits, '-', '/' and '.'"
            )
        refuse_default(named, default)
        if named != here and branches.exists(named):
            raise UsageError(
                f"there is a branch {named} already, and you are on {here}",
                f"run: git switch {named}, then propose; or choose another name",
            )
        return named, named != here
    if here != default:
        return here, False
    return free_branch(branches, title), True


def free_branch(branches: Branches, words: str) -> str:
    """A name that no branch here has, for these words and today."""
    day = SystemClock().now().date()
    return branches.free(f"crm/{day}-{fold(words)[:_STEM].strip('-') or 'change'}")


def _title(statements: Sequence[Statement], commits: Sequence[str]) -> str:
    """A line for what is proposed: the note or task first, then how much more there is."""
    if not statements:
        return commits[-1][:_TITLE]
    first = min(statements, key=lambda s: s.part not in (Part.NOTES, Part.TASKS))
    said = first.sentences[0].show(str)
    # A note's name is its file's; its sentence says who wrote, on whom, and how it begins.
    is_note = first.part is Part.NOTES
    words = said[:1].upper() + said[1:] if is_note else f"{first.subject}: {said}"
    more = f"; {len(statements) - 1} more" if len(statements) > 1 else ""
    line, room = " ".join(words.split()), _TITLE - len(more)
    return (line if len(line) <= room else line[: room - 1] + "…") + more


def _body(message: str, statements: Sequence[Statement], commits: Sequence[str]) -> str:
    parts = [message] if message else []
    if statements:
        parts.append(as_body(statements))
    elif len(commits) > 1:
        parts.append("\n".join(f"- {literal(subject)}" for subject in commits))
    return "\n\n".join(part.strip("\n") for part in parts)
