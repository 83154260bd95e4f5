"""Random histories of human edits and of imports from three sources, against a simple model.

The model knows nothing of bases and proofs. For each field, and each item of a list, it remembers
who said what last. A person's word stays, a removal too, until they write back what stood there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given
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
PLACES = ("London", "Paris", "Rome")
OWN = ("Ockham", "Turin", *PLACES)
LINKS = tuple(f"https://{name}.example.org" for name in "abc")
NAMES = ("King", "Byron")


@dataclass
class Value:
    """One field, or whether one item is listed ("yes" or None)."""

    now: str | None = None
    source: str | None = None
    """Whose word it is; None where it is a person's, or nobody's."""
    was: str | None = None
    """What a source put there last, which is its word again once it is written back."""
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

    holder: str | None = None


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

    def __init__(self) -> None:
        self.ws = Workspace()
        self.said: dict[str, dict[str, dict[str, Any]]] = {}
        self.models = {who: Model() for who in PEOPLE}
        self.slugs: dict[str, str | None] = {}
        self.off: dict[str, set[str]] = {who: set() for who in PEOPLE}
        self.own: dict[str, list[str]] = {who: [] for who in PEOPLE}
        for who, accounts in PEOPLE.items():
            self.said[who] = {s: {"name": f"{who} {s}", "links": []} for s in accounts}
            self.ws.deeds[accounts["core"]] = 1
        self.sync(backwards=False)

    def record(self, who: str) -> Person | None:
        slug = self.slugs.get(who)
        return self.ws.person(slug) if slug else None

    def sync(self, *, backwards: bool) -> None:
        before = {who: self.record(who) for who in PEOPLE}
        for who, accounts in PEOPLE.items():
            for source, identity in accounts.items():
                said = {"bio": "x", "emails": [EMAIL[who]], **self.said[who][source]}
                self.ws.hear(source, identity, **said)
        outcome = self.ws.shuffled(backwards).decide()
        assert outcome == self.ws.decide(), "the order of what goes in makes no difference"
        self.ws.carry_out(outcome)
        assert not self.ws.decide().changes
        assert not self.ws.decide().applied
        for who in PEOPLE:
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
                text = set_value(text, ("location",), place) if place else unset(text, ("location",))
            case "name":
                text = set_value(text, ("name",), words[0])
            case "link":
                link, wanted = words
                text = (append if wanted else remove)(text, ("links",), link)
            case "comment":
                text = text.replace("---\nname:", f"---\n{own}\nname:")
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
        for kind, who, *words in steps:
            event(kind)
            if kind == "import":
                self.sync(backwards=who == "bob")
            elif kind == "says":
                source, said = words
                self.said[who][source] = {**self.said[who][source], **said}
            else:
                self.edit(who, kind, *words)
        self.sync(backwards=False)


WHO = st.sampled_from(sorted(PEOPLE))
SAID = st.one_of(
    st.fixed_dictionaries({"name": st.sampled_from([*(f"Ada {n}" for n in NAMES), None])}),
    st.fixed_dictionaries({"location": st.sampled_from([*PLACES, None])}),
    st.fixed_dictionaries({"links": st.lists(st.sampled_from(LINKS), unique=True)}),
)
STEPS = st.one_of(
    st.tuples(st.just("says"), WHO, st.sampled_from(RANKED), SAID),
    st.tuples(st.just("import"), WHO),
    st.tuples(st.just("location"), WHO, st.sampled_from([*OWN, None])),
    st.tuples(st.just("name"), WHO, st.sampled_from([f"Ada {n}" for n in (*NAMES, "Lovelace")])),
    st.tuples(st.just("link"), WHO, st.sampled_from(LINKS), st.booleans()),
    st.tuples(st.sampled_from(["comment", "tag", "body", "rename"]), WHO),
    st.tuples(st.just("unlist"), WHO, st.integers(0, 2)),
    st.tuples(st.just("delete"), WHO),
)


@given(st.lists(STEPS, max_size=25))
def test_who_said_what_last(steps: list[tuple[Any, ...]]) -> None:
    History().run(steps)
