"""`crmtool review --post`: requests judged from where they cannot reach, their change as data.

What is judged is what merging would give: the request's commit is fetched and merged with the
default branch in git's object store, and nothing of it is checked out or run. The validator and
the configuration that decides are those of the default branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crmtool.app.hosts.here import branches_of, host_of, origin_of
from crmtool.app.hosts.host import Host, OpenRequest
from crmtool.app.opening import Asked, SystemClock, open_workspace
from crmtool.app.reviewing import review
from crmtool.errors import CrmError, GitFailed, SourceError, UsageError
from crmtool.review.statement import Part, Statement, sentence
from crmtool.review.words import MARK, as_markdown, headline
from crmtool.store.branches import Branches, Remote


@dataclass(frozen=True, slots=True)
class Posted:
    """What was said of one request."""

    number: int
    good: bool
    words: str
    trouble: CrmError | None = None
    """Why it could not be said; the other requests are judged all the same."""


def post_reviews(folder: Path, which: str, host: Host | None = None) -> Iterator[Posted]:
    """Judge open requests, comment on each and set its status; each as it is done.

    `which` is a request's number, the commit at its head, or `all`.

    Raises:
        UsageError: no open request is meant.
        KeyProblem: there is no token for the host.
        SourceError: the host does not say which requests there are.
        GitFailed: the remote cannot be reached.

    """
    root = open_workspace(folder)
    branches = branches_of(root)
    remote, forge = origin_of(branches)
    host = host or host_of(forge, SystemClock())
    default = branches.default(remote)
    found = [r for r in host.open_requests() if r.base == default]
    meant = [r for r in found if which in ("all", str(r.number), r.commit)]
    if not meant and which != "all":
        raise UsageError(
            f"no open request to {default} is {which[:64]!r}",
            f"give a number, the commit at its head, or all; there are {len(found)}",
        )
    for request in meant:
        try:
            yield _post(root, branches, remote, host, request)
        except (SourceError, GitFailed) as error:
            yield Posted(request.number, good=False, words=error.message, trouble=error)


def _post(
    root: Path, branches: Branches, remote: Remote, host: Host, request: OpenRequest
) -> Posted:
    statements = _judged(root, branches, remote, request)
    good = all(s.part is not Part.ERRORS for s in statements)
    words = headline(statements)
    host.comment("request", request.number, MARK, as_markdown(statements))
    host.status(request.commit, good=good, words=words)
    return Posted(request.number, good, words)


def _judged(
    root: Path, branches: Branches, remote: Remote, request: OpenRequest
) -> list[Statement]:
    """What merging the request would mean; where that cannot be told, the reason, as an error."""
    here = f"refs/crm/requests/{request.number}"
    head = branches.fetch(remote, request.ref, here)
    if head != request.commit:
        return [_error("has moved on meanwhile: the next run reviews it")]
    base = branches.workspace.head()
    merged = branches.merged(base, head)
    try:
        if merged:
            return review(Asked(root, merged), base)
        conflict = _error("conflicts with the default branch: bring it up to date")
        return [conflict, *review(Asked(root, head), branches.common(base, head))]
    except GitFailed:
        return [_error("shares no history with the default branch")]
    except CrmError as error:  # what it makes of crm.yml cannot be read
        return [_error(error.message)]


def _error(words: str) -> Statement:
    return Statement(Part.ERRORS, "this change", (sentence("{}", words),))
