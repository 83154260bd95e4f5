"""Map walks and evenings: who organised them, who spoke, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.chance import Chance
from benchmarks.example.accounts import Feed, Profile
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST

_TITLES = {
    "porto": "Map walk in Porto",
    "leeds": "Map walk in Leeds",
    "brno": "Back room evening in Brno",
    "bogota": "Sunday walk in Bogotá",
    "yogyakarta": "Lane walk in Yogyakarta",
    "lyon": "Evening at the press in Lyon",
    "krakow": "Maps at the library in Kraków",
    "amman": "Stair walk in Amman",
    "ghent": "Paper Paths, Ghent",
    "online": "Stitching evening, online",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One gathering: when, where, who hosted it, which of us came or spoke."""

    at: datetime
    group: str
    host: str
    came: tuple[str, ...]
    spoke: tuple[tuple[str, str], ...] = ()
    locals: int = 1
    everyone: bool = False  # nobody of those who usually come was missing

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES[self.group]


def _events(
    group: str, host: str, hour: int, days: str, *, came: str = "", more: int = 1
) -> list[Event]:
    return [
        Event(
            datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC),
            group,
            host,
            tuple(came.split()),
            locals=more,
        )
        for day in days.split()
    ]


_FIRST_NAMES = "Maud Perpetua Ansel Ilka Tam Oriel Benno Suri Wanda Lev"
_GUESTS = (
    "ottoline-brackwater callum-drumbeg dov-halpernik mathilde-ouvrelac thaleia-petromani"
    " rosalind-tveit jorunn-aaskvik baptiste-corvenal gethin-prysddu elowen-tregarrick"
)
_REGULARS = (
    "thaleia-petromani nour-al-qantari gethin-prysddu sunneva-hallmundardottir"
    " hyacinth-bellwether wirasunu hana-mochizawa jorunn-aaskvik xiomara-velandres"
)
_GHENT = Event(
    datetime(2026, 2, 7, 9, tzinfo=UTC),
    "ghent",
    "ines-quintarola",
    tuple(_GUESTS.split()),
    (
        ("sunneva-hallmundardottir", "Drawing snow for people who will stand in it"),
        ("hana-mochizawa", "A fold that opens with one pull"),
        ("nour-al-qantari", "The map that begins on the right"),
    ),
    locals=3,
    everyone=True,
)
_LEEDS = Event(
    datetime(2026, 10, 3, 11, tzinfo=UTC),
    "leeds",
    "ottoline-brackwater",
    ("hyacinth-bellwether", "kwabena-asare-fio", "elowen-tregarrick", "gethin-prysddu"),
    (("hyacinth-bellwether", "The route of the first sheet"),),
    locals=2,
    everyone=True,
)
_KRAKOW = Event(
    datetime(2026, 10, 15, 16, tzinfo=UTC),
    "krakow",
    "dov-halpernik",
    (),
    (("dov-halpernik", "A drawer of maps that printed wrong"),),
)
EVENTS: list[Event] = [
    *_events(
        "porto",
        "ines-quintarola",
        10,
        "2025-09-27 2025-11-15 2026-01-24 2026-03-21 2026-05-16 2026-07-11 2026-09-19 2026-11-14",
        came="rosalind-tveit",
        more=3,
    ),
    *_events(
        "leeds",
        "ottoline-brackwater",
        11,
        "2025-10-04 2025-12-06 2026-03-28 2026-06-20",
        came="hyacinth-bellwether elowen-tregarrick gethin-prysddu callum-drumbeg",
        more=2,
    ),
    _LEEDS,
    *_events(
        "brno",
        "vojta-skalicin",
        17,
        "2025-10-22 2025-12-10 2026-02-25 2026-04-22 2026-06-17 2026-09-16 2026-11-11",
        came="dov-halpernik",
    ),
    *_events(
        "bogota",
        "xiomara-velandres",
        14,
        "2026-06-14 2026-07-12 2026-08-09 2026-09-13 2026-10-11 2026-11-08",
        more=3,
    ),
    *_events(
        "yogyakarta",
        "wirasunu",
        1,
        "2026-07-26 2026-08-30 2026-09-27 2026-10-25 2026-11-15",
        more=2,
    ),
    *_events(
        "lyon",
        "mathilde-ouvrelac",
        17,
        "2025-11-22 2026-04-11 2026-09-12",
        came="baptiste-corvenal",
    ),
    *_events("amman", "nour-al-qantari", 15, "2026-04-25 2026-10-24"),
    *_events(
        "online",
        "kwabena-asare-fio",
        18,
        "2025-09-30 2025-10-28 2025-11-25 2025-12-30 2026-01-27 2026-02-24 2026-03-31 2026-04-28"
        " 2026-05-26 2026-06-30 2026-07-28 2026-08-25 2026-09-29 2026-10-27",
        came=_REGULARS,
        more=0,
    ),
    _GHENT,
    _KRAKOW,
]


def tell(chance: Chance, feed: Feed) -> None:
    """Tell every gathering from its attendance list."""
    for event in EVENTS:
        _tell(chance, feed, event)


def _tell(chance: Chance, feed: Feed, event: Event) -> None:
    thread = f"{event.at:%Y-%m-%d}-{event.group}"
    common = {
        "thread": thread,
        "channel": event.group,
        "url": f"https://walks.example.org/{event.group}",
    }

    def say(kind: str, handle: str, title: str) -> None:
        actor = f"meetups.example.org:{handle}"
        name = f"{thread}/{handle}" + ("" if kind == "event-attended" else f"/{kind}")
        feed.add(event.at, kind, name, {"actor": actor}, title=title, **common)

    say("event-organised", CAST[event.host].meetups, event.title)
    for slug, title in event.spoke:
        say("talk", CAST[slug].meetups, title)
    guests = {slug for slug, _ in event.spoke if slug != event.host}
    guests |= {slug for slug in event.came if event.everyone or chance.hit(0.7)}
    for slug in sorted(guests):
        if ARCS[slug].there(event.at):
            say("event-attended", CAST[slug].meetups, event.title)
    for number in range(event.locals):
        if chance.hit(0.7):
            say("event-attended", _walker(feed, event.group, number), event.title)


def _walker(feed: Feed, group: str, number: int) -> str:
    """Return the handle of a local walker, whom the list knows by a first name only."""
    names = _FIRST_NAMES.split()
    name = names[(len(group) * 3 + number) % len(names)]
    handle = f"{name.lower()}-{group}"
    identity = f"meetups.example.org:{handle}"
    feed.profiles[identity] = Profile({"identity": identity, "name": name})
    return handle
