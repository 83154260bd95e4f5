"""The real way to web servers, against a server on loopback and addresses that lead nowhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crmtool.errors import BadAnswer, Unreachable
from crmtool.importers.client import Client
from crmtool.importers.transport import RequestsTransport
from crmtool.model.protocols import NoAnswer, Request
from tests.importers.fakes import FakeClock, Said

Answers = dict[str, Said]


@contextmanager
def serving(answers: Answers) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server on loopback: its address, and the headers of what it was asked."""
    asked: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append({k.lower(): v for k, v in self.headers.items()})
            said = answers[self.path]
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if "content-length" not in said.headers:
                self.send_header("content-length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.fixture
def no_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password s3cret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))


@pytest.mark.usefixtures("no_netrc")
def test_an_answer_packed_and_whole() -> None:
    with serving({"/x": Said.json([1]).zipped(), "/y": Said.json([2])}) as (base, asked):
        asking = Client("core", base, RequestsTransport(), FakeClock())
        assert asking.get("/x").data == [1]
        assert asking.get("/y").data == [2]
    assert asked[0]["accept-encoding"] == "gzip"
    assert asked[0]["user-agent"].startswith("crmtool/")
    assert not [headers for headers in asked if "authorization" in headers]


def test_a_body_that_breaks_off_is_no_answer() -> None:
    short = Said(headers={"content-length": "100"}, body=b"[1")
    with serving({"/x": short}) as (base, asked):
        clock = FakeClock()
        with pytest.raises(Unreachable, match="broke off"):
            Client("core", base, RequestsTransport(), clock).get("/x")
    assert (len(asked), clock.slept) == (5, [1, 2, 4, 8])


def test_a_public_name_does_not_lead_into_the_user_s_network() -> None:
    """`localhost` stands for a name whose owner points it at an inner address."""
    with serving({"/x": Said.json([1])}) as (base, asked):
        request = Request("GET", f"{base}/x".replace("127.0.0.1", "localhost"), {})
        with pytest.raises(NoAnswer, match=r"private address (127\.0\.0\.1|::1)") as refused:
            RequestsTransport().send(request).__enter__()
    assert refused.value.final
    assert asked == []


def test_a_redirect_into_the_user_s_network_is_refused() -> None:
    away = Said(302, {"location": "http://192.168.0.1/admin"})
    with serving({"/x": away}) as (base, _), pytest.raises(BadAnswer, match="private address"):
        Client("core", base, RequestsTransport(), FakeClock()).get("/x")


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("http://127.0.0.1:1", "Connection refused"),
        ("https://127.0.0.1:{port}", "TLS"),
    ],
)
def test_what_went_wrong_in_words(base: str, said: str) -> None:
    with serving({}) as (here, _):
        asking = Client(
            "core", base.format(port=here.rpartition(":")[2]), RequestsTransport(), FakeClock()
        )
        with pytest.raises(Unreachable, match=said):
            asking.get("/x")
