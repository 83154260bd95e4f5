"""Random histories of human edits and of imports from three sources, against a simple model.

The model knows nothing of bases and proofs. For each field, and each item of a list, it remembers
who said what last. A person's word stays, a removal too, until they write back what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.model.records import Person
from crmtool.text.splice import append, remove, set_value, unset
from tests.sync.workspace import ADA, BOB, Workspace, git

PEOPLE = {
    "ada": {"hub": "github:ada", "forum": "forum.example.org:ada", "core": git(1)},
    "bob": {"hub": "github:bob", "forum": "forum.example.org:bob", "core": git(2)},
}
EMAIL = {"ada": ADA, "bob": BOB}
LISTED = {who: [of["forum"], of["hub"], EMAIL[who]] for who, of in PEOPLE.items()}
RANKED = ("hub", "forum", "core")
PLACES = ("London", "Paris")
LINKS = ("https://a.example.org", "https://b.example.org")
NAMES = ("King", "Byron")


@dataclass
class Value:
    """One field, or whether one item is listed ("yes" or None)."""

    now: str | None = None
    source: str | None = None
    """Whose word it is; None where it is a person's, or nobody's."""
    was: str | None = None
    holder: str | None = None
    """What a source put there last, and which: its word again once it is written back."""
    touched: bool = False
    """Whether a person decided here while, or after, a source spoke of it."""

    def hear(self, now: str | None, said: dict[str, str | None], *, fixed: bool = False) -> None:
        """An import: what the record holds by now, and what each source says, the highest first.

        A `fixed` field always has a value, so that no word of a source is ever withdrawn.
        """
        if now != self.now:
            self.touched = self.touched or self.source is not None
            self.source, self.now = None, now
        if self.touched and now is not None and now == self.was and self.holder in said:
            self.source, self.touched = self.holder, False
        if fixed and self.source and not said[self.source]:
            said = {**said, self.source: now}
        words = {source: word for source, word in said.items() if word}
        if self.source is None and (self.touched or now is not None):
            self.touched = self.touched or bool(words)
            return
        self.source = next(iter(words), None)
        self.now = words[self.source] if self.source else None
        self.was, self.holder = self.now, self.source


@dataclass
class Model:
    """What one person's record should hold."""

    name: Value = field(default_factory=Value)
    location: Value = field(default_factory=Value)
    links: dict[str, Value] = field(default_factory=lambda: {link: Value() for link in LINKS})

    def hear(self, record: Person | None, said: dict[str, dict[str, Any]]) -> None:
        def each(key: str) -> dict[str, str | None]:
            return {source: said[source].get(key) for source in RANKED}

        self.name.hear(record.name if record else None, each("name"), fixed=True)
        self.location.hear(record.location if record else None, each("location"))
        for link, value in self.links.items():
            listed = "yes" if record and link in record.links else None
            words = {s: "yes" if link in said[s]["links"] else None for s in RANKED}
            value.hear(listed, words)


class History:
    """A workspace and what the model says of it."""

    def __init__(self, people: Iterable[str]) -> None:
        self.ws = Workspace()
        self.people = {who: PEOPLE[who] for who in people}
        self.said: dict[str, dict[str, dict[str, Any]]] = {}
        self.models = {who: Model() for who in self.people}
        self.slugs: dict[str, str | None] = {}
        self.off: dict[str, set[str]] = {who: set() for who in self.people}
        self.own: dict[str, list[str]] = {who: [] for who in self.people}
        for who, accounts in self.people.items():
            self.said[who] = {s: {"name": f"{who} {s}", "links": []} for s in accounts}
            self.ws.deeds[accounts["core"]] = 1
        self.sync(backwards=False)

    def record(self, who: str) -> Person | None:
        slug = self.slugs.get(who)
        return self.ws.person(slug) if slug else None

    def sync(self, *, backwards: bool) -> None:
        before = {who: self.record(who) for who in self.people}
        for who, accounts in self.people.items():
            for source, identity in accounts.items():
                said = {"bio": "x", "emails": [EMAIL[who]], **self.said[who][source]}
                self.ws.hear(source, identity, **said)
        outcome = self.ws.shuffled(backwards).decide()
        self.ws.carry_out(outcome)
        again = self.ws.decide()
        assert not again.changes
        assert not again.applied
        for who in self.people:
            if who not in self.slugs:
                self.slugs[who] = f"{who}-hub"
            if self.slugs[who]:
                self.models[who].hear(before[who], self.said[who])
                self.compare(who)
        assert set(self.ws.files) == {f"people/{slug}.md" for slug in self.slugs.values() if slug}

    def compare(self, who: str) -> None:
        record, model = self.record(who), self.models[who]
        assert record
        lines = self.ws.text(self.slugs[who] or "").splitlines()
        assert [line for line in self.own[who] if line not in lines] == []
        assert record.identities == [i for i in LISTED[who] if i not in self.off[who]]
        if not self.off[who]:  # whose words count is another question then
            assert (record.name, record.location) == (model.name.now, model.location.now)
            assert {*record.links} == {link for link, value in model.links.items() if value.now}

    def edit(self, who: str, kind: str, *words: Any) -> None:
        """A person's edit; nothing where there is no file any more."""
        if not (slug := self.slugs[who]):
            return
        path = f"people/{slug}.md"
        text, own = self.ws.text(slug), f"# edit {len(self.own[who])}"
        match kind:
            case "location":
                (place,) = words
                text = (
                    set_value(text, ("location",), place) if place else unset(text, ("location",))
                )
            case "name":
                text = set_value(text, ("name",), words[0])
            case "link":
                link, wanted = words
                text = (append if wanted else remove)(text, ("links",), link)
            case "comment":
                text = text.replace("\nname:", f"\n{own}\nname:")
                self.own[who].append(own)
            case "tag":
                text = append(text, ("tags",), own.replace("# edit ", "edit"))
            case "body":
                text += f"{own}\n"
                self.own[who].append(own)
            case "rename":
                self.slugs[who] = slug = f"{who}-{len(slug)}"
                del self.ws.files[path]
                path = f"people/{slug}.md"
            case "unlist":
                identity = LISTED[who][words[0]]
                text = remove(text, ("identities",), identity)
                self.off[who].add(identity)
            case "delete":
                self.slugs[who] = None
                del self.ws.files[path]
                return
        self.ws.files[path] = text.encode()

    def run(self, steps: list[tuple[Any, ...]]) -> None:
        for number, ((kind, who, *words), imports) in enumerate(steps):
            if kind == "says":
                source, said = words
                self.said[who][source] = {**self.said[who][source], **said}
            else:
                self.edit(who, kind, *words)
            if imports:
                self.sync(backwards=number % 2 == 0)
        assert self.ws.shuffled(backwards=True).decide() == self.ws.decide()
        self.sync(backwards=False)


ADA_ALONE = st.just("ada")


def says(key: str, words: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A source's new word, seen by the next import."""
    said = st.fixed_dictionaries({key: words})
    return st.tuples(st.just("says"), ADA_ALONE, st.sampled_from(RANKED), said)


def edits(
    kind: str, *words: st.SearchStrategy[Any], who: st.SearchStrategy[str] = ADA_ALONE
) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(kind), who, *words)


BOTH = st.sampled_from(sorted(PEOPLE))
# A history keeps to one matter, so that its steps meet.
MATTERS = {
    "name": [
        says("name", st.sampled_from([*(f"Ada {name}" for name in NAMES), None])),
        edits("name", st.sampled_from([f"Ada {name}" for name in (*NAMES, "Lovelace")])),
        edits("rename"),
    ],
    "location": [
        says("location", st.sampled_from([*PLACES, None])),
        edits("location", st.sampled_from(["Ockham", "London", None])),
    ],
    "links": [
        says("links", st.lists(st.sampled_from(LINKS), unique=True)),
        edits("link", st.sampled_from(LINKS), st.booleans()),
    ],
    "who it is": [
        edits("unlist", st.integers(0, 2), who=BOTH),
        edits("delete", who=BOTH),
        *(edits(kind, who=BOTH) for kind in ("rename", "comment", "tag", "body")),
    ],
}


@pytest.mark.parametrize("matter", MATTERS)
@settings(deadline=None)  # the machine's load is no finding
@given(st.data())
def test_who_said_what_last(matter: str, data: st.DataObject) -> None:
    step = st.tuples(st.one_of(MATTERS[matter]), st.sampled_from([True, True, False]))
    steps = data.draw(st.lists(step, min_size=4, max_size=14))
    History(PEOPLE if matter == "who it is" else ["ada"]).run(steps)
