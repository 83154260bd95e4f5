"""`crmtool doctor`: look a workspace over, and mend what is safe to mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from crmtool.app.diagnosis import SITE, Result, diagnose, not_ignored
from crmtool.errors import CrmError
from crmtool.model.plan import Change, Plan, digest
from crmtool.store.apply import apply, recover
from crmtool.store.facts import gather
from crmtool.store.lock import locked
from crmtool.store.paths import find_workspace
from crmtool.text.splice import SpliceError, set_value


def doctor(folder: Path, *, fix: bool = False) -> tuple[list[Result], list[str]]:
    """Look a workspace over; with `fix` mend first what is safe to. The results, and what was done.

    Raises:
        WorkspaceError: there is no workspace.

    """
    root = find_workspace(folder)
    found = diagnose(gather(root))
    if not fix:
        return found, []
    done = [_mend(root, result) for result in found if result.fix]
    return diagnose(gather(root)), done


def _mend(root: Path, result: Result) -> str:
    """Make what one remedy says; what was done, or why it was not."""
    try:
        return _FIXES[result.fix](root)
    except CrmError as error:
        return f"{result.check}: not mended: {error.message}"
    except OSError as error:
        return f"{result.check}: not mended: {error.strerror}"


def _finish(root: Path) -> str:
    with locked(root):
        recover(root)
    return "journal: what a cut-off command had begun is done"


def _forget_cache(root: Path) -> str:
    folder = root / ".crm" / "cache"
    is_folder = folder.is_dir() and not folder.is_symlink()
    (folder / "records" if is_folder else folder).unlink(missing_ok=True)
    return "cache: deleted"


def _ignore(root: Path) -> str:
    def added(text: str) -> str:
        end = "\r\n" if "\r\n" in text else "\n"
        begin = text if not text or text.endswith("\n") else text + end
        return begin + "".join(line + end for line in not_ignored(text))

    return _edit(root, ".gitignore", added)


def _set_site_dir(root: Path) -> str:
    def spliced(text: str) -> str:
        return set_value(text, ("site_dir",), SITE, yml=True)

    try:
        return _edit(root, "mkdocs.yml", spliced)
    except SpliceError as error:
        return f"site_dir: not mended: {error}; set site_dir: {SITE} in mkdocs.yml yourself"


def _edit(root: Path, name: str, edit: Callable[[str], str]) -> str:
    """Change one file by a plan of its own, left uncommitted for its owner to look at."""

    def decide() -> Plan:
        path = root / name
        before = path.read_bytes() if path.exists() else None
        after = edit((before or b"").decode()).encode()
        old = None if before is None else digest(before)
        return Plan((Change(name, old, after, "asked of doctor"),))

    apply(root, decide, commit=False)
    return f"{name}: written, and left for you to commit"


_FIXES: Final[dict[str, Callable[[Path], str]]] = {
    "gitignore": _ignore,
    "site_dir": _set_site_dir,
    "journal": _finish,
    "cache": _forget_cache,
}
