"""Which project of which host a remote's address stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

Kind = Literal["github", "gitlab", "plain"]

_SCP: Final = re.compile(r"(?:[^@/\s]+@)?([^:/\s]+):(?!//)(.+)\Z")


@dataclass(frozen=True, slots=True)
class Forge:
    """A project on a host: `project` is `OWNER/NAME`, of GitLab any depth of groups.

    `web` is where people look at it, `api` where programs do; both empty of a plain git server.
    `is_meant`: it is github.com or gitlab.com, or was said to be a host of the user's. A name alone
    proves nothing, and no token goes to who merely bears one.
    """

    kind: Kind
    web: str
    api: str
    project: str
    is_meant: bool = False

    @property
    def owner(self) -> str:
        """Who the project belongs to."""
        return self.project.rpartition("/")[0]

    @property
    def network(self) -> str:
        """The network of accounts there, as identities name it."""
        host = urlsplit(self.web).hostname or ""
        return {"github.com": "github", "gitlab.com": "gitlab"}.get(host, host)

    @property
    def page(self) -> str:
        """The project's own page."""
        return f"{self.web}/{self.project}"


def find_forge(url: str, settings: Mapping[str, str]) -> Forge:
    """The project behind a remote's address.

    `settings` are `forge`, `api` and `web`, said by whoever runs this, for other hosts than
    github.com and gitlab.com.
    """
    host, path, scheme = _parts(url)
    kind = _kind(settings.get("forge", ""), host)
    project = path.strip("/").removesuffix(".git")
    if kind == "plain" or "/" not in project:
        return Forge("plain", "", "", project)
    web = settings.get("web") or f"{scheme}://{host}"
    api = settings.get("api") or _api(kind, host, web)
    owner_and_name = "/".join(project.split("/")[-2:])
    is_meant = "forge" in settings or host == f"{kind}.com"
    return Forge(kind, web, api, owner_and_name if kind == "github" else project, is_meant)


def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and the scheme of its pages, of an address as git takes them."""
    if "://" not in url and (found := _SCP.match(url)):
        return found[1].lower(), found[2], "https"
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
    scheme = parts.scheme if parts.scheme == "http" else "https"
    return f"{parts.hostname or ''}{port}", parts.path, scheme


def _kind(said: str, host: str) -> Kind:
    """What a host runs: as was said, else as its name tells."""
    kinds: tuple[Kind, ...] = ("github", "gitlab")
    for kind in kinds:
        if said == kind or (not said and host.startswith(f"{kind}.")):
            return kind
    return "plain"


def _api(kind: Kind, host: str, web: str) -> str:
    if kind == "gitlab":
        return f"{web}/api/v4"
    return "https://api.github.com" if host == "github.com" else f"{web}/api/v3"
