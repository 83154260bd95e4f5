"""How a task comes again: an RFC 5545 recurrence rule."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from crmtool.model.scalars import form

_DAY: Final = "([+-]?(0?[1-9]|[1-4][0-9]|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)"
_OF_MONTH: Final = "-?(0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = "(0?[1-9]|1[0-2])"
_RULE_PART: Final[dict[str, str]] = {
    "FREQ": "(DAILY|WEEKLY|MONTHLY|YEARLY)",
    "INTERVAL": "[1-9][0-9]{0,3}",
    "COUNT": "[1-9][0-9]{0,9}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z)?",
    "BYDAY": f"{_DAY}(,{_DAY}){{0,6}}",
    "BYMONTHDAY": f"{_OF_MONTH}(,{_OF_MONTH}){{0,30}}",
    "BYMONTH": f"{_MONTH}(,{_MONTH}){{0,11}}",
    "WKST": "(MO|TU|WE|TH|FR|SA|SU)",
}
_RULE_FORM: Final = "(?:" + "|".join(f"{key}={text}" for key, text in _RULE_PART.items()) + ")"


def check_repeat(value: str) -> str:
    """An RFC 5545 recurrence rule that repeats daily or slower."""
    parts = dict(part.partition("=")[::2] for part in value.split(";"))
    if "FREQ" not in parts:
        raise ValueError("is not a repeat rule: FREQ=WEEKLY, for example, expected")
    for key, text in parts.items():
        if key not in _RULE_PART:
            raise ValueError(f"has no part {key[:20]!r} that crmtool knows")
        if not re.fullmatch(_RULE_PART[key], text):
            raise ValueError(f"cannot have {key}={text[:20]!r}; daily or slower, on days that are")
    return value


Repeat = Annotated[
    str,
    AfterValidator(check_repeat),
    form(
        f"(?=(?:.*;)?FREQ=){_RULE_FORM}(?:;{_RULE_FORM})*",
        "not a repeat rule, daily or slower, such as FREQ=WEEKLY",
    ),
]
