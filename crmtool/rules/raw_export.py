"""raw-export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.protocols import OtherFile
from crmtool.rules.base import Rule

_ADDRESS: Final = re.compile(rb"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_MANY: Final = 3
_MAIL: Final = re.compile(rb"(?:From |[\w-]+: )[^\n]*\n", re.IGNORECASE)
_SLACK: Final = (b"users.json", b"channels.json", b"integration_logs.json")


def check(community: Community) -> Iterator[Finding]:
    """A raw export of people's data lies in the repository.

    What: no mailbox, mail, address book, chat export or table of addresses is among its files.
    Unless everybody in the workspace is invented (`community.example`).
    Why: an import takes what policy allows and leaves the rest; the file itself holds all of it,
    and stays in git's history.
    Bad: `exports/members.csv` with a column of addresses
    Good: the file outside, and `crmtool import --file ../members.csv`
    """
    if community.config.community.example:
        return
    for file in community.others:
        if file.kind == "file" and (what := _what(file)):
            hint = "move it out, import it with --file; if it was committed, take it out of history"
            yield RULE.of_file(file.path, f"looks like {what}", hint)


def _what(file: OtherFile) -> str:
    name, head = file.path.lower(), file.head
    if name.endswith((".mbox", ".mbx")) and head.startswith(b"From "):
        return "a mailbox"
    if name.endswith(".eml") and _MAIL.match(head):
        return "a mail"
    if name.endswith((".vcf", ".ldif")) and len(_ADDRESS.findall(head)):
        return "an address book"
    if name.endswith(".zip") and sum(part in head for part in _SLACK) > 1:
        return "a chat export"
    if name.endswith((".csv", ".tsv")) and len(set(_ADDRESS.findall(head))) >= _MANY:
        return "a table of addresses"
    return ""


RULE: Final = Rule("raw-export", "error", check, waivable=False, reach="around")
