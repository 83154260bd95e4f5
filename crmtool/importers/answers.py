"""What a server's answer says besides its data: how large it is, and when to ask again."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import msgspec

from crmtool.model.protocols import Reply

_LIMITED: Final = re.compile(r"rate limit|abuse detection|too many requests", re.IGNORECASE)
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_LARGEST: Final = 32 << 20
_SMALL: Final = 1 << 20
_RATIO: Final = 100
"""How much larger than what came an answer may become; JSON shrinks to a tenth or so."""
_UNSAID: Final = 60.0


class Unusable(Exception):
    """A body that cannot be used; whether asking again is in vain."""

    def __init__(self, what: str, *, final: bool) -> None:
        super().__init__(what)
        self.final = final


def decoded(reply: Reply) -> Iterator[bytes]:
    """The body, unpacked, as long as it is of a size that can be meant.

    Raises:
        Unusable: it is damaged, far too much, or packed in a way that was not asked for.

    """
    coding = reply.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise Unusable(f"in the coding {coding[:20]!r}", final=True)
    size = 0
    try:
        for chunk, came in _gunzip(reply.body) if "gzip" in coding else _plain(reply.body):
            size += len(chunk)
            if size > _LARGEST or (size > _SMALL and size > _RATIO * came):
                raise Unusable("with far too much", final=True)
            yield chunk
    except zlib.error:
        raise Unusable("with damaged data", final=False) from None


def _plain(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    came = 0
    for chunk in chunks:
        came += len(chunk)
        yield chunk, came


def _gunzip(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """What gzip packed, in small pieces, each with how many bytes had come for all so far."""
    inflate, came = zlib.decompressobj(31), 0
    for chunk in chunks:
        came += len(chunk)
        rest = chunk
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _SMALL), came
            rest = inflate.unconsumed_tail
    if not inflate.eof:
        raise zlib.error("broken off")


def mended(body: bytes) -> bytes:
    r"""JSON in which halves of characters (`\ud83d` alone, of a text cut too short) are made whole.

    msgspec refuses them, other programs write them.
    """
    if b"\\ud" not in body and b"\\uD" not in body:
        return body
    return _ESCAPE.sub(lambda found: b"\\ufffd" if found[1] else found[0], body)


def as_utf8(data: bytes) -> bytes:
    """A file without its byte order mark; the UTF-16 that Windows PowerShell writes, as UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def read_json(data: bytes) -> Any:  # noqa: ANN401 (JSON)
    """What a file says. A byte order mark and halves of characters do no harm.

    Raises:
        msgspec.DecodeError, RecursionError: it is not JSON.

    """
    return msgspec.json.decode(mended(as_utf8(data)))


def is_json(body: bytes) -> bool:
    """Whether it is whole JSON, of whatever kind."""
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


class _Message(msgspec.Struct):
    message: str = ""


def message_of(body: bytes) -> str:
    """A server's own words on why it refuses, empty where it has none."""
    try:
        return msgspec.json.decode(body, type=_Message).message
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""


def is_limit(headers: Mapping[str, str], said: str) -> bool:
    """Whether a refusal is one of those that pass with time."""
    limits = "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
    return limits or bool(_LIMITED.search(said))


def wait_of(headers: Mapping[str, str], now: datetime) -> float:
    """For how many seconds a server wants to be left alone; a minute where it does not say."""
    after, reset = headers.get("retry-after", ""), headers.get("x-ratelimit-reset", "")
    if after.isdecimal():
        return float(after[:9])
    if after:
        try:
            return max((parsedate_to_datetime(after) - now).total_seconds(), 1.0)
        except (ValueError, TypeError):
            return _UNSAID
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(float(reset[:12]) - now.timestamp() + 1, 1.0)
    return _UNSAID
