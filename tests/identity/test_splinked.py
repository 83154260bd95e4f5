"""The same questions, asked by splink."""

from __future__ import annotations

import pytest

from crmtool.identity.splinked import SplinkMatcher
from tests.identity.test_matcher import KEY, author, community, record

pytest.importorskip("splink", reason='needs the extra: pip install "crmtool[splink]"')

PAIR = (
    author("Grace Hopper", "hopper77@gmail.com"),
    author("Hopper Grace", "hopper77@navy.example"),
)


def test_it_finds_who_the_default_finds() -> None:
    found = list(SplinkMatcher({}, lambda word: KEY.sign("local", word))(community(*PAIR)))
    first = found[0]
    assert (first.a, first.b) == (f"git:{0:016x}", f"git:{1:016x}")
    assert 0.5 <= first.score <= 1
    assert first.reasons[0].weight > 0


def test_no_is_final() -> None:
    people = {
        "grace": record("Grace Hopper", 0, not_same_as=["hopper"]),
        "hopper": record("Hopper Grace", 1),
    }
    found = SplinkMatcher({}, lambda word: KEY.sign("local", word))(community(*PAIR, people=people))
    assert ("grace", "hopper") not in {(one.a, one.b) for one in found}
