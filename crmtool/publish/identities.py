"""Where an account can be looked at: only addresses that are sure, the rest stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from crmtool.model.config import Source

_HANDLE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z")
_KNOWN: Final = {
    "bitbucket": "https://bitbucket.org/{}",
    "codeberg.org": "https://codeberg.org/{}",
    "dev.to": "https://dev.to/{}",
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "gitlab.com": "https://gitlab.com/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "reddit": "https://www.reddit.com/user/{}",
    "stackoverflow": "https://stackoverflow.com/users/{}",
    "stackoverflow.com": "https://stackoverflow.com/users/{}",
    "twitter": "https://x.com/{}",
    "x": "https://x.com/{}",
}
_BY_TYPE: Final = {"discourse": "https://{host}/u/{{}}", "gitlab": "https://{host}/{{}}"}


class Account(NamedTuple):
    """One account, as a page shows it. `url` is None where nobody can say what it would be."""

    network: str
    handle: str
    url: str | None = None


class Accounts:
    """Reads identities. The community's own sources say what stands behind their host names."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._templates: Mapping[str, str] = _KNOWN | dict(_hosts(sources))

    def __call__(self, identity: str) -> Account:
        """What `network:handle` says."""
        network, _, handle = identity.partition(":")
        template = self._templates.get(network)
        if template is None or not _HANDLE.match(handle):
            return Account(network, handle)
        return Account(network, handle, template.format(quote(handle, safe="")))


def _hosts(sources: Iterable[Source]) -> Iterable[tuple[str, str]]:
    for source in sources:
        template = _BY_TYPE.get(source.type)
        host = urlsplit(source.target).hostname if template else None
        if template and host and re.fullmatch(r"[a-z0-9.-]+", host):
            yield host, template.format(host=host)
