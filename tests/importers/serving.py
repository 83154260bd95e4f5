"""A fake served on loopback, so that the whole program asks it over a real connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crmtool.model.protocols import Request
from tests.importers.fakes import Said

Asked = list[Request]


@contextmanager
def serving(respond: Callable[[Request], Said]) -> Iterator[tuple[str, Asked]]:
    """A server on loopback that answers by a function: its address, and what it was asked."""
    asked: Asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else headers wait 40 ms for the body

        def answer(self, method: Any) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            url = f"http://127.0.0.1:{server.server_port}{self.path}"
            asked.append(Request(method, url, headers, body or None))
            said = respond(asked[-1])
            self.send_response(said.status)
            sent = {"content-length": str(len(said.body)), **said.headers}
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)
            self.close_connection = len(said.body) != int(sent["content-length"])

        def do_GET(self) -> None:
            self.answer("GET")

        def do_POST(self) -> None:
            self.answer("POST")

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()
