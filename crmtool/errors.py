"""Why crmtool could not go on. Bad data is never one of these: it becomes a finding.

CrmError                    exit  what happened
├── UsageError                 2  the command line asks for something that cannot be
├── WorkspaceError             3  no workspace here, or one that cannot be read
├── KeyProblem                 4  the privacy key is missing or is another one
├── SourceError                5  a source could not be read
│   ├── RepositoryError        5  what should be a git repository is none, or is empty
│   ├── Unreachable            5  a server did not answer, or not whole
│   ├── BadAnswer              5  what a server answered cannot be used
│   ├── LimitReached           5  a server, or the user's budget, allows no more requests now
│   ├── Denied                 4  a server refuses who asks, or the token for it is missing
│   └── BadFile                5  a file to import is not what its source.yml says of it
├── Refused                    6  going on could lose something; nothing was done
│   ├── Locked                 6  another crmtool is at work in this workspace
│   ├── Changed                6  a file changed between the decision and the write
│   ├── Unfit                  6  what was to be written would break a rule
│   ├── MassChange             6  more records would change than is likely to be meant
│   ├── FeedShrinks            6  a source has far fewer activities than it had
│   ├── SuddenlyEmpty          6  a source that had activities now has nothing at all
│   └── Undecided              6  only a person can tell which of two is right
└── GitFailed                  3  git itself refused

Each writes its own message and says in `hint` what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class CrmError(Exception):
    """What a user can mend: a message, and what to do next."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CrmError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class WorkspaceError(CrmError):
    """There is no workspace here, or it cannot be read."""

    exit_code = 3


class GitFailed(CrmError):
    """git itself refused; its own words are the message."""

    exit_code = 3


class KeyProblem(CrmError):
    """The privacy key is missing, or is not the one that this workspace was begun with."""

    exit_code = 4


class SourceError(CrmError):
    """A source could not be read; what was already kept stays."""

    exit_code = 5

    def __init__(self, source: str, message: str, hint: str = "") -> None:
        super().__init__(f"source {source}: {message}" if source else message, hint)


class RepositoryError(SourceError):
    """A git repository to import from is not one, is empty, or lacks the branch asked for."""


class Unreachable(SourceError):
    """A server did not answer, or not whole: no such name, no connection, TLS, time."""


class BadAnswer(SourceError):
    """What a server answered cannot be used. `status` is the answer's, 200 where it looked well."""

    def __init__(self, source: str, message: str, hint: str = "", status: int = 200) -> None:
        super().__init__(source, message, hint)
        self.status = status


class LimitReached(SourceError):
    """A server, or the user's own budget, allows no more requests for now."""


class Denied(SourceError):
    """A server refuses who asks; or the environment lacks the token that a source names."""

    exit_code = 4


class BadFile(SourceError):
    """A file to import is missing, or is not what its `source.yml` says of it."""


class Refused(CrmError):
    """Going on could lose something, so nothing was done."""

    exit_code = 6


class Locked(Refused):
    """Another crmtool is at work in this workspace."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"another crmtool is at work here ({holder})",
            "wait until it has ended, then run the command again",
        )


class Changed(Refused):
    """A file changed between the decision and the write."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} changed while crmtool was working, so nothing was written",
            "run the command again; it starts from the file as it is now",
        )


class Unfit(Refused):
    """What was to be written would break a rule; the message is the first finding."""


class MassChange(Refused):
    """A plan would remove or rewrite more records than is likely to be meant."""

    def __init__(self, count: int, total: int) -> None:
        super().__init__(
            f"this would remove or rewrite {count} of {total} records, so nothing was done",
            "look at it with --dry-run; if it is right, add --allow-mass-change",
        )


class FeedShrinks(Refused):
    """A source has far fewer activities than it had."""

    def __init__(self, source: str, before: int, after: int) -> None:
        super().__init__(
            f"source {source} had {before:,} activities and would have {after:,}, "
            "so nothing was done",
            "its history was rewritten, or another branch or folder is read now; look at it with "
            "--dry-run; if it is right, add --allow-mass-change",
        )


class SuddenlyEmpty(Refused):
    """A source that had activities now answers with nothing at all."""

    def __init__(self, source: str, before: int) -> None:
        super().__init__(
            f"source {source} has {before:,} activities here and now answers with nothing at all, "
            "not even with what it said last time; nothing was done",
            "look whether its target moved or its token may still read it; if it is empty indeed, "
            "add --allow-mass-change",
        )


class Undecided(Refused):
    """Only a person can tell which of two is right, and nobody was asked."""
