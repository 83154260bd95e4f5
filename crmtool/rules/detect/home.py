"""Where somebody lives and when they were born, each beside a word that says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span
from crmtool.rules.detect.words import ENOUGH, one_of, signs_of

_HOUSE: Final = r"\d{1,5}\s?[a-z]?(?:[-/]\d{1,4}[a-z]?)?"
_STREET: Final = Pattern(
    rf"\b{_HOUSE},?\s(?:[\w.'’-]{{1,25}}\s){{1,4}}?(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court"
    r"|ct|square|sq|close|terrace|place|pl|boulevard|blvd|crescent|row|mews|gardens|grove|hill|park"
    r"|parade|walk|highway|hwy|parkway|quay)\b"
    r"|\b[\w'’-]{0,30}(?:strasse|straße|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|plein"
    rf"|gracht|kade|gatan|vagen|vej|gade|katu|utca|ulica)\s?{_HOUSE}\b"
    rf"|\b(?:[\w'’-]{{1,25}}er|am|an der|auf dem|im|zur|zum|unter den)\s(?:[\w'’-]{{1,25}}\s)?(?:strasse|straße|str\.|weg"
    rf"|platz|allee|ring|damm|ufer)\s{_HOUSE}\b"
    rf"|\b(?:am|an der|unter den|im)\s[\w'’-]{{3,20}}\s{_HOUSE}\b"
    rf"|\b{_HOUSE},?\s(?:bis,?\s|ter,?\s)?(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allee"
    r"|quai|cours|route|passage|square)\s(?:(?:de|du|des|la|le|les)\s){0,3}[\w'’.-]+"
    r"|(?:\b(?:calle|c\.|avenida|avda\.?|av\.|plaza|paseo|camino|carrera|rua|r\.|travessa|praca"
    r"|alameda|estrada|largo|rambla|via|viale|piazza|corso|vicolo|ul\.|ulica|carrer)|\bc/)"
    rf"\s?(?:[\w'’.-]{{1,25}},?\s){{1,5}}?(?:n[.ºo°]{{0,2}}\s?)?{_HOUSE}\b"
)
_POSTCODE: Final = Pattern(
    r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b"  # NW1 6XE
    r"|\b(?:d-|f-|a-|ch-|e-|i-|b-|nl-)?\d{4,5}\s[a-z][\w'’-]{2,}"  # 10115 Berlin, 1010 Wien
    r"|\b[a-z][\w'’.-]{2,},?\s[a-z]{2}\s\d{5}(?:-\d{4})?\b"  # Springfield, IL 62704
    r"|\b\d{4}-\d{3}\b|\b\d{5}-\d{3}\b|\b\d{4}\s?[a-z]{2}\b|\b\d{3}\s\d{2}\b|\b\d{2}-\d{3}\b"
    r"|\bp\.?\s?o\.?\sbox\s\d+|\bpostfach\s\d+"
)
_LIVES_WORDS: Final = """
    lives live living lived_at moved_to moves_to resides residing resident home_address
    postal_address mailing_address private_address address addr shipping_address ship
    shipped shipping post send sent deliver delivered delivery parcel package flat apartment stays
    staying house home
    wohnt wohne wohnhaft wohnen wohnort adresse privatadresse anschrift postadresse zieht gezogen
    lieferadresse heimatadresse paket
    habite habitent demeurant domicile domiciliee adresse_postale reside demenage colis
    vive viven vivo direccion domicilio reside mudo envio paquete
    mora moram moro endereco morada residencia vive reside encomenda
    abita abitano indirizzo residente woont adres woonadres mieszka bor asuu"""
_LIVES: Final = one_of(_LIVES_WORDS)
_LIVES_SIGNS: Final = signs_of(_LIVES_WORDS)
# Such a word says by itself that an address follows, so that a postcode is enough.
_HOME: Final = Pattern(
    r"live|resid|home.|postal|mailing|private|address|wohn|adres|privat|anschrift|habit|domicil|viv"
    r"|direcc|mora|ender|abit|indir|woon"
)
_PUBLIC: Final = Pattern(
    r"\b(?:venue|conference|office|offices|company|headquarters|hq|museum|library|hotel|hall|school"
    r"|university|campus|cafe|pub|bar|restaurant|church|station|center|centre|room|booth|shop|store"
    r"|warehouse|email|e-mail|ip|mac|web|memory|veranstaltung|buro|firma|saal|bureau|salle|oficina"
    r"|sede|sala|escritorio|empresa|url|link|server|contract|meetup|event)\b"
)
_MONTH: Final = (
    r"(?:jan|feb|fev|mar|mer|apr|abr|avr|may|mai|mag|jun|jui|giu|jul|lug|aug|aou|ago|sep|set|oct|okt"
    r"|ott|out|nov|dec|dez|dic|ene|gen)[a-z]{0,7}\.?"
)
_DAY: Final = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}(?:[-/.]\s?(?:\d{4}|\d{2}))?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|er)?\s(?:of\s|de\s)?{_MONTH}(?:,?\s(?:de\s|del\s)?\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?)(?!\w)"
)
_BORN: Final = Pattern(
    r"\b(?:born(?:\son)?|birth\s?day|birth\s?date|date\sof\sbirth|dob|d\.o\.b\.|b-?day|geboren(?:\sam)?"
    r"|geb\.|b\.(?=\s?\d)|geburtstag|geburtsdatum|nee?\sle|naissance|date\sde\snaissance|anniversaire|naci(?:do|da)?"
    r"(?:\sel)?|nacio(?:\sel)?|nacimiento|cumpleanos|cumple(?:\sanos)?|nasci(?:do|da|mento|u)?(?:\s(?:em|a))?"
    r"|aniversario|faz\sanos|nat[oa]\sil|compleanno|nascita|geboortedatum|verjaardag|urodziny"
    rf"|turns\s\d\d|turned\s\d\d|birthdate)(?!\w)[^\w\n]{{0,3}}(?:(?:is|on|am|ist|her|his|le|el|em|es|e|est|a|dia|o|im|the|war|was"
    rf"|seu|sua|su|sein|ihr|son|il|op)\s){{0,3}}(?P<day>{_DAY})"
)
_BORN_SIGNS: Final = signs_of(
    """born birth birthday birthdate dob d bday b geboren geb geburtstag geburtsdatum nee ne naissance
    anniversaire nacido nacida nacio nacimiento nascio cumpleanos cumple nascido nascida nascimento nasceu nasci
    aniversario faz nato nata nasce nascer compleanno nascita geboortedatum verjaardag urodziny turns turned"""
)
_BORN_THINGS: Final = Pattern(
    r"\b(?:project|projekt|idea|library|software|it|company|community|release|site|team|conference"
    r"|party|programme|program|organisation|organization|language|group|club|projet|proyecto"
    r"|projeto|our|the|meetup|repo|repository|version)(?:'s)?\s(?:\w+\s){0,2}\Z"
)


SIGNS: Final = _LIVES_SIGNS | _BORN_SIGNS


def addresses(sample: Sample) -> Iterator[Span]:
    """Streets and postcodes beside a word of living there or sending there."""
    if _LIVES_SIGNS.isdisjoint(sample.words):
        return
    text, low = sample.text, sample.low
    taken = 0
    for said in islice(_LIVES.finditer(low), ENOUGH):
        start = said.end()
        if start < taken or _PUBLIC.search(low[max(0, said.start() - 40) : start]):
            continue
        if found := _place(text, low, start, is_home=bool(_HOME.match(said[0]))):
            taken = found.end
            yield found


def _place(text: str, low: str, start: int, *, is_home: bool) -> Span | None:
    """The address that follows a word within a line; capitals tell a street from `2 in a row`."""
    end = min(len(low), start + 90)
    end = low.find("\n\n", start, end) % (end + 1)
    streets = _STREET.finditer(low, start, end)
    codes = _POSTCODE.finditer(low, start, min(end, start + 60)) if is_home else ()
    for found in chain(streets, codes):
        is_public = _PUBLIC.search(low, start, found.start())
        if not is_public and any(map(str.isupper, text[found.start() : found.end()])):
            return Span(found.start(), found.end())
    return None


def birthdays(sample: Sample) -> Iterator[Span]:
    """Days that somebody was born on."""
    if _BORN_SIGNS.isdisjoint(sample.words):
        return
    low = sample.low
    for found in _BORN.finditer(low):
        before = low[max(0, found.start() - 40) : found.start()]
        if not _BORN_THINGS.search(before):
            yield Span(*found.span("day"))
