"""Words without quotes that some reader of YAML takes for something else than text.

YAML 1.1, which PyYAML and much else reads, and 1.2 differ: `NO` is false, `12:30` is 750 and
`01234` is 668 to one of them only. Ours takes all of it for text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_OTHERWISE: Final = re.compile(
    r"""(?ix: y | yes | n | no | on | off | true | false | null | ~ | = | <<
    | [-+]? \. (?:inf|nan) | \.nan
    | [-+]? 0 [box] [0-9a-f_]+
    | [-+]? (?: [0-9] [0-9_]* (?: \. [0-9_]* )? | \. [0-9] [0-9_]* ) (?: e [-+]? [0-9]+ )?
    | [-+]? [0-9] [0-9_]* (?: : [0-9]{1,2} )+ (?: \. [0-9_]* )?
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} (?: (?: t | [ \t]+ ) [0-9]{1,2} : .* )?
    )\Z"""
)
_AGREED: Final = re.compile(r"(?:true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)\Z")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def is_ambiguous(word: str) -> bool:
    """Whether some reader takes an unquoted word for a number, a truth value, a date or nothing.

    >>> [word for word in ("NO", "12:30", "01234", "2026-11-21", "Ada") if is_ambiguous(word)]
    ['NO', '12:30', '01234', '2026-11-21']
    """
    return _OTHERWISE.match(word) is not None


def is_agreed(word: str) -> bool:
    """Whether all readers that take it for such a value take it for the same one.

    >>> [word for word in ("true", "No", "12", "012", "2026-11-21") if is_agreed(word)]
    ['true', '12', '2026-11-21']
    """
    if not _DAY.match(word):
        return _AGREED.match(word) is not None
    try:
        date.fromisoformat(word)
    except ValueError:  # a reader that makes a date of it would stumble
        return False
    return True
