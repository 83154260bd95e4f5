"""All that the detectors find in one text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from crmtool.rules.detect.child import children
from crmtool.rules.detect.contact import emails
from crmtool.rules.detect.hit import Hit, Kind
from crmtool.rules.detect.home import addresses, birthdays
from crmtool.rules.detect.numbers import bank_numbers
from crmtool.rules.detect.phones import phones
from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.secrets import MASK, secrets
from crmtool.rules.detect.special import special_categories
from crmtool.rules.detect.unfold import unfold

Detector = Callable[[Sample], Iterator[Span]]
DETECTORS: Final[dict[Kind, Detector]] = {
    "secret": secrets,
    "bank": bank_numbers,
    "email": emails,
    "phone": phones,
    "special": special_categories,
    "child": children,
    "address": addresses,
    "birth": birthdays,
}
EVERYWHERE: Final[tuple[Kind, ...]] = ("secret", "bank", "email", "phone")
"""What is looked for in any value; the rest needs sentences."""
PROSE: Final = tuple(DETECTORS)


MOST: Final = 20
"""Hits of one kind in one text: a text that holds more is wrong whatever else is in it."""


def scan(text: str, kinds: tuple[Kind, ...] = PROSE) -> list[Hit]:
    """What a text holds of these kinds, in order; where two overlap, the graver kind stays."""
    found = list[Hit]()
    for plain in unfold(text):
        sample = Sample(plain.text)
        for kind in kinds:
            for span in islice(DETECTORS[kind](sample), MOST):
                hit = Hit(kind, *plain.origin(span.start, span.end), span.what)
                if not any(h.start < hit.end and hit.start < h.end for h in found):
                    found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def hide(text: str) -> str:
    """The text with its secrets replaced by `…`: for messages that repeat what a file says."""
    for hit in reversed(scan(text, ("secret",))):
        text = text[: hit.start] + MASK + text[hit.end :]
    return text
