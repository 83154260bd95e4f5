"""What was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def guess(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the known name that was probably meant, else what to do instead."""
    from difflib import get_close_matches

    close = get_close_matches(name[:100], list(known), n=1, cutoff=0.75)
    return f"did you mean {close[0]!r}?" if close else otherwise
