"""Portraits: everything that is known of one person or account, in the form it is compared in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from crmtool.identity.names import Name, read
from crmtool.identity.resolve import resolve
from crmtool.model.community import Community
from crmtool.model.feeds import Profile
from crmtool.model.sighting import Sighting
from crmtool.model.signs import is_telling, squeeze, stem

Seal = Callable[[str], str]
"""Turns a login in clear into what `signs` hold of an equal local part."""

_HOSTS: Final = {"github": "github.com", "gitlab": "gitlab.com"}
_HASHED: Final = frozenset({"git", "email", "email-hmac"})
_NAMES: Final = 6
_LEAST: Final = 3
_LONG: Final = 5


class Form(IntEnum):
    """How a login may be made of a full name, the most telling first."""

    WHOLE = 0
    INITIAL = 1
    FAMILY = 2
    GIVEN = 3
    INITIALS = 4


@dataclass(slots=True)
class Portrait:
    """One candidate: a record with all its accounts, or an account that no record claims.

    `words` are logins, local parts and names of one word, sealed, each with what it is; `forms`
    what logins could be made of the full names, sealed as well.
    """

    key: str
    names: dict[str, Name] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    accounts: dict[str, set[str]] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    """Links, avatars, machines: whoever has the same one is hardly anybody else."""
    places: set[str] = field(default_factory=set)
    """Repositories, channels, categories: where it was seen."""
    first: str = ""
    last: str = ""
    no: set[str] = field(default_factory=set)
    """Keys and identities that somebody said are another human's."""
    identities: set[str] = field(default_factory=set)

    @property
    def full_names(self) -> list[Name]:
        """Its names of two words or more."""
        return [name for name in self.names.values() if name.is_full]


def portraits(
    community: Community, sightings: Mapping[str, Sighting], seal: Seal | None
) -> dict[str, Portrait]:
    """Everybody who may be somebody else, by slug or identity.

    Programs, organisations and whoever is restricted are never asked about. Without `seal` (the key
    is not here) nothing of an address is compared.
    """
    actors = community.actors or resolve(community.people, community.profiles)
    found: dict[str, Portrait] = {}
    out = set()
    for slug, record in community.people.items():
        person = record.data
        if person.kind != "person" or person.restricted:
            out.add(slug)
            continue
        portrait = found[slug] = Portrait(slug)
        portrait.no.update(person.not_same_as, person.not_identities)
        portrait.identities.update(person.identities)
        if person.name != slug:  # else it was made of something that is no name
            _add_name(portrait, person.name)
        portrait.marks.update(map(_link, person.links))
        portrait.hosts.update(f"with {a.organisation}" for a in person.affiliations if not a.to)
    for source, profiles in community.profiles.items():
        for identity, profile in profiles.items():
            key = actors.get(identity, identity)
            if key not in out and profile.kind in {None, "person"}:
                portrait = found.setdefault(key, Portrait(key))
                _add_profile(portrait, source, profile, seal)
                _add_sighting(portrait, sightings.get(identity))
    for portrait in found.values():
        _add_forms(portrait, seal or str)
    return found


def _add_name(portrait: Portrait, text: str | None) -> None:
    name = read(text or "")
    if name.words and is_telling(name.joined) and len(portrait.names) < _NAMES:
        portrait.names.setdefault(" ".join(name.words), name)


def _add_profile(portrait: Portrait, source: str, profile: Profile, seal: Seal | None) -> None:
    portrait.identities.add(profile.identity)
    portrait.places.add(source)
    _add_name(portrait, profile.name or _handle(profile.identity))
    logins = [profile.identity, *profile.same_as]
    for identity in logins:
        network, handle = identity.partition(":")[0], _handle(identity)
        if handle:
            portrait.accounts.setdefault(network, set()).add(profile.uids.get(identity) or handle)
            portrait.marks.add(_link(f"https://{_HOSTS.get(network, network)}/{handle}"))
            _add_word(portrait, handle, "login", seal or str)
    name = read(profile.name or "")
    if name.words and not name.is_full:
        _add_word(portrait, name.joined, "name", seal or str)
    if seal:
        for sign in profile.signs:
            if sign.startswith("local:"):
                _add(portrait, sign, "local part")
            elif sign.startswith("host:"):
                portrait.hosts.add(sign)
            else:
                portrait.marks.add(sign)
    if profile.avatar_hash:
        portrait.marks.add(f"avatar {profile.avatar_hash}")
    portrait.marks.update(map(_link, profile.links))
    if profile.company:
        portrait.hosts.add(f"with {squeeze(profile.company)}")


def _handle(identity: str) -> str:
    """What a nameless account is called; nothing where that is a hash."""
    network, _, handle = identity.partition("#")[0].partition(":")
    return "" if network in _HASHED else handle


def _link(url: str) -> str:
    """A page, however its address is written."""
    return f"link {url.partition('://')[2].removeprefix('www.').rstrip('/').casefold()}"


def _add_word(portrait: Portrait, text: str, kind: str, seal: Seal) -> None:
    word = squeeze(text)
    for one in {word, stem(word)}:
        if len(one) >= _LEAST and is_telling(one):
            _add(portrait, seal(one), kind)


def _add(portrait: Portrait, word: str, kind: str) -> None:
    """Note a word; that it is a name as well says less than that somebody chose it."""
    if portrait.words.get(word, "name") == "name":
        portrait.words[word] = kind


def _add_sighting(portrait: Portrait, seen: Sighting | None) -> None:
    if seen is not None:
        portrait.first = min(portrait.first or seen.first, seen.first)
        portrait.last = max(portrait.last, seen.last)
        portrait.places.update(seen.channels)


def _add_forms(portrait: Portrait, seal: Seal) -> None:
    for name in portrait.full_names:
        for text, form in forms_of(name.words):
            if len(text) >= _LEAST:
                sealed = seal(text)
                portrait.forms[sealed] = min(form, portrait.forms.get(sealed, form))


def forms_of(words: Iterable[str]) -> Iterator[tuple[str, Form]]:
    """The logins that people make of such a name, whichever of its ends the family name is.

    >>> sorted({text for text, form in forms_of(["ada", "lovelace"]) if form is Form.INITIAL})
    ['adal', 'alovelace', 'lada', 'lovelacea']
    """
    words = tuple(words)
    for at in range(len(words)):
        yield "".join(words[at:] + words[:at]), Form.WHOLE
    first, last = words[0], words[-1]
    for given, family in ((first, last), (last, first)):
        yield given + family, Form.WHOLE
        yield given[0] + family, Form.INITIAL
        yield family + given[0], Form.INITIAL
        if len(words) > 2:  # noqa: PLR2004
            initials = "".join(word[0] for word in words)
            rest = initials[1:-1]
            yield given[0] + rest + family, Form.INITIAL
            yield family + given[0] + rest, Form.INITIAL
    for word in words:
        yield word, Form.GIVEN if word == first or len(word) < _LONG else Form.FAMILY
    yield "".join(word[0] for word in words), Form.INITIALS
