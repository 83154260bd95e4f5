"""Whoever types a name is understood, and nobody is guessed at."""

from __future__ import annotations

import pytest

from crmtool.identity.find import find
from crmtool.model.community import Record
from crmtool.model.records import Person


def person(slug: str, name: str, *identities: str, aliases: tuple[str, ...] = ()) -> Record[Person]:
    data = Person(name=name, identities=list(identities), aliases=list(aliases))
    return Record(f"people/{slug}.md", data, "")


PEOPLE = {
    record.slug: record
    for record in (
        person("ada-lovelace", "Ada Lovelace", "github:countess", aliases=("ada-king",)),
        person("ada-byron", "Ada Byron", "forum.example.org:Ada"),
        person("zoe-muller", "Zoë Müller", "github:zm"),
        person("grace", "Grace Hopper"),
        person("person-1f2e3d4c", "李娜"),
    )
}
ASKED = [
    ("ada-lovelace", ["ada-lovelace"]),
    ("ada-king", ["ada-lovelace"]),
    ("GitHub:Countess", ["ada-lovelace"]),
    ("github:nobody", []),
    ("ADA LOVELACE", ["ada-lovelace"]),
    ("@countess", ["ada-lovelace"]),
    ("ada", ["ada-byron"]),  # a login is surer than the beginning of a name
    ("ad", ["ada-byron", "ada-lovelace"]),
    ("a love", ["ada-lovelace"]),
    ("lovelace ada", ["ada-lovelace"]),
    ("zoe muller", ["zoe-muller"]),
    ("müller", ["zoe-muller"]),
    ("opper", ["grace"]),
    ("李娜", ["person-1f2e3d4c"]),
    ("李", ["person-1f2e3d4c"]),
    ("", []),
    ("  ", []),
    ("-", []),
    ("charles", []),
]


@pytest.mark.parametrize(("typed", "found"), ASKED)
def test_the_surest_reading_decides(typed: str, found: list[str]) -> None:
    assert find(PEOPLE, typed) == found
