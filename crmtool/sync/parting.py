"""Two people told apart: accounts taken off a record, a pair answered with no, another slug."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, Final

from crmtool.errors import Refused, UsageError
from crmtool.identity.resolve import Profiles, fold, resolve
from crmtool.model.community import Record
from crmtool.model.records import Person
from crmtool.sync.desk import Desk, with_identities
from crmtool.sync.joining import profile_of
from crmtool.sync.names import handle_of, name_of
from crmtool.sync.people import person_path
from crmtool.sync.sayings import put_by
from crmtool.sync.slugs import new_slug
from crmtool.sync.unread import taken_slugs
from crmtool.text.render import record as render_record

_LISTS: Final = ("languages", "links")


def reject(desk: Desk, a: str, b: str) -> None:
    """Remember in both records that they are two people.

    Raises:
        Refused: a file is not in order.

    """
    for one, other in ((a, b), (b, a)):
        desk.add(one, "not_same_as", [other], f"is not {other}")


def reject_account(desk: Desk, slug: str, identity: str) -> None:
    """Remember in a record that an account is somebody else's."""
    desk.add(slug, "not_identities", [identity], f"is not {identity}")


def create(desk: Desk, names: Iterable[str], identities: Sequence[str], why: str) -> str:
    """A new record that lists some accounts; its slug."""
    handles = [handle for identity in identities if (handle := handle_of(identity))]
    candidates = [name for name in map(name_of, names) if name]
    paths = dict.fromkeys(record.path for record in desk.people.values())
    taken = taken_slugs(desk.community, dict.fromkeys(paths, b"")) | {*desk.people, *desk.now}
    slug = new_slug(chain(candidates, handles), identities[0], taken)
    values = {"name": next(iter((*candidates, *handles)), slug), "identities": list(identities)}
    desk.put(person_path(desk.community, slug), render_record(values), why)
    return slug


class Splitter:
    """Takes accounts off a record."""

    def __init__(self, desk: Desk, profiles: Profiles) -> None:
        self.desk, self.profiles = desk, profiles

    def split(self, slug: str, identities: Sequence[str], to: str | None, name: str | None) -> str:
        """Give accounts of one record to another, or to a new one; the slug of that.

        What no source but those of these accounts had put into the record goes with them. Notes
        and tasks stay: nobody but their reader knows whom they mean. Both records remember that
        they are two.

        Raises:
            UsageError: the record has no such account, or is the other one.
            Refused: a file is not in order, or the other record says that an account is not its.

        """
        desk, record = self.desk, self.desk.record(slug)
        if to == slug:
            raise UsageError(
                f"{to} has these accounts already",
                "name somebody else, or leave --to out for a new record",
            )
        claimed = resolve({slug: record}, self.profiles)
        listed = {fold(identity): identity for identity in record.data.identities}
        for identity in identities:
            if fold(identity) not in listed and claimed.get(identity) != slug:
                raise UsageError(
                    f"{slug} has no account {identity!r}",
                    f"it has: {', '.join(record.data.identities) or 'none'}",
                )
        spelled = (listed.get(fold(identity), identity) for identity in identities)
        moving = list(dict.fromkeys(spelled))
        why = f"has {', '.join(moving)}, which {slug} is not"
        other = to if to is not None else self._new(record, moving, name, why)
        self._refuse_unwanted(other, moving)
        if to is not None:
            desk.add(other, "identities", moving, why)
        self._take(record, moving, other)
        reject(desk, slug, other)
        return other

    def _new(
        self, record: Record[Person], moving: Sequence[str], name: str | None, why: str
    ) -> str:
        profiles = [p for identity in moving if (p := profile_of(self.profiles, identity))]
        names = [name or "", *(profile.name or "" for profile in profiles)]
        slug = create(self.desk, filter(None, names), moving, why)
        if record.data.visibility.value != "team":
            self.desk.say(slug, {"visibility": record.data.visibility.value}, why)
        if record.data.restricted:
            self.desk.say(slug, {"restricted": True}, why)
        return slug

    def _refuse_unwanted(self, slug: str, moving: Sequence[str]) -> None:
        record = self.desk.record(slug)
        unwanted = {fold(identity) for identity in record.data.not_identities}
        for identity in moving:
            if fold(identity) in unwanted:
                raise Refused(
                    f"{record.path} lists {identity} under not_identities",
                    f"if that was wrong, take the line out of {record.path} first",
                )

    def _take(self, record: Record[Person], moving: Sequence[str], other: str) -> None:
        """Take accounts off with what their sources alone put there, which another gets."""
        desk, slug = self.desk, record.slug
        why = f"is not {', '.join(moving)}"
        put, stays = self._put(record, moving, other)
        receiver = desk.people[other].data
        given: dict[str, Any] = {}
        for key in _LISTS:
            goes = [item for item in put.get(key, ()) if item not in stays.get(key, ())]
            desk.take(slug, key, goes, why)
            desk.add(other, key, goes, f"has what {slug} had of its accounts")
        for place in put.get("location", ()):
            if place == record.data.location and place not in stays.get("location", ()):
                desk.say(slug, {"location": None}, why)
                given = {} if receiver.location else {"location": place}
        desk.say(other, given, f"has what {slug} had of its accounts")
        desk.take(slug, "identities", moving, why)
        desk.add(slug, "not_identities", moving, why)

    def _put(
        self, record: Record[Person], moving: Sequence[str], other: str
    ) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        """What sources put into the record: those of the accounts that go, and those that stay."""
        people = {**self.desk.people}
        rest = [i for i in record.data.identities if i not in moving]
        people[record.slug] = with_identities(record, rest)
        people[other] = with_identities(people[other], [*people[other].data.identities, *moving])
        before, after = (
            resolve({record.slug: record}, self.profiles),
            resolve(people, self.profiles),
        )
        goes: dict[str, set[str]] = {}
        stays: dict[str, set[str]] = {}
        for known in self.profiles.values():
            for identity, profile in known.items():
                if before.get(identity) == record.slug:
                    kept = stays if after.get(identity) == record.slug else goes
                    for key in (*_LISTS, "location"):
                        kept.setdefault(key, set()).update(put_by(profile.applied, key))
        return goes, stays


def rename_person(desk: Desk, old: str, new: str) -> None:
    """Give a record another slug; the old one stays as an alias.

    Raises:
        UsageError: the new slug is taken, or is the old one.
        Refused: the file is not in order.

    """
    record = desk.record(old)
    if new == old:
        raise UsageError(f"{old} is called so already", "choose another slug")
    others = {slug: r for slug, r in desk.people.items() if slug != old}
    if new in others or any(new in r.data.aliases for r in others.values()):
        holder = (
            new if new in others else next(s for s, r in others.items() if new in r.data.aliases)
        )
        raise UsageError(f"{new!r} already names {holder}", "choose another slug")
    why = f"is called {new} from now on"
    aliases = [alias for alias in record.data.aliases if alias not in {new, old}]
    desk.say(old, {"aliases": [*aliases, old]}, why)
    desk.move(old, _moved(desk, record.path, old, new), why)


def _moved(desk: Desk, path: str, old: str, new: str) -> str:
    """The path under another slug: where a new file would go if the old one lay so, else beside."""
    if path == person_path(desk.community, old):
        return person_path(desk.community, new)
    return str(PurePosixPath(path).with_name(f"{new}.md"))
