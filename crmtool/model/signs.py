"""Signs: what two addresses of one human have in common when the addresses differ.

A local part, the host of an employer, a machine's own address. Each is kept as a keyed hash, under
every policy that keeps addresses at all, so that matching finds the same whether addresses are
readable or not. A sign says that two are alike; what they are alike in, only who has the key can
test, one guess at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from crmtool.model.address import account_of, canonical, classify, is_role
from crmtool.model.nobody import NOBODY

Sign = Literal["local", "stem", "host", "mailbox"]

_LEAST: Final = 3
_NOBODYS_HOST: Final = re.compile(r"\(?none\)?\Z|localhost|local\Z|unknown|example|[0-9.]+\Z")
# Who writes from one of these shares no more with another than the weather.
_FREE: Final = frozenset(
    """126 163 aim aliyun aol arcor att bellsouth bigpond bk bluewin btinternet charter comcast cox
    daum dbmail disroot duck earthlink excite email eml fastmail fastmailbox foxmail free freemail
    freenet freeserve gawab gmail gmx googlemail googlegroups hanmail hey hotmail hush hushmail
    icloud inbox interia iname juno kolabnow laposte libero list live lycos mac mail mailbox
    mailfence mailinator me mozmail msn nate naver netscape netzero ntlworld numericable o2 onet
    openmailbox optonline orange outlook pacbell passport pm pobox posteo proton protonmail qq
    rambler rediffmail riseup rocketmail rogers runbox sbcglobal seznam sfr shaw sina sky sohu
    spymac sympatico t-online tele2 telenet tiscali tutanota tuta ukr users verizon vip virgilio
    virgin voila wanadoo web wp xs4all xtra yahoo yandex yeah ymail zoho zonnet""".split()
)
# Local parts that people with a host of their own take for a purpose, not for a name.
_PURPOSES: Final = frozenset(
    """mail email mails me myself git github githubcom gitlab gitlabcom hub code dev oss foss
    opensource hi hey hello post inbox private web spam kontakt work home""".split()
)
_SECOND: Final = frozenset("ac co com edu gob gouv gov gv ne net or org sch".split())


def squeeze(word: str) -> str:
    """A login or local part with letters and digits alone, unaccented, in lower case.

    >>> squeeze("Ada.Lovelace"), squeeze("ada_lovelace")
    ('adalovelace', 'adalovelace')
    """
    plain = word if word.isascii() else unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain.casefold() if c.isalnum())


def stem(word: str) -> str:
    """A squeezed word without the digits round it; the word itself where too little is left."""
    inner = word.strip("0123456789")
    return inner if len(inner) > _LEAST else word


def is_telling(word: str) -> bool:
    """Whether a squeezed login or local part is somebody's own choice, not everybody's."""
    return not is_role(word) and word not in _PURPOSES and word not in NOBODY


def signs_of(address: str) -> Iterator[tuple[Sign, str]]:
    """The signs of an address in clear, each with its kind.

    Nothing of an address that names an account (the account says it all), or that all have. Of one
    that no human can be told by, the whole of it: two who write from one machine, or for one desk.

    >>> list(signs_of("ada.lovelace42@engines.example"))
    [('local', 'adalovelace42'), ('stem', 'adalovelace'), ('host', 'engines.example')]
    >>> list(signs_of("contact@engines.example"))
    [('mailbox', 'contact@engines.example'), ('host', 'engines.example')]
    """
    clean = canonical(address)
    kind = classify(address)
    local, _, host = clean.rpartition("@")
    if kind == "relay" or account_of(address):
        return
    word = squeeze(local.partition("+")[0])
    if len(word) >= _LEAST and is_telling(word):
        yield "local", word
        if stem(word) != word:
            yield "stem", stem(word)
    if kind != "personal" and host and not _NOBODYS_HOST.match(host):
        yield "mailbox", clean
    if kind != "placeholder" and (own := organisation_of(host)) is not None:
        yield "host", own


def organisation_of(host: str) -> str | None:
    """The domain that somebody owns; None where it is a provider's who serves everybody.

    >>> organisation_of("cs.cam.ac.uk"), organisation_of("gmail.com")
    ('cam.ac.uk', None)
    """
    labels = host.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND else 2  # noqa: PLR2004
    own = labels[-size:]
    return None if own[0] in _FREE else ".".join(own)
