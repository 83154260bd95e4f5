"""One list of activities for all sources."""

from __future__ import annotations

from crmtool.importers.git import TRAILERS
from crmtool.model.vocabulary import ACTIVITY_TYPES, CONTRIBUTIONS, CONVERSATIONS


def test_every_type_is_a_contribution_or_a_conversation() -> None:
    assert sorted([*CONTRIBUTIONS, *CONVERSATIONS]) == sorted(ACTIVITY_TYPES)
    assert all(kind.about and kind.weight >= 0 for kind in ACTIVITY_TYPES.values())


def test_what_git_says_is_in_it() -> None:
    """Authoring and co-authoring count as contributions; a sign-off is a formality."""
    assert {"commit", "merge", *TRAILERS.values()} <= ACTIVITY_TYPES.keys()
    assert {"commit", "merge", "co-author", "review", "test"} <= set(CONTRIBUTIONS)
    assert ACTIVITY_TYPES["sign-off"].weight == 0
