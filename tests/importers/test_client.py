"""The HTTP client: patient with servers, wary of what they answer. No sleep: the clock is a fake."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crmtool.errors import BadAnswer, CrmError, Denied, LimitReached, Unreachable
from crmtool.importers.client import TRIES, Client
from crmtool.model.protocols import NoAnswer
from crmtool.model.urls import is_private, origin, without_secrets
from tests.importers.fakes import NOW, FakeClock, FakeTransport, Said, in_turn

BASE = "https://api.example.org"
BAD = Path(__file__).parents[3] / "shared" / "badinput" / "github"
OK = Said.json([1])
SLOW_DOWN = {"message": "You have exceeded a secondary rate limit"}
EPOCH = int(NOW.timestamp())


def client(transport: FakeTransport, **more: Any) -> Client:
    return Client("core", BASE, transport, FakeClock(), **more)


def waits(asking: Client) -> list[float]:
    clock = asking.clock
    assert isinstance(clock, FakeClock)
    return clock.slept


@pytest.mark.parametrize(
    ("first", "slept"),
    [
        (Said.json({}, 502), [1]),
        (Said.json({}, 500), [1]),
        (Said.json({}, 503, retry_after="4"), [4]),
        (Said.json({}, 429, retry_after="7"), [7]),
        (Said.json({}, 429), [60]),
        (Said.json({}, 429, retry_after="soon"), [60]),
        (Said.json({}, 429, retry_after="-5"), [60]),
        (Said.json({}, 429, retry_after="Sat, 21 Nov 2026 00:00:09 GMT"), [9]),
        (Said.json({}, 429, retry_after="Sat, 21 Nov 2020 00:00:09 GMT"), [1]),
        (Said.json({}, 403, x_ratelimit_remaining="0", x_ratelimit_reset=str(EPOCH + 30)), [31]),
        (Said.json({}, 403, x_ratelimit_remaining="0", x_ratelimit_reset="1"), [1]),
        (Said.json(SLOW_DOWN, 403), [60]),
        (Said.json({"message": "You have triggered an abuse detection mechanism"}, 403), [60]),
        (Said(body=b'[{"id": 1}, {"id"'), [1]),
        (Said(body=b"<html>maintenance</html>"), [1]),
        (Said(body=b""), [1]),
        (Said(headers={"content-encoding": "gzip"}, body=gzip.compress(b"[1]")[:-9]), [1]),
        (Said(headers={"content-encoding": "gzip"}, body=b"not gzip"), [1]),
        (NoAnswer("Connection reset by peer"), [1]),
    ],
)
def test_what_passes_is_waited_for(first: Said | NoAnswer, slept: list[float]) -> None:
    asking = client(in_turn(first, OK))
    assert asking.get("/x").data == [1]
    assert waits(asking) == slept


def test_a_server_in_trouble_is_asked_five_times_with_growing_waits() -> None:
    asking = client(transport := in_turn(Said.json({}, 502)))
    with pytest.raises(BadAnswer, match="answers 502"):
        asking.get("/x")
    assert waits(asking) == [1, 2, 4, 8]
    assert len(transport.asked) == TRIES


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (Said.json({"message": "Bad credentials"}, 401), Denied, "Bad credentials"),
        (Said.json({"message": "protected by SAML"}, 403), Denied, "protected by SAML"),
        (Said.json({}, 404), BadAnswer, "answers 404"),
        (Said.json({"message": "Not Found"}), BadAnswer, "answers something else"),
        (Said.json([], 429, retry_after="4000"), LimitReached, "too many requests"),
        (Said(headers={"content-encoding": "br"}), BadAnswer, "coding 'br'"),
        (Said(body=b"[1" + b" " * (33 << 20) + b"]"), BadAnswer, "far too much"),
        (Said(body=b"[" + b" " * (20 << 20) + b"]").zipped(), BadAnswer, "far too much"),
        (Said(302, {"location": "http://api.example.org/x"}), BadAnswer, "less secure"),
        (Said(302, {"location": "file:///etc/passwd"}), BadAnswer, "less secure"),
        (Said(302, {"location": "https://169.254.169.254/latest/"}), BadAnswer, "private address"),
        (Said(302, {"location": "https://[::ffff:127.0.0.1]/"}), BadAnswer, "private address"),
        (Said(302, {"location": "https://localhost/"}), BadAnswer, "private address"),
        (Said(302, {"location": "/x"}), BadAnswer, "from one address to the next"),
        (NoAnswer("its certificate is not trusted", final=True), Unreachable, "certificate"),
    ],
)
def test_what_does_not_pass_fails_at_once(
    answer: Said | NoAnswer, error: type[CrmError], said: str
) -> None:
    asking = client(in_turn(answer))
    with pytest.raises(error, match=said) as raised:
        asking.get("/x", list[Any])
    assert waits(asking) == []
    assert raised.value.exit_code == (4 if error is Denied else 5)


def test_a_limit_says_when_to_come_back() -> None:
    with pytest.raises(LimitReached) as raised:
        client(in_turn(Said.json({}, 429, retry_after="3600"))).get("/x")
    assert "after 2026-11-21 01:00 UTC" in raised.value.hint


def test_a_budget_is_kept() -> None:
    asking = client(in_turn(OK), budget=2)
    asking.get("/1")
    asking.get("/2")
    with pytest.raises(LimitReached, match="budget of 2 requests"):
        asking.get("/3")


def test_a_deep_answer_is_no_crash() -> None:
    with pytest.raises(BadAnswer, match="no JSON"):
        client(in_turn(Said(body=b"[" * 100_000))).get("/x")


def test_secrets_go_to_the_source_s_own_server_alone() -> None:
    def respond(request: Any) -> Said:
        if request.url.endswith("/same"):
            return OK
        if request.url.startswith(BASE):
            leads = "https://elsewhere.example.org/y" if "away" in request.url else "/same"
            return Said(307, {"location": leads})
        return OK

    transport = FakeTransport(respond)
    asking = client(transport, secrets={"authorization": "Bearer s3cret"})
    asking.get("/here")
    asking.get("/away")
    sent = {request.url: "authorization" in request.headers for request in transport.asked}
    assert sent == {
        f"{BASE}/here": True,
        f"{BASE}/same": True,
        f"{BASE}/away": True,
        "https://elsewhere.example.org/y": False,
    }
    assert "s3cret" not in repr(asking)


def test_a_server_that_repeats_the_secret_is_not_quoted() -> None:
    asking = client(
        in_turn(Said.json({"message": "token s3cret is \x1b[1mbad"}, 401)),
        secrets={"authorization": "Bearer s3cret"},
    )
    with pytest.raises(Denied) as raised:
        asking.get("/x", params={"access_token": "s3cret"})
    assert "s3cret" not in raised.value.message + raised.value.hint
    assert "\x1b" not in raised.value.message


def test_what_moved_for_good_is_told() -> None:
    asking = client(in_turn(Said(301, {"location": "/repositories/42"}), OK))
    assert asking.get("/repos/old").data == [1]
    assert asking.moved == {f"{BASE}/repos/old": f"{BASE}/repositories/42"}


def linked(to: str) -> Said:
    return Said.json([1], link=f'<{BASE}/first>; rel="first", <{to}>; rel="next"')


def test_pages_follow_their_links() -> None:
    asking = client(transport := in_turn(linked("/x?page=2"), linked(f"{BASE}/x?page=3"), OK))
    assert [page.data for page in asking.pages("/x")] == [[1], [1], [1]]
    assert [url.removeprefix(BASE) for url in transport.urls] == ["/x", "/x?page=2", "/x?page=3"]


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (f"{BASE}/x", "names itself"),
        ("https://elsewhere.example.org/x?page=2", "is elsewhere"),
        ("http://api.example.org/x?page=2", "is elsewhere"),
        ("https://api.example.org:8443/x?page=2", "is elsewhere"),
        ("javascript:alert(1)", "is elsewhere"),
    ],
)
def test_pages_that_lead_astray(to: str, said: str) -> None:
    pages = client(in_turn(linked(to))).pages("/x")
    assert next(pages).data == [1]
    with pytest.raises(BadAnswer, match=said):
        next(pages)


def test_what_did_not_change_has_no_data() -> None:
    answer = client(in_turn(Said(304, {}, b""))).get("/x", headers={"if-none-match": '"1"'})
    assert (answer.status, answer.data) == (304, None)


def test_a_query_is_sent_as_json_and_goes_nowhere_else() -> None:
    asking = client(transport := in_turn(OK))
    asking.post("/graphql", {"query": "{}"})
    assert (transport.asked[0].method, transport.asked[0].body) == ("POST", b'{"query":"{}"}')
    with pytest.raises(BadAnswer, match="sends a query elsewhere"):
        client(in_turn(Said(302, {"location": "/y"}))).post("/graphql", {})


@pytest.mark.skipif(not BAD.is_dir(), reason="shared/badinput does not lie beside the project")
@pytest.mark.parametrize(
    ("file", "error", "asked"),
    [
        ("g01-ok-control", None, 1),
        ("g02-truncated", BadAnswer, TRIES),
        ("g03-html-200", BadAnswer, TRIES),
        ("g04-502", BadAnswer, TRIES),
        ("g05-429-retry-after", LimitReached, TRIES),
        ("g09-403-primary", LimitReached, TRIES),
        ("g10-403-sso", Denied, 1),
        ("g12-404-object", BadAnswer, 1),
        ("g15-302-downgrade", BadAnswer, 1),
        ("g16-302-metadata", BadAnswer, 1),
        ("g28-big-id", None, 1),
        ("g30-gzip-bomb", BadAnswer, 1),
        ("g33-empty-list", None, 1),
    ],
)
def test_recorded_answers(file: str, error: type[CrmError] | None, asked: int) -> None:
    asking = client(transport := in_turn(Said.recorded(BAD / f"{file}.http")))
    if error is None:
        assert isinstance(asking.get("/x", list[msgspec.Raw]).data, list)
    else:
        with pytest.raises(error):
            asking.get("/x", list[msgspec.Raw])
    assert len(transport.asked) == asked
    if file == "g05-429-retry-after":
        assert waits(asking) == [7] * (TRIES - 1)


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1
    127.1 2130706433 0x7f000001 0177.0.0.1 ::1 [::1] fe80::1%eth0 fd00::1 ::ffff:10.0.0.1
    2002:7f00:1:: localhost LOCALHOST api.localhost printer.local metadata.google.internal
    router db""".split(),
)
def test_private_addresses(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize(
    "host", ["github.com", "140.82.121.3", "2606:4700::1111", "a.b", "dead.beef.cafe"]
)
def test_public_addresses(host: str) -> None:
    assert not is_private(host)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/x?page=2#top", "https://example.org/x?page=2#top"),
        ("https://ada:pw@example.org:8443/", "https://example.org:8443/"),
        ("https://ghp_x@example.org/", "https://example.org/"),
        ("https://example.org/?api_key=1&q=a%20b&sig=2", "https://example.org/?q=a+b"),
        ("https://example.org/?X-Amz-Signature=1&X-Amz-Date=2", "https://example.org/"),
        ("https://[::1]:80/?access_token=1", "https://[::1]:80/"),
        ("https://example.org:port/?token=1", "https://example.org:port/"),
        ("https://example.org/#access_token=1&page=2", "https://example.org/#page=2"),
        ("https://example.org/#/login?token=1", "https://example.org/#/login?"),
        ("https://example.org/#session", "https://example.org/#session"),
        ("https://example.org:port/#token=1", "https://example.org:port/"),
        ("nothing", "nothing"),
    ],
)
def test_an_address_without_its_secrets(url: str, kept: str) -> None:
    assert without_secrets(url) == kept


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://example.org", "https://", "https://[", "https://a:b/"]
)
def test_what_has_no_origin(url: str) -> None:
    assert origin(url) is None


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (rb'["x\ud83d"]', ["x\ufffd"]),
        (rb'["\udc00\ud83d\ude00"]', ["\ufffd\U0001f600"]),
        (rb'["\\ud83d"]', ["\\ud83d"]),
        (rb'["\\\ud83d"]', ["\\\ufffd"]),
    ],
)
def test_half_a_character_is_made_whole(body: bytes, data: list[str]) -> None:
    assert client(in_turn(Said(body=body))).get("/x", list[str]).data == data
