"""The files that a source's target means."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from crmtool.errors import BadFile
from crmtool.model.config import Source

_ENDINGS: Final = {
    "csv": (".csv", ".tsv", ".tab", ".txt"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
}
_WHERE: Final = "put the export there, correct target: in source.yml, or name a file with --file"


def find_documents(name: str, root: Path, source: Source) -> list[Path]:
    """The file that a target names; of a folder, all with an ending of the source's type.

    Raises:
        BadFile: there is none, or what is there is no ordinary file.

    """
    if source.type == "inbox":
        return [
            f for f in sorted((root / "sources" / name / "inbox").glob("*.json")) if _is_file(f)
        ]
    if not source.target:
        raise BadFile(name, "has no target", "name a file: crmtool import --file PATH --type TYPE")
    path = root / Path(source.target).expanduser()
    if path.is_dir():
        endings = _ENDINGS.get(source.type, ())
        files = [f for f in sorted(path.iterdir()) if f.suffix.lower() in endings and f.is_file()]
        if not files:
            words = f"{source.target} holds no file that ends in {', '.join(endings)}"
            raise BadFile(name, words, _WHERE)
        return files
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise BadFile(name, f"there is no file {source.target}", _WHERE) from None
    if not stat.S_ISREG(mode):
        raise BadFile(name, f"{source.target} is not a file", _WHERE)
    return [path]


def _is_file(path: Path) -> bool:
    """A file, and no link to one."""
    return stat.S_ISREG(path.lstat().st_mode)
