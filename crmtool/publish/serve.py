"""A small server for looking at a built site on one's own machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar, Final

from crmtool.errors import UsageError

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder: no listing, nothing kept in caches, our own page for what is missing."""

    server_version = "crmtool"
    extensions_map: ClassVar[dict[str, str]] = SimpleHTTPRequestHandler.extensions_map | _TYPES  # type: ignore[misc]

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:  # noqa: ARG002
        """A folder without an index is a page that does not exist."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", _TYPES[".html"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 (theirs)
        """Say nothing: what was looked at is nobody's business."""


def make_server(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server for a folder, listening but not yet answering. Port 0: any that is free.

    Raises:
        UsageError: nothing can listen there.

    """
    try:
        return ThreadingHTTPServer((host, port), partial(Handler, directory=str(folder)))
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            "name another one with --port",
        ) from error


def serve(folder: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve a folder until interrupted; `ready` is told the address once it answers."""
    with make_server(folder, host, port) as server:
        ready(f"http://{host}:{server.server_port}/")
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            return
