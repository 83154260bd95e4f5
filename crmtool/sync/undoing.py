"""A decision about who is who taken back out of history, and everything later kept.

Where the records are as the decision left them, they are afterwards as it found them, byte for
byte. Else the edit is taken back out of each file (`reverting`), and what was added to a merged
record since goes to whom the sources show it to belong to, or to whom somebody says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from crmtool.errors import Refused, Undecided
from crmtool.identity.resolve import Listing, Profiles, fold, keys, resolve
from crmtool.identity.unify import said, unify
from crmtool.model.clash import Question
from crmtool.model.community import Record
from crmtool.model.mentions import links
from crmtool.model.records import Note, Person, Task
from crmtool.sync.desk import CONFIG, TAGS, Desk, slug_of, with_identities
from crmtool.sync.references import named, rename_in
from crmtool.sync.reverting import MergeLines, added, added_words, reverted
from crmtool.sync.sayings import put_by
from crmtool.text.bodies import with_more
from crmtool.text.parse import parse_record
from crmtool.text.render import record as render_record
from crmtool.text.splice import SpliceError, append, remove

WHY: Final = "as it was before"
_TOLD_BY_SOURCES: Final = ("links", "languages", "location")
_FOLDERS: Final = ("people/", "notes/", "tasks/")
_FILES: Final = frozenset({CONFIG, TAGS})


class Decision(NamedTuple):
    """What one decision did: `merge` GONE KEPT, `split` SLUG OTHER, `rename` OLD NEW and so on."""

    verb: str
    first: str
    second: str


Whose = Callable[[Question], str | None]


@dataclass(frozen=True)
class Past:
    """The texts of two states of the workspace: before a decision and right after it.

    None where there is no such file.
    """

    before: Callable[[str], str | None]
    after: Callable[[str], str | None]
    paths: Sequence[str]
    """What differs between them."""


@dataclass
class Undoer:
    """Takes one commit's decisions back on a desk.

    `kept` says what was edited again since and stays as it is.
    """

    desk: Desk
    profiles: Profiles
    past: Past
    decisions: Sequence[Decision]
    merge_lines: MergeLines
    whose: Whose
    kept: list[str] = field(default_factory=list)
    _open: list[Question] = field(default_factory=list)
    _back: dict[str, str] = field(default_factory=dict)

    def undo(self) -> None:
        """Do it.

        Raises:
            Refused: later decisions rest on this one, or a file is not in order.
            Undecided: it cannot be told whose something is that was added since.

        """
        paths = [p for p in self.past.paths if p.startswith(_FOLDERS) or p in _FILES]
        gone = [p for p in paths if self.past.after(p) is None]
        made = [p for p in paths if self.past.before(p) is None]
        later = {p: added(self._now(p), self._then(p)) for p in self._merged(gone)}
        for path in gone:
            self._bring_back(path)
        for path in sorted({*paths} - {*gone, *made}):
            self._revert(path)
        for path in made:
            self._take_away(path)
        for path, values in later.items():
            self._deal(path, values)
        self._deal_records()
        if self._open:
            what = "; ".join(f"{q.what} in {q.path}" for q in self._open)
            raise Undecided(
                f"added since, and there is no telling whose it is: {what}",
                "say whose with --later SLUG, or --later keep to leave it where it is",
            )

    def _now(self, path: str) -> str:
        try:
            return self.desk.text(path)
        except (FileNotFoundError, KeyError):
            raise Refused(
                f"{path} is gone since, by a later decision; nothing was done",
                "take back what came later first: crmtool identity undo last",
            ) from None

    def _then(self, path: str) -> str:
        return self.past.after(path) or ""

    def _is_there(self, path: str) -> bool:
        try:
            self.desk.text(path)
        except (FileNotFoundError, KeyError):
            return False
        return True

    def _merged(self, gone: Iterable[str]) -> Iterator[str]:
        """The records that others went into, those back as `gone`: what was added may be theirs."""
        for path in gone:
            keep = self._partner(slug_of(path))
            if keep is not None and self._kind(path) == "merge":
                self._back[slug_of(path)] = keep
        for keep in dict.fromkeys(self._back.values()):
            yield self._person(keep).path

    def _person(self, slug: str) -> Record[Person]:
        if slug not in self.desk.people:
            by_now = next((s for s, r in self.desk.people.items() if slug in r.data.aliases), None)
            what = f"is {by_now} by now" if by_now else "is gone"
            raise Refused(
                f"{slug} {what}, by a later decision; nothing was done",
                "take back what came later first: crmtool identity undo last",
            )
        return self.desk.record(slug)

    def _partner(self, slug: str) -> str | None:
        """The other of a decision's two, after all decisions of the commit."""
        for verb, first, second in self.decisions:
            if verb == "merge" and slug == first:
                return self._partner(second) or second
            if verb == "split" and slug == second:
                return first
            if verb == "rename" and slug in {first, second}:
                return second if slug == first else first
        return None

    def _kind(self, path: str) -> str:
        slug = slug_of(path)
        return next((d.verb for d in self.decisions if slug in {d.first, d.second}), "")

    def _bring_back(self, path: str) -> None:
        """A file that the decision took away."""
        before = self.past.before(path) or ""
        if self._is_there(path):
            if self.desk.text(path) == before:
                return
            raise Refused(
                f"{path} is there again, and it is another one; nothing was done",
                "rename the new one first: crmtool person rename OLD NEW",
            )
        if self._kind(path) == "rename":
            new = self._person(self._partner(slug_of(path)) or "").path
            before = self._back_to(self._now(new), self._then(new), before, path)
        self.desk.put(path, before, WHY)

    def _revert(self, path: str) -> None:
        before, after = self.past.before(path) or "", self._then(path)
        if path.startswith(("notes/", "tasks/")) and not self._is_there(path):
            return  # deleted since, and so it stays
        now = self._now(path)
        if now != before:
            self.desk.put(path, self._back_to(now, after, before, path), WHY)

    def _back_to(self, now: str, after: str, before: str, path: str) -> str:
        try:
            found = reverted(now, after, before, self.merge_lines, yml=path in _FILES)
        except SpliceError as error:
            raise Refused(f"{path}: {error}; nothing was done", "mend it first") from None
        self.kept += [f"{path}: {key}, which was edited since" for key in found.kept]
        return found.text

    def _take_away(self, path: str) -> None:
        """A file that the decision made. What it says since goes to whom it was taken from."""
        if not self._is_there(path):
            if path.startswith("people/"):
                self._now(path)
            return
        now, after, slug = self._now(path), self._then(path), slug_of(path)
        into = self._partner(slug)
        if into is None:
            self._refuse_in_use(path, slug, edited=now != after)
        elif now != after and self._kind(path) != "rename":
            self._hand_over(into, path, now, after)
        self.desk.drop(slug, into, "was made by what is taken back")

    def _refuse_in_use(self, path: str, slug: str, *, edited: bool) -> None:
        """Stop where a record that the decision made is somebody's work by now."""
        users = [r.path for r in self.desk.records() if r.path != path and self._names(r, slug)]
        if edited or users:
            what = f"{path} was edited since" if edited else f"{users[0]} names {slug} since"
            raise Refused(f"{what}; nothing was done", "take that back first, by hand")

    def _hand_over(self, into: str, path: str, now: str, after: str) -> None:
        """What a record says since it was made, to the one that it is part of again."""
        record = self._person(into)
        values = {key: value for key, value in added(now, after).items() if key != "aliases"}
        text = render_record({"name": record.data.name, **values})
        delta, _ = parse_record(Person, path, text.encode())
        if delta is None:
            raise Refused(f"{path} is not in order; nothing was done", "mend it first")
        merged, left = unify(record.data, delta.data, lambda _: None)
        if left:
            self._open.append(Question(path, left[0].name, (into, slug_of(path))))
            return
        changed = {k: v for k, v in merged.items() if v != said(record.data).get(k)}
        self.desk.say(into, changed, WHY)
        more = added_words(now, after)
        self.desk.edit(record.path, WHY, lambda text: with_more(text, more))

    # --- what was added to a merged record since ------------------------------------------------

    def _deal(self, path: str, values: Mapping[str, Any]) -> None:
        keep = slug_of(path)
        slugs = (keep, *(gone for gone, kept in self._back.items() if kept == keep))
        for key, value in values.items():
            if key in {"name", "aliases"}:
                continue
            for item in value if isinstance(value, list) else [value]:
                owner = self._owner(path, key, item, slugs)
                if owner is not None and owner != keep:
                    self._give(key, value, item, keep, owner)

    def _owner(self, path: str, key: str, item: object, slugs: tuple[str, ...]) -> str | None:
        """Whose an added value is, by what sources say or somebody does; None is not known yet."""
        found: set[str] = set()
        if key == "identities":
            found = self._claimants(str(item), slugs)
        elif key in _TOLD_BY_SOURCES:
            found = self._speakers(key, str(item), slugs)
        if len(found) == 1:
            return found.pop()
        question = Question(path, f"{key} {item}", slugs)
        owner = self.whose(question)
        if owner is None:
            self._open.append(question)
        return owner

    def _claimants(self, identity: str, slugs: tuple[str, ...]) -> set[str]:
        """Who would have an account, if no record listed it."""
        people = {slug: self.desk.people[slug] for slug in slugs}
        for slug, record in people.items():
            rest = [i for i in record.data.identities if fold(i) != fold(identity)]
            people[slug] = with_identities(record, rest)
        listing = replace(Listing.of(people, self.profiles), off=frozenset())
        found = set()
        for known in self.profiles.values():
            for profile in known.values():
                if fold(identity) in keys(profile) and (owner := listing.claim(profile)):
                    found.add(owner)
        return found

    def _speakers(self, key: str, item: str, slugs: tuple[str, ...]) -> set[str]:
        """Whose accounts' sources put a value there."""
        actors = resolve({slug: self.desk.people[slug] for slug in slugs}, self.profiles)
        return {
            actors[profile.identity]
            for known in self.profiles.values()
            for profile in known.values()
            if item in put_by(profile.applied, key) and profile.identity in actors
        }

    def _give(self, key: str, value: object, item: Any, keep: str, owner: str) -> None:  # noqa: ANN401
        """Move an added value from one record to another."""
        desk, records = self.desk, self.desk.people
        if isinstance(value, list):
            desk.edit(records[keep].path, WHY, lambda text: remove(text, (key,), item))
            desk.edit(records[owner].path, WHY, lambda text: append(text, (key,), item))
        else:
            path = records[keep].path
            before, _ = parse_record(Person, path, (self.past.before(path) or "").encode())
            desk.say(keep, {key: said(before.data).get(key) if before else None}, WHY)
            desk.say(owner, {key: value}, WHY)

    def _deal_records(self) -> None:
        """Notes, tasks and people that name a kept record since."""
        if not self._back:
            return
        for record in self.desk.records():
            for keep in {*self._back.values()} - {record.slug} - self._back.keys():
                if self._names(record, keep) and not self._named_then(record, keep):
                    self._deal_record(record, keep)

    def _deal_record(self, record: Record[Person] | Record[Note] | Record[Task], keep: str) -> None:
        slugs = (keep, *(gone for gone, kept in self._back.items() if kept == keep))
        owner = self.whose(question := Question(record.path, f"naming {keep}", slugs))
        if owner is None:
            self._open.append(question)
        elif owner != keep:
            rename_in(self.desk, record, {keep: owner})

    @staticmethod
    def _names(record: Record[Any], slug: str) -> bool:
        return any(slug == name for _, name in named(record.data)) or slug in links(record.body)

    def _named_then(self, record: Record[Any], slug: str) -> bool:
        """Whether a record named somebody before the decision or right after it."""
        texts = (self.past.before(record.path), self.past.after(record.path))
        found = [parse_record(type(record.data), record.path, t.encode())[0] for t in texts if t]
        return any(then is not None and self._names(then, slug) for then in found)
