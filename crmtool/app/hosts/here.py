"""The host that a workspace's clone came from, as this machine reaches it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from crmtool.app.hosts.host import Host, connect, token_of
from crmtool.errors import KeyProblem, Refused
from crmtool.importers.transport import RequestsTransport
from crmtool.model.forge import Forge, find_forge
from crmtool.model.protocols import Clock
from crmtool.store.branches import Branches, Remote
from crmtool.store.credentials import token_env

# What a host's CI says of it: that it is one, where its pages are, and where its API.
_CI: Final = {
    "github": ("GITHUB_ACTIONS", "GITHUB_SERVER_URL", "GITHUB_API_URL"),
    "gitlab": ("GITLAB_CI", "CI_SERVER_URL", "CI_API_V4_URL"),
}


def branches_of(root: Path) -> Branches:
    """A workspace's branches. Where CI runs, git gets the token: it has no other credentials."""

    def network(url: str) -> Mapping[str, str]:
        if os.environ.get("CI") != "true":
            return {}
        forge = find_forge(url, ci_settings(url, os.environ))
        return token_env(url, token_of(forge, os.environ))

    return Branches(root, network)


def forge_of(branches: Branches, remote: Remote) -> Forge:
    """The project of a remote: as this clone's configuration says, else CI, else its address."""
    return find_forge(remote.url, {**ci_settings(remote.url, os.environ), **branches.settings()})


def ci_settings(url: str, env: Mapping[str, str]) -> dict[str, str]:
    """What the CI that runs this says of an address, if that lies on its own host."""
    for kind, (mark, web, api) in _CI.items():
        server = env.get(web, "")
        host = urlsplit(server).hostname
        if env.get(mark) == "true" and host and urlsplit(url).hostname == host:
            return {"forge": kind, "web": server, "api": env.get(api, "")}
    return {}


def origin_of(branches: Branches) -> tuple[Remote, Forge]:
    """Where the clone came from, and which project of which host that is.

    Raises:
        Refused: the clone has no remote.

    """
    known = branches.remotes()
    if not known:
        raise no_remote()
    remote = known.get("origin") or next(iter(known.values()))
    return remote, forge_of(branches, remote)


def no_remote() -> Refused:
    """Why nothing can be proposed from here."""
    return Refused(
        "this workspace has no remote, so nobody can be asked",
        "add one: git remote add origin ADDRESS",
    )


def host_of(forge: Forge, clock: Clock) -> Host:
    """The host by its API.

    Raises:
        Refused: it is none that crmtool knows.
        KeyProblem: there is no token for it.

    """
    if not forge.is_meant:
        raise Refused(
            "nobody has said what this clone's remote runs, so it is sent no token",
            f"say it: git config crmtool.forge {forge.kind if forge.web else 'github'}"
            f"{'' if forge.web else ' (or gitlab)'}",
        )
    token = token_of(forge, os.environ)
    if not token:
        name = {"github": "GH_TOKEN", "gitlab": "GITLAB_TOKEN"}[forge.kind]
        raise KeyProblem(f"there is no token in {name}", "put one there that may comment")
    return connect(forge, token, RequestsTransport(), clock)
