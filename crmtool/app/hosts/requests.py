"""Where a branch becomes a pull or merge request: by the host's own tool, its API, or a link."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from crmtool.app.hosts.host import Opened, Request, connect, token_of
from crmtool.app.opening import SystemClock
from crmtool.errors import Refused
from crmtool.importers.transport import RequestsTransport
from crmtool.model.protocols import Clock, Transport

# A link longer than this is cut off by some servers.
_LONGEST_LINK: Final = 6000
_PATIENCE: Final = 120.0


class Opener:
    """Opens requests. What it may use is injected: programs on PATH, the environment, HTTP."""

    def __init__(self, transport: Transport, clock: Clock, env: Mapping[str, str]) -> None:
        self.transport, self.clock, self.env = transport, clock, env

    def open(self, asked: Request) -> Opened:
        """By `gh` or `glab` where present, by REST with a token, else the link to do it by hand.

        Raises:
            SourceError: the host says no.

        """
        if asked.target.kind == "plain":
            return Opened("", "link")
        if found := self._by_tool(asked):
            return found
        if token := token_of(asked.target, self.env):
            host = connect(asked.target, token, self.transport, self.clock)
            if url := host.existing(asked):
                return Opened(url, "updated")
            return Opened(host.create(asked), "opened")
        return Opened(link(asked), "link")

    def _by_tool(self, asked: Request) -> Opened | None:
        """What `gh` or `glab` makes of it; None where there is none, or it is not logged in."""
        name, words = _command(asked)
        program = shutil.which(name, path=self.env.get("PATH", os.defpath))
        if program is None:
            return None
        try:
            done = subprocess.run(  # noqa: S603 (a list of words; data never begins one)
                [program, *words], input=asked.body, capture_output=True, text=True, check=False,
                env={**self.env, "GH_PROMPT_DISABLED": "1", "NO_PROMPT": "1"}, timeout=_PATIENCE,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
        found = re.findall(r"https?://\S+", done.stdout + done.stderr)
        if done.returncode == 0 and found:
            return Opened(found[-1], "opened")
        if found and "already exists" in done.stderr:
            return Opened(found[-1], "updated")
        return None


def opener_here(*, tools: bool = True) -> Opener:
    """What opens requests from this machine; without `tools` no program of a host's is asked."""
    env = os.environ if tools else {**os.environ, "PATH": ""}
    return Opener(RequestsTransport(), SystemClock(), env)


def _command(asked: Request) -> tuple[str, list[str]]:
    """The tool's name and its words. What people wrote follows a `=`: it can be no option."""
    target = f"{asked.target.web.removeprefix('https://')}/{asked.target.project}"
    if asked.target.kind == "github":
        same = asked.head.project == asked.target.project
        head = asked.branch if same else f"{asked.head.owner}:{asked.branch}"
        return "gh", ["pr", "create", f"--repo={target}", f"--head={head}", f"--base={asked.base}",
                      f"--title={asked.title}", "--body-file=-"]  # fmt: skip
    source = asked.head.page
    return "glab", ["mr", "create", f"--repo={asked.target.page}",
                    f"--head={source}", f"--source-branch={asked.branch}",
                    f"--target-branch={asked.base}", f"--title={asked.title}",
                    f"--description={asked.body}", "--yes", "--allow-collaboration"]  # fmt: skip


def link(asked: Request) -> str:
    """The page on which the request is opened by hand, filled in as far as its length allows."""
    if asked.target.kind == "gitlab":
        words = {"source_branch": asked.branch, "target_branch": asked.base, "title": asked.title,
                 "description": asked.body}  # fmt: skip
        query = {f"merge_request[{key}]": value for key, value in words.items()}
        return _fitting(f"{asked.head.page}/-/merge_requests/new", query)
    branch = quote(asked.branch, safe="/")
    if asked.head.project != asked.target.project:
        branch = f"{asked.head.owner}:{branch}"
    page = f"{asked.target.page}/compare/{quote(asked.base)}...{branch}"
    return _fitting(page, {"quick_pull": "1", "title": asked.title, "body": asked.body})


def _fitting(page: str, query: dict[str, str]) -> str:
    while len(found := f"{page}?{urlencode(query)}") > _LONGEST_LINK:
        longest = max(query, key=lambda key: len(query[key]))
        if len(query[longest]) < 2:  # noqa: PLR2004 (nothing left to shorten)
            raise Refused("the branch's name is too long for a link", "choose a shorter one")
        query = {**query, longest: query[longest][: len(query[longest]) // 2]}
    return found
