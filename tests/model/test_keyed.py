"""What is kept of an address, by policy and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.keyed import EmailPolicy, Keyed
from crmtool.model.scalars import IDENTITY

ONE, OTHER = Keyed(bytes(32)), Keyed(b"\1" * 32)


@pytest.mark.parametrize(
    ("policy", "address", "kept"),
    [
        ("none", "ada@example.org", None),
        ("plain", "ada@example.org", "email:ada@example.org"),
        ("plain", "Ada.L @Example.org", "email:Ada.L%20@Example.org"),
        ("plain", "root@localhost", "email:root@localhost"),
        ("plain", "nothing", "email:nothing"),
        ("plain", "", None),
        ("plain", "a\x1b[31m@example.org", None),
        ("plain", "<script>@example.org", None),
        ("plain", f"{'a' * 300}@example.org", None),
        ("hmac", "root@localhost", None),
        ("hmac", "info@example.org", None),
        ("hmac", "ada@users.noreply.github.com", None),
    ],
)
def test_an_address_by_policy(policy: EmailPolicy, address: str, kept: str | None) -> None:
    assert ONE.email(address, policy) == kept


def test_one_mailbox_has_one_hash_under_one_key() -> None:
    kept = ONE.email("Ada.Lovelace+git@gmail.com", "hmac")
    assert kept == ONE.email("adalovelace@googlemail.com", "hmac")
    assert kept is not None
    assert kept.startswith("email-hmac:")
    assert kept != OTHER.email("adalovelace@gmail.com", "hmac")


def test_a_raw_pair_is_itself_alone() -> None:
    """`root@localhost` glues nobody, nor does a name; the border between them counts."""
    pairs = [
        ("Ada", "root@localhost"),
        ("Bo", "root@localhost"),
        ("Ad", "aroot@localhost"),
        ("", ""),
    ]
    assert len({ONE.git_actor(*pair) for pair in pairs}) == len(pairs)
    assert ONE.git_actor("Ada", "x") != OTHER.git_actor("Ada", "x")
    assert ONE.git_actor("Z\udceb", "x") != ONE.git_actor("Z\udcec", "x")


def test_the_fingerprint_tells_keys_apart_and_nothing_of_them() -> None:
    assert ONE.fingerprint != OTHER.fingerprint
    assert len(ONE.fingerprint) == 16


@given(st.text(), st.sampled_from(["hmac", "plain", "none"]))
def test_what_is_kept_is_an_identity(address: str, policy: EmailPolicy) -> None:
    kept = ONE.email(address, policy)
    assert kept is None or (IDENTITY.match(kept) and kept.isprintable())
    assert IDENTITY.match(ONE.git_actor(address, address))
