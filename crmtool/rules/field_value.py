"""field-value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.model.scalars import check_date, check_finite, check_flag, check_url
from crmtool.rules.base import Rule


def _check_number(value: str) -> object:
    try:
        number = float(value)
    except ValueError:
        raise ValueError("is not a number") from None
    return check_finite(number)


_CHECKS: Final[dict[str, Callable[[str], object]]] = {
    "text": str,
    "number": _check_number,
    "date": check_date,
    "flag": check_flag,
    "url": check_url,
}


def check(community: Community) -> Iterator[Finding]:
    """A custom field's value is not of the type that `crm.yml` declares.

    What: a number is a number, a date YYYY-MM-DD, a flag true or false, a url http or https.
    Why: a figure or a page that is made of it would be wrong, or not be made.
    Bad: `fields: {seats: many}`, with `seats: {type: number, …}`
    Good: `fields: {seats: 12}`
    """
    declared = community.config.fields
    for person in community.people.values():
        for name, value in person.data.fields.items():
            if name not in declared:  # `undeclared-field`
                continue
            try:
                _CHECKS[declared[name].type](value)
            except ValueError as wrong:
                hint = f"{name} is declared as {declared[name].type} in crm.yml"
                yield RULE.finding(person.path, f"{name} {wrong}", hint, ("fields", name))


RULE: Final = Rule("field-value", "error", check)
