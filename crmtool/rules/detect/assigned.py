"""Secrets that only the words before them give away: `password: …`, `API_KEY=…`, `Bearer …`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import Final

from crmtool.rules.detect.pattern import Pattern
from crmtool.rules.detect.sample import Sample, Span

# What people choose: it may be a word. Matched within names too, as in DB_PASSWORD.
_CHOSEN: Final = (
    r"passw(?:or)?d|passphrase|passcode|\bpwd|\bpsw|\bpw\b|passwort|kennwort|mot de passe|\bmdp\b"
    r"|contrasena|\bsenha|palavra-passe|wachtwoord|\bhaslo|\bhasło|losenord|salasana|parola|\bheslo"
    r"|пароль|密码|密碼|パスワード|비밀번호|\bpass\b|\bclave\b"
)
_WEAK: Final = ("pass", "clave")  # words that mean other things as well
# What machines make: it looks like nothing else.
_MADE: Final = (
    r"secret|token|api[_ -]?key|api[_ -]?schlussel|cle[_ ]d?'?api|clave[_ ](?:de[_ ])?api"
    r"|chave[_ ](?:da[_ ]|de[_ ])?api|access[_ -]?key|auth[_ -]?key|private[_ -]?key"
    r"|encryption[_ -]?key|signing[_ -]?key|master[_ -]?key|account[_ -]?key|deploy[_ -]?key"
    r"|webhook|signature|\bsig\b|\bjeton\b|credentials?\b"
)
_SIGN: Final = (
    r"[\"'`*_]{0,3}(?P<sign>[ \t]{0,3}(?:=>|:=|={1,3}|:|：|->|→)[ \t]{0,3}"
    r"|[ \t]{1,2}(?:is|lautet|ist|est|es|e|was|war|set to)[ \t]{1,2}(?:now[ \t]|still[ \t])?)"
)
_VALUE: Final = r"(?P<value>\"[^\"\n]{3,200}\"|'[^'\n]{3,200}'|`[^`\n]{3,200}`|[^\s\"'`]{4,500})"
_ASSIGNED: Final = Pattern(
    rf"(?:(?P<chosen>{_CHOSEN})|(?P<made>{_MADE}))(?P<more>[\w. ()-]{{0,16}}?){_SIGN}\*{{0,2}}[ \t]?{_VALUE}"
)
_WITHOUT_SIGN: Final = Pattern(
    r"\blogin[ \t]+\S+[ \t]+password[ \t]+(?P<netrc>\S{4,})"
    r"|--(?:password|passphrase|pass|token|api-key)[ \t=]+(?P<option>[^\s\"'`-][^\s\"'`]{3,})"
    r"|sshpass[ \t]+-p[ \t]*(?P<pass>\S{4,})"
    r"|\bcurl\b[^\n]{0,200}?[ \t](?:-u|--user)[ \t]*[^\s:]{1,64}:(?P<curl>[^\s\"']{4,})"
    r"|\b(?:bearer|basic)[ \t]+(?P<header>[\w+/=][\w+/=.~-]{15,})"
    r"|(?:password|passwort|kennwort|passphrase|(?P<weak>\bpass)|\bpw|\bpwd|\bsenha|contrasena|mot de passe)"
    r"[ \t]+(?:[\"'`](?P<said>[^\"'`\n]{4,64})[\"'`]|(?P<bare>[^\s\"'`:=]{6,64}))"
    r"|(?:credentials|zugangsdaten|login|identifiants|credenciales|credenciais)\s?:[ \t]*"
    r"[^\s/|,:]{1,64}[ \t]*[/|,:][ \t]*(?P<pair>[^\s/|,:]{5,64})"
    r"|(?:token|secret|api[ _-]?key)[ \t]+(?P<header2>[\w+/=][\w+/=.~-]{15,})"
)
# Some of these stands in every text that the patterns above match; looked for first, being quick.
SIGNS: Final = (
    *"""pass pwd psw pw: pw= kennwort contras senha wachtw haslo hasło losen salas parola heslo пароль
    密 パス 비밀 secret token key schlussel clave chave webhook signature sig= sig: jeton credenc
    credential bearer zugangsdaten identifiants curl login mdp""".split(),
    *("pw ", "mot de", "cle ", "cle_", "basic "),
)
# Names of something about a password rather than of one.
_ABOUT: Final = Pattern(
    r"hash|polic|reset|manager|length|field|file|path|\benv|\bmin|\bmax|url|uri|hint|prompt|rotat|expir"
    r"|age|count|type|format|provider|store|group|version|name|count|endpoint|issuer|scope|limit"
    r"|reminder|change|rule|id\b|algorithm|header|verif|check"
)
_PLACEHOLDER: Final = Pattern(
    r"[<\[({$%&@].*|.*[\[({].*|.*\.\.\.|…+|\*+|[x•●_-]{3,}.*|(?:your|my|some|the|an?)[_ -].*"
    r"|change[_-]?(?:me|it)|replace[_-]?me|example|placeholder|sample|dummy|redacted|hidden|masked"
    r"|none|null|nil|true|false|empty|blank|undefined|required|optional|mandatory|string|str|text"
    r"|bytes?|int|bool|any|secret|password|passwort|token|tokens|key|value|xxx\w*|foo\w*|bar|todo"
    r"|\d+(?::\d+)+:?|tbd|n/?a|os\.environ.*|process\.env.*|env[.:].*|secrets?\..*|vault.*|getenv.*|config\..*"
    r"|self\..*|settings\..*|https?://.*|[./~].*|\w+\.\w+(?:\.\w+)*\(?|enter .*|please .*|not .*",
    re.IGNORECASE | re.DOTALL,
)
_SPEECH: Final = frozenset(
    """again against already always also another anymore available before being below blank broken
    can changed changes chosen clear correct created default deleted different disabled enabled
    empty enough entered everyone everywhere exactly expired expires false fields first forgotten
    found from generated given gone good guess hash hashed hashes here incorrect instead invalid
    issue itself known leaked least listed long longer lost managed manager maybe minimum missing
    must needed never none nothing nowhere old only optional people please policies policy private
    protected protection provided random read refused rejected removed renewed requested required
    reset resets reused revoked right rotated rotation safe same saved secret self-service sent
    service session set shared short should shown someone somewhere soon stale still stored strong
    support supports test that their them then there these they this time-based today tokens
    tomorrow true unchanged unknown unset updated used user users valid vault very weak what when
    where which will with without working works written wrong yesterday your abgelaufen geandert
    vergessen falsch unbekannt neu oublie perdu expire olvidada caducada esquecida expirada
    change changeme help login account question recovery length leak authentication""".split()
)
_MIXED: Final = Pattern(r"(?=.*\d).*[!#$%^&*@?]")
_DIGITS_END: Final = Pattern(r"[a-z]+[_-]?v?\d{1,4}\Z", re.IGNORECASE)
_SEGMENT: Final = Pattern(r"[A-Za-z0-9+/=~]{10,}")


def assigned(sample: Sample) -> Iterator[Span]:
    """Values that a name before them says are secret."""
    text, low = sample.text, sample.low
    if not any(map(low.__contains__, SIGNS)):
        return
    for found in _ASSIGNED.finditer(low):
        start, end = found.span("value")
        value = text[start:end]
        if _ABOUT.search(found["more"]):
            continue
        if found["chosen"] in _WEAK and (value.isdigit() or value.isalpha() or found["more"]):
            continue
        is_secret = _is_password if found["chosen"] else _is_token
        if is_secret(value, found["sign"], text[end : end + 40]):
            yield Span(start, end, "a password" if found["chosen"] else "a token or key")
    for found in _WITHOUT_SIGN.finditer(low):
        kind = str(found.lastgroup)
        start, end = found.span(kind)
        value = text[start:end].rstrip("\"'`,;.)")
        if found["weak"] and not _MIXED.search(value):  # pass 'old_sha1' to it
            continue
        if _is_unsigned(kind, value):
            yield Span(start, end, "a token or key" if "header" in kind else "a password")


def _is_unsigned(kind: str, value: str) -> bool:
    """Whether a value is secret that no sign but its place makes one."""
    if "header" in kind:
        return _is_random(value)
    if _PLACEHOLDER.fullmatch(value) or value.replace(" ", "").isalpha():
        return False
    if kind in ("bare", "pair"):
        has_both = bool(re.search(r"\d", value) and re.search(r"[^\W\d_]", value))
        return has_both and not _DIGITS_END.match(value) and not re.search(r"[./(]", value)
    return True


def _is_password(value: str, sign: str, after: str) -> bool:
    """Whether a value may be what somebody types to get in."""
    quoted = value[0] in "\"'`"
    bare = value.strip("\"'`") if quoted else value.rstrip(",;.)]}>*_")
    if len(bare) < 4 or _PLACEHOLDER.fullmatch(bare):
        return False
    stated = sign.strip() in ("=", ":", ":=", "=>", "==", "===", "->", "→", "：")
    if quoted and stated:
        return " " not in bare or len(bare) > (8 if "=" in sign else 14)
    mixed = any(c.isdigit() for c in bare) or bool(
        re.search(r"[!#$%^&*+?@~|\\]", bare.rstrip("!?"))
    )
    if mixed:
        return stated or not bare.isdigit()
    # One plain word, at the end of what is said: a word, or a password?
    alone = not after.strip(" \t.,;)*_'\"`").partition("\n")[0] or after[:1] == "\n"
    return (
        stated
        and alone
        and len(bare) >= 6
        and bare.lower() not in _SPEECH
        and bare.rstrip("!?").isalpha()
    )


def _is_token(value: str, sign: str, after: str) -> bool:
    """Whether a value looks drawn at random."""
    del sign, after
    bare = value.strip("\"'`").rstrip(",;.)]}>*_&")
    return " " not in bare and not _PLACEHOLDER.fullmatch(bare) and _is_random(bare)


def _is_random(value: str) -> bool:
    """Whether letters and digits are mixed as only machines do."""
    for segment in _SEGMENT.findall(value):
        if _DIGITS_END.match(segment) or segment.isalpha() or segment.isdigit():
            continue
        if len(value) >= 12 and _entropy(segment) >= 2.8:
            return True
    return False


def _entropy(text: str) -> float:
    """Bits a character, from how often each occurs."""
    size = len(text)
    return -sum(n / size * log2(n / size) for n in Counter(text).values())
