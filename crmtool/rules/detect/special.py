"""Special categories of personal data (GDPR Art. 9), near a person.

English, German, French, Spanish, Portuguese, some Italian and Dutch. Words alone say little: a
charity may be Catholic and a library about diabetes. What counts is a sentence that says it of
somebody, and the finding is a warning that a person should look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.special_words import NEAR, PARTIES, SAID, WHOLE
from crmtool.rules.detect.words import signs_of

SIGNS: Final = signs_of(
    *NEAR.values(),
    *SAID.values(),
    *WHOLE.values(),
    PARTIES,
    "descent origin heritage half ancestry herkunft abstammung wurzeln origine origen origem",
)


def special_categories(sample: Sample) -> Iterator[Span]:
    """What is said of somebody's health, faith, politics, union, love or descent."""
    if not SIGNS.isdisjoint(sample.words):
        # Made where a word of them stands: a command that looks at one note needs none of them.
        from crmtool.rules.detect.special_patterns import told

        yield from told(sample.text, sample.low)
