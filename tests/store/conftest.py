"""Fixtures of the tests that write workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A workspace of two people, committed."""
    return Repo(tmp_path / "crm").begin(ada="name: Ada\n", grace="name: Grace\n")
