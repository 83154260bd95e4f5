"""The `.sql` files: their text, and what those that are a metric say of themselves.

A metric is a file of `sql/` itself and begins with comment lines `-- title:`, `-- unit:` and
`-- about:`; a line `--   more` goes on with the one before. Folders below hold the queries
behind lists and pages.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, cast, get_args

from crmtool.model.figures import Unit

FIGURES: Final = (
    "people",
    "contributors",
    "new_contributors",
    "returning_contributors",
    "occasional",
    "newcomers",
    "contributions",
    "code",
    "conversations",
    "first_response",
    "absence_factor",
    "staff_share",
)
"""Every metric, in the order in which a report shows them."""


class Metric(NamedTuple):
    """What a metric is called, measured in, and about; `about` names who defined it."""

    name: str
    title: str
    unit: Unit
    about: str


@cache
def sql(name: str) -> str:
    """The text of a query: `contributors`, `people/recent`."""
    return (files("crmtool.metrics") / "sql" / f"{name}.sql").read_text("utf-8")


@cache
def metric(name: str) -> Metric:
    """What a metric's file says of itself.

    Raises:
        ValueError: it lacks a title, an about or a known unit. A mistake of ours, never a user's.

    """
    said = _header(sql(name))
    if said.keys() != {"title", "unit", "about"} or said["unit"] not in get_args(Unit):
        raise ValueError(f"{name}.sql does not begin with its title, unit and about")
    return Metric(name, said["title"], cast("Unit", said["unit"]), said["about"])


def catalogue() -> list[Metric]:
    """Every metric of a month: (name, title, unit, about)."""
    return [metric(name) for name in FIGURES]


def _header(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("-- "):
            break
        if line.startswith("--   "):
            said[key] += " " + line[2:].strip()
        else:
            key, _, value = line[3:].partition(":")
            said[key] = value.strip()
    return said
