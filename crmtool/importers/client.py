"""The one HTTP client of all importers: patient with servers, wary of what they answer.

What a server may do to us is bounded: how often it is asked again and how long it is waited for,
how much it may send, where it may send us on to. Secrets go to the source's own origin alone, and
neither they nor any header are ever part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Generic, Literal, TypeVar
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import msgspec

from crmtool import __version__
from crmtool.errors import BadAnswer, Denied, LimitReached, SourceError, Unreachable
from crmtool.importers.answers import (
    Unusable,
    decoded,
    is_json,
    is_limit,
    mended,
    message_of,
    wait_of,
)
from crmtool.importers.words import excerpt
from crmtool.model.protocols import Clock, NoAnswer, Reply, Request, Transport
from crmtool.model.urls import Origin, is_private, origin, without_secrets

T = TypeVar("T")

TRIES: Final = 5
PATIENCE: Final = 300.0
"""Seconds that a server may ask to be left alone for; beyond it the run ends, its work kept."""
BUDGET: Final = 5000
_NEXT: Final = re.compile(
    r"<([^<>]*)>\s*;[^<]*?\brel\s*=\s*\"?(?:[^\"<>]*\s)?next\b", re.IGNORECASE
)
_LAST: Final = re.compile(_NEXT.pattern.replace("next", "last"), re.IGNORECASE)
_DIGITS: Final = 9
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_MOVED: Final = {301, 308}
_HOPS: Final = 5
_LONGEST: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a server said. `data` is None of an answer that says that nothing changed (304)."""

    url: str
    status: int
    headers: Mapping[str, str]
    data: T

    @property
    def next(self) -> str | None:
        """The page after this one."""
        found = _NEXT.search(self.headers.get("link", ""))
        return urljoin(self.url, found[1]) if found else None

    @property
    def last(self) -> int | None:
        """The number of the last page, where the server tells it and numbers its pages."""
        found = _LAST.search(self.headers.get("link", ""))
        number = parse_qs(urlsplit(found[1]).query).get("page", [""])[0] if found else ""
        return int(number) if number.isdecimal() and len(number) < _DIGITS else None


class _Again(Exception):
    """Asking again may help. `wait`: for how many seconds the server wants to be left alone."""

    def __init__(self, error: SourceError, wait: float | None = None) -> None:
        super().__init__(error.message)
        self.error, self.wait = error, wait


@dataclass
class Client:
    """Asks one server, for one source.

    `headers` go with every request, `secrets` only to the origin of `base`. `moved` tells which
    addresses have another one for good.
    """

    source: str
    base: str
    transport: Transport = field(repr=False)
    clock: Clock
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    budget: int = BUDGET
    moved: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def get(
        self,
        url: str,
        type: type[T] | Any = Any,  # noqa: A002, ANN401 (as msgspec calls it)
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer[Any]:
        """The JSON at an address, which may be relative to `base`, as a msgspec type.

        Raises:
            Unreachable: no server answered, though asked several times.
            BadAnswer: it has no such thing, or answered what is no JSON of that type.
            LimitReached: it wants to be left alone for longer than is patient.
            Denied: it does not let us.

        """
        return self._patiently(self._request("GET", self._url(url, params), headers), type)

    def post(self, url: str, body: object, type: type[T] | Any = Any) -> Answer[Any]:  # noqa: A002, ANN401
        """What a query that is sent as JSON answers. It is repeated like any: it changes nothing.

        Raises:
            SourceError: as `get`.

        """
        request = self._request("POST", self._url(url, None), {"content-type": "application/json"})
        return self._patiently(_with_body(request, msgspec.json.encode(body)), type)

    def write(self, method: Literal["POST", "PUT"], url: str, body: object) -> Answer[Any]:
        """Change something there. Asked once: where the answer is lost, it may have been done.

        Raises:
            SourceError: as `get`.

        """
        known = {"content-type": "application/json"}
        request = self._request(method, self._url(url, None), known)
        try:
            return self._once(_with_body(request, msgspec.json.encode(body)), Any)
        except _Again as again:
            raise self._given_up(again.error, again.wait or 0.0) from None

    def pages(
        self,
        url: str,
        type: type[T] | Any = Any,  # noqa: A002, ANN401
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[Answer[Any]]:
        """An address and those that follow it by `Link: …; rel="next"`.

        Raises:
            SourceError: as `get`; or a page names one as next that was read, or of another server.

        """
        here: str | None = self._url(url, params)
        seen = set[str]()
        while here is not None:
            seen.add(here)
            answer = self.get(here, type, headers=headers)
            yield answer
            here = answer.next
            if here in seen:
                raise BadAnswer(self.source, f"{_shown(here)} names itself as the page after it")
            if here is not None and origin(here) != origin(self.base):
                raise BadAnswer(self.source, f"the page after {_shown(answer.url)} is elsewhere")

    def _url(self, url: str, params: Mapping[str, str | int] | None) -> str:
        whole = url if "://" in url else f"{self.base.rstrip('/')}/{url.lstrip('/')}"
        return f"{whole}{'&' if '?' in whole else '?'}{urlencode(params)}" if params else whole

    def _request(self, method: Any, url: str, headers: Mapping[str, str] | None) -> Request:  # noqa: ANN401
        """A request with all that its address may be told.

        Raises:
            BadAnswer: it leads to where nobody outside may look.

        """
        target, own = origin(url), origin(self.base)
        if target is None or own is None:
            raise BadAnswer(self.source, f"{_shown(url)} is no address that can be asked")
        if target.host != own.host and is_private(target.host):
            raise BadAnswer(self.source, f"{_shown(url)} is a private address")
        known = {
            "user-agent": f"crmtool/{__version__}",
            "accept": "application/json",
            "accept-encoding": "gzip",
            **self.headers,
            **(headers or {}),
            **(self.secrets if _trusted(target, own) else {}),
        }
        return Request(method, url, known, private=target.host == own.host)

    def _patiently(self, request: Request, type: Any) -> Answer[Any]:  # noqa: A002, ANN401
        """Ask until there is a usable answer, as often and for as long as is polite."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._once(request, type)
            except _Again as again:
                wait = 2.0 ** (attempt - 1) if again.wait is None else again.wait
                if attempt == TRIES or wait > PATIENCE:
                    raise self._given_up(again.error, wait) from None
                self.clock.sleep(wait)
        raise AssertionError("the last attempt ends above")

    def _given_up(self, error: SourceError, wait: float) -> SourceError:
        if isinstance(error, LimitReached):
            then = self.clock.now() + timedelta(seconds=wait)
            error.hint = f"import again after {then:%Y-%m-%d %H:%M} UTC; it goes on from here"
        return error

    def _once(self, request: Request, type: Any) -> Answer[Any]:  # noqa: A002, ANN401
        """Ask once, going where redirects lead."""
        for _ in range(_HOPS):
            status, headers, body = self._exchange(request)
            if status not in _REDIRECTS or "location" not in headers:
                return self._judged(request.url, status, headers, body, type)
            request = self._redirected(request, status, headers["location"])
        raise BadAnswer(self.source, f"{_shown(request.url)} sends from one address to the next")

    def _exchange(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        if self.asked >= self.budget:
            raise LimitReached(
                self.source,
                f"the budget of {self.budget:,} requests is spent",
                "import again to go on, or set a larger `budget` in its source.yml",
            )
        self.asked += 1
        try:
            with self.transport.send(request) as reply:
                return reply.status, reply.headers, self._body(request.url, reply)
        except NoAnswer as error:
            message = f"{_shown(request.url)}: {error.reason}"
            trouble = Unreachable(self.source, message, "import again later")
            raise trouble if error.final else _Again(trouble) from None

    def _body(self, url: str, reply: Reply) -> bytes:
        """The body, decoded, as long as it is of a size that can be meant."""
        end, found = self.clock.now() + _LONGEST, []
        try:
            for chunk in decoded(reply):
                found.append(chunk)
                if self.clock.now() > end:
                    raise Unreachable(self.source, f"{_shown(url)} sends too slowly")
        except Unusable as error:
            trouble = BadAnswer(self.source, f"{_shown(url)} answers {error}")
            raise trouble if error.final else _Again(trouble) from None
        return b"".join(found)

    def _redirected(self, request: Request, status: int, location: str) -> Request:
        """The request that a redirect asks for: nowhere less secure, and without secrets elsewhere.

        Raises:
            BadAnswer: it leads where it must not.

        """
        url = urljoin(request.url, location)
        before, after = origin(request.url), origin(url)
        if after is None or (before and before.scheme == "https" and after.scheme == "http"):
            raise BadAnswer(self.source, f"{_shown(request.url)} sends to a less secure address")
        if request.method != "GET" and (after != before or status not in (307, 308)):
            raise BadAnswer(self.source, f"{_shown(request.url)} sends a query elsewhere")
        if status in _MOVED:
            self.moved[request.url] = url
        names = self.secrets.keys()
        known = {name: value for name, value in request.headers.items() if name not in names}
        return _with_body(self._request(request.method, url, known), request.body)

    def _judged(
        self,
        url: str,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        type: Any,  # noqa: A002, ANN401
    ) -> Answer[Any]:
        """An answer that can be used.

        Raises:
            _Again: asking again may help.
            SourceError: it does not.

        """
        if status == 304:  # noqa: PLR2004 (not modified)
            return Answer(url, status, headers, None)
        if not 200 <= status < 300:  # noqa: PLR2004 (success)
            raise self._refusal(url, status, headers, body)
        try:
            return Answer(url, status, headers, _decoded(body, type))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if is_json(body):
                message = f"{_shown(url)} answers something else: {error}"
                raise BadAnswer(self.source, message) from None
            message = f"{_shown(url)} answers what is no JSON, or not to its end"
            raise _Again(BadAnswer(self.source, message, "import again later")) from None

    def _refusal(
        self, url: str, status: int, headers: Mapping[str, str], body: bytes
    ) -> SourceError | _Again:
        """What an answer that is no success means."""
        said = self._said(body)
        where = f"{_shown(url)} answers {status}{f' ({said})' if said else ''}"
        if status == 429 or (status == 403 and is_limit(headers, said)):  # noqa: PLR2004
            return _Again(
                LimitReached(self.source, f"{where}: too many requests"),
                wait_of(headers, self.clock.now()),
            )
        if status in (401, 403):
            hint = "see whether the token in the variable of `token_env` is right and may read this"
            return Denied(self.source, where, hint)
        error = BadAnswer(self.source, where, "check `target` and what the token may read", status)
        if status == 408 or status >= 500:  # noqa: PLR2004 (time-out; the server's own trouble)
            error.hint = "import again later"
            wait = wait_of(headers, self.clock.now()) if "retry-after" in headers else None
            return _Again(error, wait)
        return error

    def _said(self, body: bytes) -> str:
        """A server's own words, without what must not be repeated."""
        message = message_of(body)
        for secret in self.secrets.values():
            message = message.replace(secret, "…").replace(secret.rpartition(" ")[2], "…")
        return excerpt(message) or ""


def _decoded(body: bytes, type: Any) -> Any:  # noqa: A002, ANN401
    try:
        return msgspec.json.decode(body, type=type)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        if (whole := mended(body)) == body:
            raise
    return msgspec.json.decode(whole, type=type)


def _trusted(target: Origin, own: Origin) -> bool:
    """Whether secrets may go there: the same origin, or the same one made secure."""
    return target == own or (
        target.host == own.host and (own.port, target.port, target.scheme) == (80, 443, "https")
    )


def _with_body(request: Request, body: bytes | None) -> Request:
    return Request(request.method, request.url, request.headers, body, request.private)


def _shown(url: str) -> str:
    return without_secrets(url)[:300]
