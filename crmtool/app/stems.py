"""Names for the files of new notes and tasks."""

from __future__ import annotations

from itertools import count

from crmtool.app.opening import Scene
from crmtool.model.protocols import Entry
from crmtool.sync.slugs import fold

_LONGEST = 64


def stem_words(text: str, most: int) -> str:
    """The first words of a text, as a file name may hold them; empty where none are left."""
    line = next((line for line in text.splitlines() if line.strip(" #")), "")
    words = fold(" ".join(line.replace("[[", " ").replace("]]", " ").split()[: 2 * most]))
    return "-".join(words.split("-")[:most])


def free_stem(scene: Scene, room: str, wanted: str) -> str:
    """A stem that no other file below a room has."""
    taken = {_stem(entry) for entry in scene.tree.entries((room,))}
    stem = wanted[:_LONGEST].rstrip("-")
    if stem not in taken:
        return stem
    numbered = (f"{wanted[: _LONGEST - 4].rstrip('-')}-{number}" for number in count(2))
    return next(stem for stem in numbered if stem not in taken)


def _stem(entry: Entry) -> str:
    return entry.path.rpartition("/")[2].removesuffix(".md")
