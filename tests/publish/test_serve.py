from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmtool.errors import UsageError
from crmtool.publish.serve import make_server


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "people").mkdir()
    (tmp_path / "index.html").write_text("<p>home</p>")
    (tmp_path / "404.html").write_text("<p>lost</p>")
    (tmp_path / "people" / "a.js").write_text("1")
    with make_server(tmp_path, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_files_with_their_types_and_nothing_kept(address: str) -> None:
    with urllib.request.urlopen(f"{address}/") as answer:  # noqa: S310 (loopback)
        assert answer.read() == b"<p>home</p>"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with urllib.request.urlopen(f"{address}/people/a.js") as answer:  # noqa: S310 (loopback)
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/nobody.html", "/people/", "/../../etc/passwd", "/%2e%2e/x"])
def test_what_is_missing_is_our_own_page(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address + path)  # noqa: S310 (loopback)
    with caught.value as answer:
        assert answer.code == 404
        assert answer.read() == b"<p>lost</p>"


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with make_server(tmp_path, "127.0.0.1", 0) as server, pytest.raises(UsageError):
        make_server(tmp_path, "127.0.0.1", server.server_port)
