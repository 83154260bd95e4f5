"""A clock that obeys, and web servers that answer what a test says."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crmtool.model.protocols import NoAnswer, Reply, Request

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass
class FakeClock:
    """Time that passes only where somebody sleeps."""

    moment: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)


class NoNetwork:
    """A transport for what must ask nobody."""

    def send(self, request: Request) -> Any:
        raise AssertionError(f"asked {request.url}")


@dataclass(frozen=True)
class Said:
    """One answer of a server, in memory."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"[]"

    @classmethod
    def json(cls, value: Any, status: int = 200, **headers: str) -> Said:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(
            status, {"content-type": "application/json", **named}, json.dumps(value).encode()
        )

    @classmethod
    def recorded(cls, file: Path) -> Said:
        """An answer as it went over the wire: status line, headers, an empty line, the body."""
        head, _, body = file.read_bytes().replace(b"\r\n", b"\n", 99).partition(b"\n\n")
        first, *lines = head.decode().split("\n")
        headers = dict(line.split(": ", 1) for line in lines)
        return cls(int(first.split()[1]), {k.lower(): v for k, v in headers.items()}, body)

    def zipped(self) -> Said:
        return Said(
            self.status, {**self.headers, "content-encoding": "gzip"}, gzip.compress(self.body)
        )


Respond = Callable[[Request], Said | NoAnswer]


@dataclass
class FakeTransport:
    """Answers by a function of the request, and remembers what it was asked."""

    respond: Respond
    asked: list[Request] = field(default_factory=list, repr=False)

    @contextmanager
    def send(self, request: Request) -> Iterator[Reply]:
        self.asked.append(request)
        said = self.respond(request)
        if isinstance(said, NoAnswer):
            raise said
        chunks = (said.body[at : at + 4096] for at in range(0, len(said.body), 4096))
        yield Reply(said.status, said.headers, chunks)

    @property
    def urls(self) -> list[str]:
        return [request.url for request in self.asked]


def in_turn(*answers: Said | NoAnswer) -> FakeTransport:
    """One answer after the other, the last one for ever."""
    left = list(answers)
    return FakeTransport(lambda _: left.pop(0) if len(left) > 1 else left[0])
