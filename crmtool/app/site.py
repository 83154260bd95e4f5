"""`crmtool site`: the community as a private web site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from crmtool.app.opening import community_of, today
from crmtool.errors import UsageError
from crmtool.metrics.engine import Engine
from crmtool.model.records import Audience
from crmtool.privacy.redact import redact
from crmtool.store.workspace import Workspace

Progress = Callable[[str, int, int | None], None]


def site_build(
    root: Path, *, out: Path | None = None, audience: Audience = Audience.TEAM,
    as_of: date | None = None, progress: Progress | None = None,
) -> Any:
    """Build the site; what was built, in figures.

    Raises:
        UsageError: the folder to build into is part of the workspace.
        Refused: it holds something that no build has made.

    """
    from crmtool.publish.site import BuildStamp, build_site  # noqa: PLC0415 (MkDocs is heavy)

    community = community_of(root)
    day = today(community, as_of)
    target = out.resolve() if out else root / "build" / "site"
    if target == root or target in root.parents:
        raise UsageError(f"{target} holds the workspace itself", "build into another folder")
    view = redact(community, audience)
    stamp = BuildStamp(revision=Workspace(root).head()[:12], as_of=day)
    with Engine(view, day) as engine:
        return build_site(view, engine, root, target, stamp, progress)


def site_serve(root: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve the built site on this machine until interrupted."""
    from crmtool.publish.serve import serve  # noqa: PLC0415

    folder = root / "build" / "site"
    if not (folder / "index.html").is_file():
        raise UsageError("there is no built site yet", "run: crmtool site build")
    serve(folder, host, port, ready)
