"""What the configuration says where a community says nothing."""

from __future__ import annotations

from crmtool.model.config import SOURCE_TYPES, Sync


def test_every_type_of_source_has_a_rank_and_git_the_last() -> None:
    """A profile network knows more of a person than the name in a commit."""
    assert sorted(Sync().order) == sorted(SOURCE_TYPES)
    assert Sync().order[0] == "github"
    assert Sync().order[-1] == "git"
