"""Scalars: what is decided quickly is decided as it would be slowly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.model import scalars
from crmtool.model.scalars import ORDINARY_URL


@settings(max_examples=50)
@given(st.from_regex(ORDINARY_URL, fullmatch=True))
def test_an_ordinary_link_is_a_link(value: str) -> None:
    assert scalars._taken_apart(value) == value  # noqa: SLF001 (the slow way of the same answer)
