"""The real way to web servers, against a server on loopback and addresses that lead nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crmtool.errors import BadAnswer, Unreachable
from crmtool.importers.client import Client
from crmtool.importers.transport import RequestsTransport
from crmtool.model.protocols import NoAnswer, Request
from tests.importers.fakes import FakeClock, Said
from tests.importers.serving import serving


def at(answers: dict[str, Said]) -> Any:
    return lambda request: answers["/" + request.url.split("/", 3)[3]]


@pytest.fixture
def no_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password s3cret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))


@pytest.mark.usefixtures("no_netrc")
def test_an_answer_packed_and_whole() -> None:
    with serving(at({"/x": Said.json([1]).zipped(), "/y": Said.json([2])})) as (base, asked):
        asking = Client("core", base, RequestsTransport(), FakeClock())
        assert asking.get("/x").data == [1]
        assert asking.get("/y").data == [2]
    assert asked[0].headers["accept-encoding"] == "gzip"
    assert asked[0].headers["user-agent"].startswith("crmtool/")
    assert not [request for request in asked if "authorization" in request.headers]


def test_a_body_that_breaks_off_is_no_answer() -> None:
    short = Said(headers={"content-length": "100"}, body=b"[1")
    with serving(at({"/x": short})) as (base, asked):
        clock = FakeClock()
        with pytest.raises(Unreachable, match="broke off"):
            Client("core", base, RequestsTransport(), clock).get("/x")
    assert (len(asked), clock.slept) == (5, [1, 2, 4, 8])


def test_a_public_name_does_not_lead_into_the_user_s_network() -> None:
    """`localhost` stands for a name whose owner points it at an inner address."""
    with serving(at({"/x": Said.json([1])})) as (base, asked):
        request = Request("GET", f"{base}/x".replace("127.0.0.1", "localhost"), {})
        with pytest.raises(NoAnswer, match=r"private address (127\.0\.0\.1|::1)") as refused:
            RequestsTransport().send(request).__enter__()
    assert refused.value.final
    assert asked == []


def test_a_redirect_into_the_user_s_network_is_refused() -> None:
    away = Said(302, {"location": "http://192.168.0.1/admin"})
    with serving(at({"/x": away})) as (base, _), pytest.raises(BadAnswer, match="private address"):
        Client("core", base, RequestsTransport(), FakeClock()).get("/x")


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("http://127.0.0.1:1", "Connection refused"),
        ("https://127.0.0.1:{port}", "TLS"),
    ],
)
def test_what_went_wrong_in_words(base: str, said: str) -> None:
    with serving(at({})) as (here, _):
        asking = Client(
            "core", base.format(port=here.rpartition(":")[2]), RequestsTransport(), FakeClock()
        )
        with pytest.raises(Unreachable, match=said):
            asking.get("/x")


def test_this_machine_is_reached_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving(at({"/x": Said.json([1])})) as (base, _):
        assert Client("core", base, RequestsTransport(), FakeClock()).get("/x").data == [1]
