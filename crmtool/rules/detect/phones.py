"""Phone numbers: international ones anywhere, national ones where a word says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.words import one_of

_LETTER: Final = r"0-9A-Za-z_À-ɏ"  # a number may touch a Chinese or Japanese word
_DIGIT: Final = r"[ \t]?[().\u00b7/-]{0,2}[ \t]?(?:\(0\)[ \t]?)?\d"
_INTERNATIONAL: Final = Pattern(
    rf"(?<![{_LETTER}.+#=\\])(?:\(?\+[ \t]?|\(?00[ \t]?(?=[1-9]))\d(?:{_DIGIT}){{6,16}}(?![{_LETTER}:%]|[.,]\d)"
)
_CANDIDATE: Final = Pattern(
    rf"(?<![{_LETTER}.+#$€£=\\@-])(?:\((?=\d{{2,5}}\)))?\d(?:{_DIGIT}){{6,14}}(?![{_LETTER}%€$£]|[.,:]\d)"
)
# What is said of a phone and of little else: any number of the right size beside it is one.
_PHONE: Final = one_of(
    """phone phones telephone tel telefon telefonnummer tel-nr telnr mobile mobilephone cellphone
    cell fax telefax whatsapp wa.me handy handynummer handynr mobilnummer mobil mobiltelefon
    rufnummer durchwahl festnetz festnetznummer telefoniert notrufnummer telephone portable
    telefono telefonos movil celular cel telemovel telefone zap zapzap cellulare telefoon
    telefoonnummer gsm mobiel telefonu telefonem komorka numer-telefonu puhelin mobilnr mob tlf tlfnr
    landline hotline voicemail sms msisdn phone-number signal-number imessage"""
)
_PHONE_CJK: Final = "電話|携帯|手机|電話番号|电话|微信号|전화|휴대폰|тел\\b|телефон|мобильн|моб\\.|τηλ|κινητό|هاتف|جوال|טלפון|फ़ोन|โทร"
# What is also said of much else: the number must be right for some country, and look like one.
_MAYBE_WORDS: Final = one_of(
    """call called calls calling ring rings text texts texting dial dials reach reachable contact contato contacto
    home work office evenings anrufen anruf ruf angerufen ruft erreichbar erreichen erreichst
    nummer melden
    appeler appelle appelez appeler joindre joignable numero llamar llama llame llamen llamarla
    llamarlo llamala llamalo llamame ligar ligue liga contactar signal telegram viber line chiamare chiama bel bellen nummer
    zadzwonic dzwonic"""
)
_MAYBE: Final = Pattern(rf"{_MAYBE_WORDS.pattern}|\bnumbers?\b(?! of)")
_NEAR: Final = Pattern(rf"{_PHONE.pattern}|{_PHONE_CJK}")
# Between the word and the number: something else is being numbered.
_OTHER: Final = one_of(
    """ticket tickets issue issues bug bugs pr pull merge build builds version versions release id
    ids uid order port room line lines error code exit invoice case model serial imei rfc commit
    revision rev sku isbn issn doi pid uuid hash row rows byte bytes request requests times users
    offset address seed chapter page pages figure vorgang bestellnummer kundennummer rechnung
    pedido factura commande facture sequence zip postcode plz android ios api sdk firmware score
    downloads installs traffic hits visits pin"""
)
_COUNTED: Final = Pattern(
    r"\s{0,2}(?:times|rows?|hits|visits|requests|users|lines|bytes|downloads|people|points|euros?|eur"
    r"|usd|chf|gbp|mal|fois|veces|vezes|zeilen|filas|linhas|lignes|de|of|ns|ms|items|calls|messages)\b"
)
_NOT_A_PHONE: Final = Pattern(
    r"(?:19|20)\d\d[-./ ]?(?:0[1-9]|1[0-2])[-./ ]?(?:[0-2]\d|3[01])(?:\D.*)?\Z"  # 2026-05-01 10
    r"|(?:[0-2]?\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)?\d\d(?:\D.*)?\Z"  # 01.05.2026
    r"|(?:19|20)\d\d\s?[-/]\s?\d{2,7}(?:\D.*)?\Z"  # 2024-2026, 2026-05, 2026-123456
    r"|\d{1,2}[.:]\d\d\s?-\s?\d{1,2}[.:]\d\d\Z"  # 09.00-17.30
    r"|\d{1,3}(?:\.\d{1,3}){1,3}\Z"  # 192.0.2.1, 3.11.4
    r"|\d+\.\d+\Z"  # 48.858370
    r"|\d{1,2}\s(?:19|20)\d\d\Z|.*\s-\d{4}\Z|.*\.\."  # May 15 2026, 31 -0400, 1234..5678
    r"|[1-9]\d{0,2}(?:[ .]000)+\Z"  # 1 000 000
)
_THOUSANDS: Final = Pattern(r"\(?\+\s?\d{1,3}(?:[ .]\d{3})+\Z")
_DECIMAL: Final = Pattern(r"\(?\+\s?\d{1,3}\.\d{1,9}\Z")
_DATED: Final = Pattern(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])")
_GROUPS_OF_THREE: Final = Pattern(r"[1-9]\d{0,2}(?:[ .]\d{3})+\Z(?<!\A\d{3}.\d{3}.\d{3})")
_STOP: Final = Pattern(r"\n\n|[.!?]\s+(?=[A-ZÀ-Þ])")
_BESIDE: Final = Pattern(r"[\s:.=#()*`'\"\[/_|-]{0,6}\Z")
_REGIONS: Final = """US GB DE FR ES PT IT NL BE AT CH PL CZ SE NO DK FI IE IN BR MX AR CL CO AU NZ JP
    KR CN TW HK SG ZA NG KE GH EG MA TR IL UA RU GR HU RO BG HR RS SK SI LT LV EE IS""".split()


def phones(sample: Sample) -> Iterator[Span]:
    """Numbers that ring. No version, date, id, amount, coordinate or address of a machine."""
    if not sample.long_number:
        return
    text, low = sample.text, sample.low
    if "+" in text or "00" in text:
        for found in _INTERNATIONAL.finditer(text):
            if _is_international(found[0]):
                yield Span(found.start(), found.end())
    if _NEAR.search(low) or _MAYBE.search(low):
        for found in _CANDIDATE.finditer(text):
            if not _NOT_A_PHONE.match(found[0].strip("()")) and _is_called(text, low, found):
                yield Span(found.start(), found.end())


def _is_international(written: str) -> bool:
    if _DECIMAL.match(written) or _DATED.search(written):
        return False
    from phonenumbers import (
        NumberParseException,
        ValidationResult,
        is_possible_number_with_reason,
        is_valid_number,
        parse,
    )

    number = written.lstrip("(").replace(")", "", 1) if written.startswith("(") else written
    digits = number.lstrip("+ ").removeprefix("00") if not number.startswith("+") else number[1:]
    try:
        parsed = parse(f"+{digits.strip()}")
    except NumberParseException:
        return False
    if not number.startswith("+") or _THOUSANDS.match(written):
        return bool(is_valid_number(parsed))
    # Numbers set aside for fiction are possible and not valid.
    possible = is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE
    return possible and len(set(str(parsed.national_number))) > 1


def _is_called(text: str, low: str, found: re.Match[str]) -> bool:
    """Whether the words around a number say that it is a phone's."""
    if _COUNTED.match(low, found.end()):
        return False
    first = max(0, found.start() - 60)
    before = low[first + (_last(_STOP, text[first : found.start()]) or 0) : found.start()]
    named = _last(_NEAR, before)
    if named is not None and not _OTHER.search(before, named):
        beside = _BESIDE.match(before, named) is not None
        if beside or _is_shaped(found[0]):
            return True
    said = _last(_MAYBE, before)
    if said is not None and not _OTHER.search(before) and _is_national(found[0]):
        return True
    after = re.split(r"[.\n]\s|\d", low[found.end() : found.end() + 30])[0]
    return bool(_NEAR.search(after)) and _is_national(found[0])


def _last(pattern: Pattern, text: str) -> int | None:
    """Where the last match ends."""
    end = None
    for found in pattern.finditer(text):
        end = found.end()
    return end


def _is_shaped(written: str) -> bool:
    """Whether a number is grouped or begun as phone numbers are."""
    return written.startswith(("0", "(")) or bool(re.search(r"\d[ ./()-]+\d", written))


def _is_pairs(written: str) -> bool:
    """Whether a number is two digits and two again, from 1 on: a table's row more than a phone."""
    return not written.startswith("0") and not re.search(r"\d{3}", written)


def _is_national(written: str) -> bool:
    """Whether a number is shaped as a phone's and right somewhere."""
    if not _is_shaped(written) or _GROUPS_OF_THREE.match(written) or _is_pairs(written):
        return False
    from phonenumbers import NumberParseException, is_valid_number, parse

    for region in _REGIONS:
        try:
            if is_valid_number(parse(written, region)):
                return True
        except NumberParseException:
            continue
    return False
