"""Where a source may point."""

from __future__ import annotations

import pytest

from crmtool.model.target import check_target, is_remote


@pytest.mark.parametrize(
    ("target", "remote"),
    [
        ("../core", False),
        ("/srv/git/core.git", False),
        ("./odd:name", False),
        ("C:/x", False),
        ("file:///srv/git/core.git", True),
        ("https://example.org/core.git", True),
        ("ssh://git@example.org/core.git", True),
        ("git@example.org:core.git", True),
    ],
)
def test_a_path_or_an_address(target: str, remote: bool) -> None:
    assert check_target(target) == target
    assert is_remote(target) is remote


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("", "is empty"),
        ("a\nb", "control characters"),
        ("a\u202eb", "control characters"),
        ("--upload-pack=touch x", "begins with '-'"),
        ("ext::sh -c touch% x", "runs a program"),
        ("fd::7", "runs a program"),
        ("git://example.org/x", "not allowed"),
        ("ftp://example.org/x", "not allowed"),
        ("https://ada:s3cret@example.org/x", "holds a password"),
        ("https://[x/y", "is not an address"),
    ],
)
def test_what_a_source_may_not_point_at(target: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_target(target)
