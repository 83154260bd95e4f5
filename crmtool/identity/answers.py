"""What somebody answered already: pairs that are two people, for good."""

from __future__ import annotations

from crmtool.identity.resolve import People, fold


class Answers:
    """Who is not whom, by slugs, earlier slugs and accounts."""

    def __init__(self, people: People) -> None:
        self._slugs = {alias: slug for slug, r in people.items() for alias in r.data.aliases}
        self._slugs |= {slug: slug for slug in people}
        self._owner = {fold(i): slug for slug, r in people.items() for i in r.data.identities}
        self._apart = {
            frozenset((slug, self._who(other)))
            for slug, record in people.items()
            for other in (*record.data.not_same_as, *record.data.not_identities)
        }

    def _who(self, name: str) -> str:
        """The slug of somebody's, else the account itself."""
        if ":" in name:
            return self._owner.get(fold(name), fold(name))
        return self._slugs.get(name, name)

    def are_apart(self, a: str, b: str) -> bool:
        """Whether somebody decided that two slugs or accounts are two people."""
        return frozenset((self._who(a), self._who(b))) in self._apart

    def are_one(self, a: str, b: str) -> bool:
        """Whether two slugs or accounts are one person by now."""
        return self._who(a) == self._who(b)
