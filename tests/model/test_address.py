"""Whose an address is, and what it can prove."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.address import account_of, canonical, classify, mask


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("ada@users.noreply.github.com", ("github:ada", None)),
        ("583231+Ada-L@Users.NoReply.GitHub.com", ("github:ada-l", "583231")),
        ("7-eleven@users.noreply.github.com", ("github:7-eleven", None)),
        (
            "49699333+dependabot[bot]@users.noreply.github.com",
            ("github:dependabot[bot]", "49699333"),
        ),
        ("ada_corp@users.noreply.github.com", ("github:ada_corp", None)),
        ("7-ada.l@users.noreply.gitlab.com", ("gitlab.com:ada.l", "7")),
        ("ada@users.noreply.gitlab.com", ("gitlab.com:ada", None)),
        ("7-ada@users.noreply.gitlab.example.org", ("gitlab.example.org:ada", "7")),
        ("7+ada@users.noreply.github.example.org", ("github.example.org:ada", "7")),
        ("ada@example.org", None),
        ("noreply@github.com", None),
        ("@users.noreply.github.com", None),
        ("a b@users.noreply.github.com", None),
        ("ada@users.noreply.localhost", None),
        ("ada@users.noreply.github.com.example.org", ("github.com.example.org:ada", None)),
        (f"{'a' * 101}@users.noreply.github.com", None),
        ("", None),
    ],
)
def test_an_account_behind_a_no_reply_address(
    address: str, account: tuple[str, str | None] | None
) -> None:
    assert account_of(address) == account


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("Ada.Lovelace+git@GMail.com", "adalovelace@gmail.com"),
        ("ada@googlemail.com", "ada@gmail.com"),
        ("Ada+x@example.org", "ada+x@example.org"),
        ("a.d.a@example.org", "a.d.a@example.org"),
        (" <ada@example.org.> ", "ada@example.org"),
    ],
)
def test_one_mailbox_in_several_spellings(written: str, one: str) -> None:
    assert canonical(written) == one


@given(st.text(max_size=40))
def test_the_canonical_form_stays(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("ada@example.org", "personal"),
        ("root@localhost", "placeholder"),
        ("ada@laptop.local", "placeholder"),
        ("ada@laptop.(none)", "placeholder"),
        ("ada", "placeholder"),
        ("", "placeholder"),
        ("you@example.com", "placeholder"),
        ("ada@ip-10-0-0-1.internal", "placeholder"),
        ("ada@5d6c4f2e-0000-4000-8000-000000000000", "placeholder"),
        ("info@example.org", "shared"),
        ("dev+x@example.org", "shared"),
        ("anything@lists.example.org", "shared"),
        ("ada@users.noreply.github.com", "relay"),
        ("no-reply@example.org", "relay"),
        ("x@noreply.codeberg.org", "relay"),
        ("abc@privaterelay.appleid.com", "relay"),
    ],
)
def test_only_a_personal_address_says_who_somebody_is(address: str, kind: str) -> None:
    assert classify(address) == kind


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Revert what ada.l+x@mail.example.org sent", "Revert what ada.l+x@… sent"),
        ("<ada@example.org>,bo@example.org", "<ada@…>,bo@…"),
        ("mailto:zoë@exämple.org", "mailto:zoë@…"),
        ("pin lodash@4.17.21, @ada, HEAD@{1}", "pin lodash@4.17.21, @ada, HEAD@{1}"),
        ("", ""),
    ],
)
def test_an_address_in_text_cannot_be_used(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked
