"""Mappings that are ready: tables as well-known programs export them."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from crmtool.errors import UsageError

_ENDING = ".yml"


def preset_names() -> list[str]:
    """What there is."""
    return sorted(p.name.removesuffix(_ENDING) for p in _folder().iterdir() if _is_one(p.name))


def preset_text(name: str) -> str:
    """A preset as it is written into a `source.yml`.

    Raises:
        UsageError: there is none of that name.

    """
    if name not in preset_names():
        raise UsageError(f"there is no preset {name!r}", f"presets: {', '.join(preset_names())}")
    return (_folder() / f"{name}{_ENDING}").read_text()


def _is_one(name: str) -> bool:
    return name.endswith(_ENDING)


def _folder() -> Traversable:
    return files("crmtool.importers") / "presets"
