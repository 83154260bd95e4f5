"""The real way to web servers, over requests. Nothing else in crmtool opens a connection."""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from crmtool.model.protocols import NoAnswer, Reply, Request
from crmtool.model.urls import is_private, origin

if TYPE_CHECKING:
    import requests

CONNECT: Final = 10.0
READ: Final = 60.0
_CHUNK: Final = 1 << 16
_HERE: Final = re.compile(r"localhost|127(?:\.\d+){3}|::1")


class RequestsTransport:
    """Sends requests one after another over connections that are kept open.

    Proxies and certificates are those of the environment (`HTTPS_PROXY`, `REQUESTS_CA_BUNDLE`);
    what `.netrc` says is not sent. Whom a connection has reached is looked at before a byte goes
    out, so that no name leads to an address inside the user's own network; with a proxy that is the
    proxy's to see to. This machine itself is reached without one.
    """

    def __init__(self) -> None:
        self._sessions: dict[bool, requests.Session] = {}

    @contextmanager
    def send(self, request: Request) -> Iterator[Reply]:
        import requests
        import urllib3

        try:
            answer = self._session(private=request.private).request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=(CONNECT, READ),
                allow_redirects=False,
                stream=True,
                proxies=_own_way(request.url),
            )
        except requests.RequestException as error:
            raise _no_answer(error) from None
        try:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            yield Reply(
                answer.status_code, headers, answer.raw.stream(_CHUNK, decode_content=False)
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _no_answer(error) from None
        finally:
            answer.close()

    def _session(self, *, private: bool) -> requests.Session:
        if private not in self._sessions:
            self._sessions[private] = _new_session(private=private)
        return self._sessions[private]


def _own_way(url: str) -> dict[str, str]:
    """What keeps a request to this machine away from the environment's proxies."""
    target = origin(url)
    near = target is not None and _HERE.match(target.host)
    return {"no_proxy": target.host} if target and near else {}


def _new_session(*, private: bool) -> requests.Session:
    import requests

    session = requests.Session()
    session.headers.clear()
    session.auth = lambda prepared: prepared  # else the password of a .netrc would be sent
    if not private:
        adapter = _guarded_adapter()
        session.mount("http://", adapter)
        session.mount("https://", adapter)
    return session


def _guarded_adapter() -> requests.adapters.BaseAdapter:
    """An adapter whose connections look at whom they reached."""
    import requests
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Guarded(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _guard(super()._new_conn())

    class GuardedTLS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _guard(super()._new_conn())

    class Pool(HTTPConnectionPool):
        ConnectionCls = Guarded

    class TLSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedTLS

    class Adapter(requests.adapters.HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (as its base)
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": TLSPool}

    return Adapter()


class _PrivatePeer(OSError):
    """A public name led to an address that the public cannot reach."""


def _guard(connection: socket.socket) -> socket.socket:
    peer = str(connection.getpeername()[0])
    if is_private(peer):
        connection.close()
        raise _PrivatePeer(f"leads to the private address {peer}")
    return connection


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, however requests and urllib3 wrapped it."""
    pending, seen = [error], set[int]()
    while pending:
        here = pending.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        inner = (here.__cause__, here.__context__, getattr(here, "reason", None), *here.args)
        pending += [e for e in inner if isinstance(e, BaseException)]


def _no_answer(error: Exception) -> NoAnswer:
    """What went wrong, in the words of whoever has to mend it."""
    causes = list(_causes(error))
    for kind, reason, final in _reasons():
        for cause in causes:
            if isinstance(cause, kind):
                return NoAnswer(reason.format(cause), final=final)
    told = next((os.strerror(c.errno) for c in causes if isinstance(c, OSError) and c.errno), "")
    return NoAnswer(told or "the connection broke off")


def _reasons() -> list[tuple[type[BaseException], str, bool]]:
    """Kinds of failure, the most telling first; in words; and whether asking again is in vain."""
    from requests.exceptions import ConnectTimeout, InvalidSchema, InvalidURL, ReadTimeout
    from urllib3.exceptions import ReadTimeoutError
    from urllib3.exceptions import SSLError as BrokenTLS

    return [
        (_PrivatePeer, "{}", True),
        (ssl.SSLCertVerificationError, "its certificate is not trusted: {0.verify_message}", True),
        (ssl.SSLError, "a secure connection (TLS) could not be made", True),
        (BrokenTLS, "a secure connection (TLS) could not be made", True),
        (socket.gaierror, "its name is not known (DNS); is the network up?", False),
        (ConnectTimeout, f"no connection within {CONNECT:.0f} s", False),
        (ReadTimeout, f"sent nothing for {READ:.0f} s", False),
        (ReadTimeoutError, f"sent nothing for {READ:.0f} s", False),
        (InvalidURL, "is no address that can be asked", True),
        (InvalidSchema, "is no address that can be asked", True),
    ]
