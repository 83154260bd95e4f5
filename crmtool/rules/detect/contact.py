"""E-mail addresses, also those that are spelt so that a machine should not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.address import classify
from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span

_LOCAL: Final = r"\w[\w+%'~-]{0,63}(?:\.[\w+%'~-]{1,64}){0,8}"
_LABEL: Final = r"[\w-]{1,63}"
_TLD: Final = r"(?:[^\W\d_]{2,24}|xn--[\w-]{2,40})"
_START: Final = r"(?<![\w.+@%~-])"
_END: Final = r"(?![^\W_]|@)"
_PLAIN: Final = Pattern(
    rf"(?:{_START}{_LOCAL}|\"[^\"\s@][^\"\n@]{{0,62}}\")"
    rf"@(?:(?:{_LABEL}\.){{1,8}}{_TLD}|\[\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]){_END}"
)
_OPEN: Final = r"\s{0,3}[\[({<«|]{1,2}\s{0,2}"
_CLOSE: Final = r"\s{0,2}[\])}>»|]{1,2}\s{0,3}"
_AT_WORDS: Final = (
    r"(?:at|ät|a|@|at[ -]sign|arroba|arobase|arobas|klammeraffe|affe|chiocciola|apenstaart(?:je)?"
    r"|ma[łl]pa|собака|snabel-?a)"
)
_DOT_WORDS: Final = r"(?:dot|d0t|\.|punkt|punto|point|ponto|punt|kropka|точка|prick|tecka)"
_AT: Final = rf"(?:{_OPEN}{_AT_WORDS}{_CLOSE}|@|\s{{1,3}}@\s{{1,3}}|@\s{{1,2}}|\s[_*+~-]{{1,2}}at[_*+~-]{{1,2}}\s)"
_AT_SPOKEN: Final = (
    r"(?:\s{1,3}(?:at|ät|arroba|arobase|arobas|klammeraffe|chiocciola|apenstaartje|ma[łl]pa|собака)"
    r"\s{1,3}|[_.-]at[_.-])"
)
_AT_FOREIGN: Final = r"\s{1,3}(?:arroba|arobase|arobas|klammeraffe|chiocciola|apenstaartje)\s{1,3}"
_DOT: Final = (
    rf"(?:{_OPEN}{_DOT_WORDS}{_CLOSE}|\s{{1,3}}{_DOT_WORDS}\s{{1,3}}"
    r"|\s[_*+~-]{1,2}dot[_*+~-]{1,2}\s|[_-]dot[_-]|\.)"
)
# Not `point`, or "at this point in time" would be one.
_DOT_SPOKEN: Final = rf"(?:{_OPEN}{_DOT_WORDS}{_CLOSE}|\s{{1,3}}(?:dot|d0t|punkt|punto|ponto)\s{{1,3}}|[_.-]dot[_.-])"
_NAME: Final = r"[^\W_][^\W_-]{0,30}(?:-[^\W_]{1,30}){0,3}"
# The endings that an address in disguise is likely to have: without them, "look at the dot on
# the i" would be one.
_ENDINGS: Final = (
    "(?:com|org|net|edu|gov|info|io|dev|app|name|me|biz|eu|example|test|invalid|online|cloud|tech"
    "|site|xyz|email|mail|blog|page|social|community|foundation|software|systems|network|pro|club"
    "|ac|ad|ae|ar|at|au|ba|be|bg|br|by|ca|cc|ch|ci|cl|cn|co|cr|cy|cz|de|dk|do|ec|ee|eg|es|fi|fm|fr"
    "|gr|hk|hr|hu|id|ie|il|in|ir|is|it|jp|ke|kr|lt|lu|lv|ma|md|mx|my|ng|nl|no|nz|pe|ph|pk|pl|pt|ro"
    "|rs|ru|sa|se|sg|si|sk|st|th|tn|to|tr|tv|tw|ua|uk|us|uy|vn|za)"
)
_ENDING: Final = Pattern(_ENDINGS)
_FINISH: Final = rf"{_ENDINGS}(?![\w@(-])"
_IGNORE: Final = re.IGNORECASE
_DISGUISED: Final = (
    # ada (at) example (dot) org, ada[at]example.org, ada @ example.org, ada@example dot org
    Pattern(rf"{_START}({_LOCAL}){_AT}((?:{_NAME}{_DOT}){{1,5}}){_FINISH}", _IGNORE),
    # ada at example dot org, ada_at_example_dot_org: both words must be there
    Pattern(
        rf"{_START}({_LOCAL}){_AT_SPOKEN}((?:{_NAME}{_DOT}){{0,4}}{_NAME}{_DOT_SPOKEN}){_FINISH}",
        _IGNORE,
    ),
    # ada arroba example.org
    Pattern(rf"{_START}({_LOCAL}){_AT_FOREIGN}((?:{_NAME}{_DOT}){{1,5}}){_FINISH}", _IGNORE),
    # ada AT example.org, but not "LOOK AT example.org"
    Pattern(rf"(?![A-Z]+\s){_START}({_LOCAL})\s{{1,3}}AT\s{{1,3}}((?:{_NAME}\.){{1,5}}){_FINISH}"),
    # e-mail: ada at example.org
    Pattern(
        r"\b(?:e-?mail|mail|contact|courriel|correo)\s{0,2}:\s{0,3}"
        rf"({_LOCAL})\s{{1,3}}at\s{{1,3}}((?:{_NAME}\.){{1,5}}){_FINISH}",
        _IGNORE,
    ),
)
# What every address in disguise has some of; looked for first, being quick.
BRACKETED: Final = Pattern(
    r"[\[({<«|*_+~.-]\s{0,2}(?:at|ät|a|affe|@)(?:[ -]sign)?\s{0,2}[\])}>»|*_+~.-]"
)
SIGNS: Final = (
    *"""dot d0t punkt punto ponto kropka точка arroba arobas klammeraffe chiocciola apenstaart malpa
    małpa собака snabel mail: contact: courriel correo""".split(),
    *("mail :", "contact :"),
)
EXACT_SIGNS: Final = (" AT ", "\nAT ", " AT\n")
# Written before a domain in talk of where something takes place: "lunch @ example.org".
_PLACES: Final = frozenset(
    """a are at be case item option point section step booth call came chat come day dinner event free go going held here hosted in is
    join keynote live look lunch me meet meeting meetup now on out party room see session speak
    speaking spoke stand talk talks team there today tomorrow up us was we week work working works
    workshop the this that it""".split()
)
_FILES: Final = frozenset(
    """service socket timer target mount automount slice scope device path swap png jpg jpeg gif svg
    webp html htm css js ts py rs md txt json yml yaml xml sh patch lock""".split()
)
_INSIDE: Final = frozenset("local localdomain lan internal home intranet corp".split())
_DESKS: Final = frozenset(
    """accessibility accounts billing booking coc community conduct conference donate donations events
    feedback finance hi hr inquiries jobs legal marketing media membership newsletter orders
    organisers organizers partners partnerships press privacy registration sales sponsor sponsors
    sponsoring sponsorship tickets volunteers welcome""".split()
)
_MESSAGES: Final = "mail.gmail.com"  # message ids end so, addresses do not
_LOGIN: Final = Pattern(
    r"\b(?:ssh|scp|sftp|rsync|mosh|clone|ssh-copy-id)\s[^\n]{0,60}\Z|://[^\s/]{0,64}\Z"
)
_MESSAGE: Final = Pattern(
    r"(?:message-?id|in-reply-to|references|msgid|\bmid):?[^\n]{0,80}\Z", re.IGNORECASE
)


def emails(sample: Sample) -> Iterator[Span]:
    """Addresses of people. A desk (`security@`), a login and a message's id are none."""
    text = sample.text
    if "@" in text:
        for found in _PLAIN.finditer(text):
            if _is_address(text, found):
                yield Span(found.start(), found.end())
    if "@" in text or _may_be_disguised(sample):
        yield from _disguised(text)


def _may_be_disguised(sample: Sample) -> bool:
    if BRACKETED.search(sample.low) or any(map(sample.text.__contains__, EXACT_SIGNS)):
        return True
    return any(map(sample.low.__contains__, SIGNS))


def _disguised(text: str) -> Iterator[Span]:
    for pattern in _DISGUISED:
        for found in pattern.finditer(text):
            local = found[1].lower()
            said = local in _PLACES or local.isdigit() or local in _DESKS
            if _PLAIN.fullmatch(found[0]) or said or classify(f"{local}@example.org") == "shared":
                continue
            yield Span(found.start(), found.end())


def _is_address(text: str, found: re.Match[str]) -> bool:
    address = found[0].lower()
    local, _, host = address.rpartition("@")
    ending = host.rpartition(".")[2]
    if ending in _FILES or ending in _INSIDE or local in _DESKS:
        return False
    if text[found.end() : found.end() + 1] in ("(", "[") and not _ENDING.fullmatch(ending):
        return False  # q@k.transpose(1)
    if classify(address) in ("shared", "relay") or host == _MESSAGES:
        return False
    before = text[max(0, found.start() - 100) : found.start()]
    word = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if word.endswith("/") and ("://" in word or "@" not in word):  # a path
        return False
    if text[found.end() : found.end() + 2] in (":/", ":~") or _LOGIN.search(before):
        return False
    digits = sum(map(str.isdigit, local))
    return not (_MESSAGE.search(before) or (digits >= 6 and len(local) > 20))
