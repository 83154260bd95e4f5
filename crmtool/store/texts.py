"""The texts that a merge may need: of every file below people/, broken ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmtool.model.protocols import Tree


class PeopleTexts(Mapping[str, bytes]):
    """The bytes of every file below people/, broken ones too, each read when it is asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._paths = [
            entry.path
            for entry in tree.entries()
            if entry.kind == "file" and entry.path.startswith("people/")
        ]

    def __getitem__(self, path: str) -> bytes:
        return self._tree.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
