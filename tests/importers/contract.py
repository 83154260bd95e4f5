"""What every importer must keep: inherit `ImporterContract` and say how to make one.

class TestGit(ImporterContract):
    @pytest.fixture
    def make(self, tmp_path): ...
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crmtool.importers.contract import Importer, Outcome
from crmtool.model.feeds import Activity, Profile, encode
from crmtool.model.scalars import IDENTITY
from crmtool.model.vocabulary import ACTIVITY_TYPES

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
Make = Callable[[], Importer[Any]]


@dataclass
class Brought:
    """What one run said."""

    activities: list[Activity]
    profiles: dict[str, Profile]
    outcome: Outcome

    def lines(self) -> list[bytes]:
        said: list[Activity | Profile] = [*self.activities, *self.profiles.values()]
        return sorted(encode(line) for line in said)


def bring(importer: Importer[Any], cursor: Mapping[str, Any] | None = None) -> Brought:
    """Run an importer to its end."""
    items = [item for raw in importer.fetch(cursor or {}) for item in importer.normalise(raw)]
    profiles = [*(i for i in items if isinstance(i, Profile)), *importer.close()]
    return Brought(
        [i for i in items if isinstance(i, Activity)],
        {profile.identity: profile for profile in profiles},
        importer.outcome,
    )


class ImporterContract:
    """`make` gives a new importer over a source with some activity, hostile names among it."""

    def test_an_activity_is_whole(self, make: Make) -> None:
        brought = bring(make())
        assert brought.activities
        for activity in brought.activities:
            assert activity.id
            assert activity.type in ACTIVITY_TYPES
            assert activity.at is None or _MOMENT.match(activity.at)
            assert activity.actor is None or IDENTITY.match(activity.actor)

    def test_an_id_names_one_activity(self, make: Make) -> None:
        ids = [activity.id for activity in bring(make()).activities]
        assert len(ids) == len(set(ids))

    def test_every_actor_has_a_profile(self, make: Make) -> None:
        brought = bring(make())
        assert {a.actor for a in brought.activities if a.actor} <= brought.profiles.keys()

    def test_twice_says_the_same(self, make: Make) -> None:
        assert bring(make()).lines() == bring(make()).lines()

    def test_nothing_is_new_after_everything_was_read(self, make: Make) -> None:
        cursor = bring(make()).outcome.cursor
        again = bring(make(), json.loads(json.dumps(cursor)))
        assert again.activities == []
        assert not again.outcome.replaces
        assert again.outcome.cursor == cursor

    def test_a_cursor_that_means_nothing_reads_everything(self, make: Make) -> None:
        cursors: list[dict[str, Any]] = [
            {"head": None},
            {"head": "--output=x", "view": 7},
            {"other": []},
        ]
        for cursor in cursors:
            assert bring(make(), cursor).lines() == bring(make()).lines()

    def test_text_can_be_seen(self, make: Make) -> None:
        brought = bring(make())
        texts = [a.title or "" for a in brought.activities]
        texts += [p.name or "" for p in brought.profiles.values()]
        for text in texts:
            assert all(c.isprintable() or c in "\u200c\u200d" for c in text)
            assert len(text) <= 200
