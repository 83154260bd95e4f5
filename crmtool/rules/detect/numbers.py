"""Bank numbers: IBANs and payment cards, each proved by its checksum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.words import one_of

_IBAN: Final = Pattern(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}(?:[ .-]{1,2}[A-Za-z0-9]{1,12}){2,12}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30}(?![A-Za-z0-9])"
)
_GAP: Final = Pattern(r"[ .-]+")
_CARD: Final = Pattern(r"(?<![\w.#=/+$€£-])\d(?:[ -]?\d){12,18}(?![\w%]|[.,-]\d)")
_TWELVE: Final = Pattern(r"\d(?:[ -]?\d){11}")
# Who issues a number that begins so, and how many digits theirs have.
_ISSUED: Final = Pattern(
    r"4(?:\d{12}|\d{15}|\d{18})\Z"  # Visa
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}\Z"  # Mastercard
    r"|3[47]\d{13}\Z"  # American Express
    r"|6(?:011|4[4-9]\d|5\d{2})\d{12}\Z"  # Discover
    r"|35(?:2[89]|[3-8]\d)\d{12}\Z"  # JCB
    r"|3(?:0[0-5]|[689]\d)\d{11}\Z"  # Diners
    r"|62\d{14,17}\Z"  # UnionPay
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}\Z"  # Maestro
)
_GROUPED: Final = Pattern(
    r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?\Z|\d{4}([ -])\d{6}\2\d{4,5}\Z"
)
_CARD_WORDS: Final = one_of(
    """card cards visa mastercard amex american_express credit debit maestro discover diners jcb pan
    cvc cvv karte kreditkarte ec-karte kartennummer kreditkartennummer carte carte_bleue tarjeta
    cartao carta creditcard karta payment pay paid betaalkaart"""
)


def bank_numbers(sample: Sample) -> Iterator[Span]:
    """IBANs with a right checksum, and card numbers of a known issuer with a right one."""
    if not sample.long_number:
        return
    text, low = sample.text, sample.low
    for found in _IBAN.finditer(text):
        if end := _iban_end(found[0]):
            yield Span(found.start(), found.start() + end, "an IBAN")
    if _TWELVE.search(text):
        for found in _CARD.finditer(text):
            if _is_card(found[0], low[max(0, found.start() - 40) : found.start()]):
                yield Span(found.start(), found.end(), "a card number")


def _iban_end(written: str) -> int:
    """Where the IBAN at the beginning of a text ends; 0 where there is none.

    The words after it may look like more of its groups, so they are given up one by one.
    """
    if sum(map(str.isdigit, written)) < 8:
        return 0
    from stdnum import iban

    ends = [len(written), *(found.start() for found in _GAP.finditer(written))]
    for end in sorted(set(ends), reverse=True):
        compact = _GAP.sub("", written[:end])
        if len(compact) >= 15 and iban.is_valid(compact, check_country=False):
            return end
    return 0


def _is_card(written: str, before: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not _ISSUED.match(digits) or len(set(digits)) == 1:
        return False
    # A bare run of digits may be anybody's id; one in ten has a right checksum.
    if not (_GROUPED.match(written) or len(digits) in (15, 16) or _CARD_WORDS.search(before)):
        return False
    from stdnum import luhn

    return bool(luhn.is_valid(digits))
