"""Two records made one: what the result says, key by key, and where somebody has to choose.

Lists are united. Of what says how far a record may travel and how long it may be kept, the stricter
stands. Any other value that both have and that differs is a clash: nobody but a person knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from crmtool.identity.resolve import fold
from crmtool.model.clash import Clash, Side
from crmtool.model.records import Audience, Person

Said = Mapping[str, Any]

_NESTED: Final = ("contact", "fields")
_IMPLIED: Final = ("kind", "visibility", "restricted", "staff")
_SAME: Final[Mapping[str, Callable[[Any], object]]] = {
    "identities": fold,
    "not_identities": fold,
    "languages": lambda item: item.casefold(),
    "links": lambda item: item.casefold().rstrip("/"),
}


Settle = Callable[[Clash], Side | None]


def said(person: Person) -> dict[str, Any]:
    """What a record's file says, in its order: plain values, nothing that is left out there."""
    return person.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def unify(a: Person, b: Person, settle: Settle) -> tuple[dict[str, Any], list[Clash]]:
    """What one record says for two, in the order of `a`, and the clashes left open.

    `settle` chooses a side, or None where it does not know; there, `a` stands for the time being.
    """
    ours, theirs, left = said(a), said(b), list[Clash]()

    def choose(clash: Clash) -> Any:  # noqa: ANN401 (whatever a key holds)
        side = settle(clash)
        if side is None:
            left.append(clash)
        return clash.b if side == "b" else clash.a

    implied = _implied(a, b)
    ours, theirs = implied | ours, _implied(b, a) | theirs
    values = {key: _one(key, ours, theirs, choose) for key in dict.fromkeys((*ours, *theirs))}
    return {k: v for k, v in values.items() if implied.get(k) != v}, left


def _implied(person: Person, other: Person) -> dict[str, Any]:
    """What a file says by not saying it, where that differs from what the other record says."""
    return {
        key: getattr(person, key)
        for key in _IMPLIED
        if key not in person.model_fields_set and getattr(person, key) != getattr(other, key)
    }


def _one(key: str, ours: Said, theirs: Said, choose: Callable[[Clash], Any]) -> Any:  # noqa: ANN401
    if key not in ours or key not in theirs or ours[key] == theirs[key]:
        return ours.get(key, theirs.get(key))
    a, b = ours[key], theirs[key]
    if isinstance(a, list):
        return list(_union(key, (*a, *b)))
    if key in _NESTED:
        names = dict.fromkeys((*a, *b))
        return {name: _part(key, name, a, b, choose) for name in names}
    if key in _STRICTER:
        return _STRICTER[key](a, b)
    if key == "consent" and a.get("contact") != b.get("contact"):
        # Who withdrew it in one place withdrew it.
        refused = [said for said in (a, b) if said.get("contact") is False]
        return refused[0] if refused else choose(Clash((key,), a, b))
    return choose(Clash((key,), a, b))


def _part(key: str, name: str, a: Said, b: Said, choose: Callable[[Clash], Any]) -> Any:  # noqa: ANN401
    if name in a and name in b and a[name] != b[name]:
        return choose(Clash((key, name), a[name], b[name]))
    return a.get(name, b.get(name))


def _union(key: str, items: Iterable[Any]) -> Iterator[Any]:
    """Each item once, as it is spelled first."""
    form = _SAME.get(key, str)
    seen: dict[object, Any] = {}
    for item in items:
        seen.setdefault(form(item), item)
    yield from seen.values()


def _narrower(a: str, b: str) -> str:
    order = list(Audience)
    return max(a, b, key=lambda name: order.index(Audience(name)))


_STRICTER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "visibility": _narrower,
    "restricted": lambda a, b: a or b,
    "staff": lambda a, b: a or b,
    "retain_until": lambda a, b: min(a, b, key=date.fromisoformat),
}
