"""What two addresses have in common, and that it tells nobody what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.keyed import Keyed
from crmtool.model.signs import organisation_of, signs_of

ONE, OTHER = Keyed(bytes(32)), Keyed(b"\1" * 32)


@pytest.mark.parametrize(
    ("address", "signs"),
    [
        ("ada@gmail.com", {"local": "ada"}),
        ("Ada.Lovelace+git@gmail.com", {"local": "adalovelace"}),
        ("ada_lovelace@cs.cam.ac.uk", {"local": "adalovelace", "host": "cam.ac.uk"}),
        ("ada42@mail.example.com", {"local": "ada42", "host": "example.com"}),
        ("lovelace42@acme.io", {"local": "lovelace42", "stem": "lovelace", "host": "acme.io"}),
        ("info@acme.io", {"mailbox": "info@acme.io", "host": "acme.io"}),
        ("ada@engine.(none)", {"local": "ada", "mailbox": "ada@engine.(none)"}),
        ("ada@localhost", {"local": "ada"}),
        ("root@localhost", {}),
        ("583231+ada@users.noreply.github.com", {}),
        ("noreply@github.com", {}),
        ("x@gmail.com", {}),
        ("", {}),
    ],
)
def test_the_signs_of_an_address(address: str, signs: dict[str, str]) -> None:
    assert dict(signs_of(address)) == signs


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("gmail.com", None), ("yahoo.co.uk", None), ("acme.com", "acme.com"),
        ("lists.acme.co.uk", "acme.co.uk"), ("a.b.c.acme.de", "acme.de"),
    ],
)  # fmt: skip
def test_whose_a_host_is(host: str, own: str | None) -> None:
    assert organisation_of(host) == own


@pytest.mark.parametrize("address", ["github.com@ada.example", "git-hub@lovelace.example"])
def test_a_local_part_for_a_purpose_is_nobody_s_sign(address: str) -> None:
    assert not [sign for sign in ONE.signs(address) if sign.startswith("local:")]


def test_one_local_part_is_one_sign_at_every_host_and_under_one_key() -> None:
    home, work = ONE.signs("ada.lovelace@gmail.com"), ONE.signs("adalovelace@acme.io")
    assert home == work[:1]
    assert home != OTHER.signs("ada.lovelace@gmail.com")


def test_a_stem_is_found_by_who_writes_it_without_digits() -> None:
    assert ONE.signs("lovelace@web.de")[0] in ONE.signs("lovelace42@gmail.com")


@given(st.emails())
def test_a_sign_is_a_kind_and_a_short_hash(address: str) -> None:
    for sign in ONE.signs(address):
        kind, _, digits = sign.partition(":")
        assert kind in {"local", "host", "mailbox"}
        assert len(digits) == 12
        assert int(digits, 16) >= 0
