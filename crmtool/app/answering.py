"""`crmtool identity review`: suggestions answered one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from crmtool.app.deciding import Decided, How, Verdict, answer
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.app.suggesting import make_suggester
from crmtool.identity.answers import Answers
from crmtool.metrics.engine import Engine
from crmtool.model.figures import PersonFigures
from crmtool.model.records import Audience
from crmtool.model.suggestion import Suggester, Suggestion
from crmtool.sync.joining import profile_of

_MOST: Final = 8
Finding = Callable[[Scene], tuple[Suggester, str]]
"""Makes who finds suggestions in a workspace; and says what keeps it from finding all of them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question: the suggestion, and what is known of both, line by line side by side."""

    suggestion: Suggestion
    number: int
    total: int
    rows: tuple[tuple[str, str, str], ...]


class Review:
    """Suggestions to be answered, those that an answer settles left out from then on."""

    def __init__(
        self, asked: Asked, how: How, limit: int | None = None, finding: Finding = make_suggester
    ) -> None:
        self.how = how
        self._asked = replace(asked, audience=Audience.STEWARDS)
        scene = open_scene(self._asked)
        self.root = scene.root
        suggester, self.warning = finding(scene)
        self._found = list(suggester(scene.community))[:limit]
        with Engine(scene.view, scene.day) as engine:
            self._figures = engine.people()

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Pair]:
        """Each pair that is still to be answered, as it is by then."""
        for number, suggestion in enumerate(self._found, 1):
            scene = open_scene(self._asked)
            people, answers = scene.community.people, Answers(scene.community.people)
            pair = (suggestion.a, suggestion.b)
            if answers.are_apart(*pair) or answers.are_one(*pair):
                continue
            sides = [_side(scene, name, self._figures) for name in pair]
            labels = dict.fromkeys((*sides[0], *sides[1]))
            rows = ((x, sides[0].get(x, ""), sides[1].get(x, "")) for x in labels)
            if all(name in people or ":" in name for name in pair):
                yield Pair(suggestion, number, len(self._found), tuple(rows))

    def answer(self, pair: Pair, verdict: Verdict) -> Decided:
        """Carry one answer out, in a commit of its own that gives the suggestion's reasons.

        Raises:
            Refused: it cannot be done; nothing was.

        """
        said = pair.suggestion
        words = "; ".join(reason.words for reason in said.reasons if reason.weight > 0)
        why = self.how.reason or (f"{words} ({said.score:.0%})" if verdict == "accept" else "")
        return answer(self.root, verdict, said.a, said.b, replace(self.how, reason=why))


def _side(scene: Scene, name: str, figures: Mapping[str, PersonFigures]) -> dict[str, str]:
    """What a reviewer wants to know of one of two."""
    record = scene.community.people.get(name)
    if record is None:
        profile = profile_of(scene.community.profiles, name)
        found = {"": name, "name": profile.name or "" if profile else ""}
        return found | ({"addresses": ", ".join(profile.emails)} if profile else {})
    person, did = record.data, figures.get(name)
    found = {
        "": name,
        "name": person.name,
        "accounts": _listed(person.identities),
        "with": _listed([held.organisation for held in person.affiliations]),
        "place": person.location or "",
        "links": _listed(person.links),
        "tags": _listed(person.tags),
        "kind": "" if person.kind == "person" else person.kind,
        "text": next(iter(record.body.strip().splitlines()), ""),
    }
    if did:
        found["seen"] = f"{did.first_seen[:10]} to {did.last_seen[:10]}"
        found["did"] = f"{did.contributions} contributions, {did.conversations} conversations"
    return {label: value for label, value in found.items() if value}


def _listed(items: list[str]) -> str:
    more = f" and {len(items) - _MOST} more" if len(items) > _MOST else ""
    return ", ".join(items[:_MOST]) + more
