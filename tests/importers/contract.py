"""What every importer must keep: inherit a contract and say how to make one.

class TestGit(ImporterContract):
    @pytest.fixture
    def make(self, tmp_path): ...

`ImporterContract` is for all of them, `ServerContract` also for those that ask a web server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Protocol

import pytest

from crmtool.app.reading import merged
from crmtool.errors import SourceError
from crmtool.importers.contract import Importer, Outcome
from crmtool.model.feeds import Activity, Figures, Profile, Remark, encode
from crmtool.model.moments import written
from crmtool.model.protocols import NoAnswer, Request
from crmtool.model.scalars import IDENTITY
from crmtool.model.vocabulary import ACTIVITY_TYPES
from tests.importers.fakes import NOW, FakeTransport, Said

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
Make = Callable[[], Importer[Any]]


@dataclass
class Brought:
    """What one run said, or several one after the other."""

    outcome: Outcome
    activities: list[Activity] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    figures: list[Figures] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    error: SourceError | None = None

    def add(self, lines: Any) -> None:
        for line in lines:
            if isinstance(line, Activity):
                self.outcome.seen += 1
                self.activities.append(line)
            elif isinstance(line, Profile):
                self.profiles[line.identity] = line
            elif isinstance(line, Figures):
                self.figures.append(line)
            else:
                self.remarks.append(line)

    def lines(self) -> list[bytes]:
        """As a feed will hold it: an id once, the last word on it."""
        known = {activity.id: activity for activity in self.activities}
        said: list[Activity | Profile] = [*known.values(), *self.profiles.values()]
        return sorted(encode(line) for line in said)

    def after(self, earlier: Brought) -> Brought:
        """Both runs together."""
        return Brought(
            self.outcome,
            earlier.activities + self.activities,
            merged(earlier.profiles, self.profiles),
            earlier.figures + self.figures,
            earlier.remarks + self.remarks,
        )


def bring(importer: Importer[Any], cursor: Mapping[str, Any] | None = None) -> Brought:
    """Run an importer to its end, or as far as its source lets it come."""
    brought = Brought(importer.outcome)
    try:
        for raw in importer.fetch(cursor or {}):
            brought.add(importer.normalise(raw))
    except SourceError as error:
        if not importer.resumable:
            raise
        brought.error = error
    brought.add(importer.close())
    return brought


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
        """However often a source repeats it across its pages."""
        activities = bring(make()).activities
        assert len({encode(a) for a in activities}) == len({a.id for a in activities})

    def test_every_actor_has_a_profile(self, make: Make) -> None:
        brought = bring(make())
        assert {a.actor for a in brought.activities if a.actor} <= brought.profiles.keys()

    def test_twice_says_the_same(self, make: Make) -> None:
        assert bring(make()).lines() == bring(make()).lines()

    def test_nothing_is_new_after_everything_was_read(self, make: Make) -> None:
        first = bring(make())
        cursor = first.outcome.cursor
        again = bring(make(), json.loads(json.dumps(cursor)))
        assert {*again.lines()} <= {*first.lines()}
        assert again.activities == [] or make().resumable
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


def at_request(number: int, fault: Said | NoAnswer, transport: FakeTransport) -> FakeTransport:
    """The same server, which answers the request of that number (from 0) in another way, once."""
    asked = iter(range(1_000_000))

    def respond(request: Request) -> Said | NoAnswer:
        return fault if next(asked) == number else transport.respond(request)

    return FakeTransport(respond)


GONE = NoAnswer("the connection broke off", final=True)
SLOW = Said.json({"message": "slow down"}, 429, retry_after="7")
FAULTS = {
    "429": SLOW,
    "429 without Retry-After": Said.json({}, 429),
    "abuse": Said.json({"message": "You have triggered an abuse detection mechanism."}, 403),
    "500": Said.json({}, 500),
    "truncated": Said(body=b'[{"id": 1, "na'),
    "reset": NoAnswer("Connection reset by peer"),
}


class Ask(Protocol):
    """Makes an importer that asks a server, for a source that knows some profiles already."""

    def __call__(
        self, transport: FakeTransport, *, known: Mapping[str, Profile] = ...
    ) -> Importer[Any]: ...


class ServerContract(ImporterContract):
    """For an importer that asks a server: `server` is it, `ask` makes an importer that asks it.

    The server's accounts include one that was deleted; `renamed` is the same server after one of
    its accounts took another handle.
    """

    budget: ClassVar[int] = 0
    """Requests with which a run still comes on; half of what all of it takes unless set."""

    @pytest.fixture
    def make(self, server: FakeTransport, ask: Ask) -> Make:
        return lambda: ask(server)

    def test_cut_off_at_any_page_and_run_again(self, server: FakeTransport, ask: Ask) -> None:
        whole, pages = bring(ask(server)), len(server.asked)
        assert pages > 1
        for page in range(1, pages):
            first = bring(ask(at_request(page, GONE, server)))
            assert first.error
            cursor = json.loads(json.dumps(first.outcome.cursor))
            second = bring(ask(server, known=first.profiles), cursor)
            both = second.after(first)
            assert both.lines() == whole.lines()
            assert both.outcome.cursor == whole.outcome.cursor

    @pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
    def test_trouble_that_passes(
        self, fault: Said | NoAnswer, server: FakeTransport, ask: Ask
    ) -> None:
        whole, pages = bring(ask(server)), len(server.asked)
        for page in {0, 1, pages // 2, pages - 1}:
            brought = bring(ask(at_request(page, fault, server)))
            assert brought.error is None
            assert brought.lines() == whole.lines()

    def test_a_budget_ends_a_run_and_the_next_goes_on(
        self, server: FakeTransport, ask: Ask
    ) -> None:
        whole, pages = bring(ask(server)), len(server.asked)
        cursor: dict[str, Any] = {}
        brought = Brought(Outcome())
        for _ in range(pages):
            importer = ask(server, known=brought.profiles)
            tight = importer.context.source.model_copy(
                update={"budget": self.budget or max(pages // 2, 3)}
            )
            object.__setattr__(importer.context, "source", tight)
            here = bring(importer, cursor)
            brought, cursor = here.after(brought), here.outcome.cursor
            if here.error is None:
                break
        assert brought.lines() == whole.lines()
        assert cursor == whole.outcome.cursor

    def test_a_source_that_is_suddenly_empty_is_met_by_nothing(
        self, server: FakeTransport, ask: Ask, empty: FakeTransport
    ) -> None:
        """On which the engine stops and asks."""
        cursor = bring(ask(server)).outcome.cursor
        again = bring(ask(server), cursor)
        assert again.outcome.seen
        gone = bring(ask(empty), cursor)
        assert gone.error is None
        assert not gone.outcome.seen

    def test_a_date_in_the_future_never_moves_the_cursor(
        self, server: FakeTransport, ask: Ask
    ) -> None:
        ahead = written(NOW + timedelta(minutes=1))
        brought = bring(ask(server))
        assert any((a.at or "") > ahead for a in brought.activities), "give the server such an item"
        assert not [w for w in words(brought.outcome.cursor) if _MOMENT.match(w) and w > ahead]

    def test_a_deleted_account_is_nobody(self, make: Make) -> None:
        assert any(a.actor is None for a in bring(make()).activities)

    def test_an_account_keeps_its_number_under_another_handle(
        self, server: FakeTransport, renamed: FakeTransport, ask: Ask
    ) -> None:
        before, after = bring(ask(server)), bring(ask(renamed))
        uids = [{a.id: a.actor_uid for a in run.activities} for run in (before, after)]
        assert uids[0] == uids[1]
        assert {a.actor for a in before.activities} != {a.actor for a in after.activities}
        known = {p.uid for p in after.profiles.values()}
        assert {uid for uid in uids[1].values() if uid} <= known


def words(value: Any) -> list[str]:
    """Every text in a cursor."""
    if isinstance(value, dict):
        return [w for item in value.items() for part in item for w in words(part)]
    if isinstance(value, list):
        return [w for item in value for w in words(item)]
    return [value] if isinstance(value, str) else []
