"""The host that a workspace's clone came from, as this machine reaches it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from crmtool.app.hosts.host import Host, connect, token_of
from crmtool.errors import KeyProblem, Refused
from crmtool.importers.transport import RequestsTransport
from crmtool.model.forge import Forge, find_forge
from crmtool.model.protocols import Clock
from crmtool.store.branches import Branches, Remote
from crmtool.store.credentials import token_env


def branches_of(root: Path) -> Branches:
    """A workspace's branches. Where CI runs, git gets the token: it has no other credentials."""

    def network(url: str) -> Mapping[str, str]:
        if os.environ.get("CI") != "true":
            return {}
        return token_env(url, token_of(find_forge(url, {}).kind, os.environ))

    return Branches(root, network)


def origin_of(branches: Branches) -> tuple[Remote, Forge]:
    """Where the clone came from, and which project of which host that is.

    Raises:
        Refused: the clone has no remote.

    """
    known = branches.remotes()
    if not known:
        raise Refused(
            "this workspace has no remote, so nobody can be asked",
            "add one: git remote add origin ADDRESS",
        )
    remote = known.get("origin") or next(iter(known.values()))
    return remote, find_forge(remote.url, branches.settings())


def host_of(forge: Forge, clock: Clock) -> Host:
    """The host by its API.

    Raises:
        Refused: it is none that crmtool knows.
        KeyProblem: there is no token for it.

    """
    if forge.kind == "plain":
        raise Refused(
            "crmtool does not know what this clone's remote runs, so nothing was done",
            "say it: git config crmtool.forge github (or gitlab)",
        )
    token = token_of(forge.kind, os.environ)
    if not token:
        name = {"github": "GH_TOKEN", "gitlab": "GITLAB_TOKEN"}[forge.kind]
        raise KeyProblem(f"there is no token in {name}", "put one there that may comment")
    return connect(forge, token, RequestsTransport(), clock)
