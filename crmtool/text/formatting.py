"""A file's text as the format likes it: the same values, the same words, tidily written.

Repaired are line ends, the normal form of letters (NFC), the final newline, blanks, the quotes that
another reader would need, the order of keys, and the order of lists in which it means nothing.
Every byte else stays, above all comments and the body. A repair after which the text would say
anything else is not made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from crmtool.model.shape import Shape, shape
from crmtool.text.arrange import arranging
from crmtool.text.edits import Edit, apply
from crmtool.text.frontmatter import cut, fold
from crmtool.text.nodes import compose
from crmtool.text.original import Original, SpliceError, read
from crmtool.text.tidy import Places, quoting, spacing, trailing, walk

_Finder = Callable[[str, Places], Iterator[Edit]]
# Marked are those whose edits can be made one at a time: each moves what the others would edit.
_INSIDE: Final[tuple[tuple[str, _Finder, bool], ...]] = (
    ("blanks", trailing, False),
    ("blanks", spacing, False),
    ("quotes", quoting, False),
    ("order", arranging, True),
)
_MOST: Final = 5
"""Rounds until nothing changes; two nearly always."""


def formatted(text: str, model: type[BaseModel], *, yml: bool) -> tuple[str, tuple[str, ...]]:
    """The whole text of a file, repaired, and what was: none where it is the same text.

    `model` is the format: of a record's frontmatter block, or with `yml` of a YAML file.

    Raises:
        SpliceError: the strict reader does not accept the text.

    """
    work = _Work(text, shape(model), yml)
    for _ in range(_MOST):
        begun = work.text
        work.round()
        if work.text == begun:
            break
    return work.text, tuple(dict.fromkeys(work.repairs))


class _Work:
    """One text on its way."""

    def __init__(self, text: str, said: Shape, yml: bool) -> None:  # noqa: FBT001
        self.text, self.said, self.yml = text, said, yml
        self.file = read(text, yml=yml)
        self.places = _places(self.file, said)
        self.first = self.file
        self.repairs: list[str] = []

    @cached_property
    def meaning(self) -> tuple[Any, str]:
        """What the text said at first, asked only where something is to be repaired."""
        return _meaning(self.first, self.said)

    def round(self) -> None:
        """Make every repair once."""
        self.keep("byte order mark", self.text.removeprefix("\ufeff"))
        self.keep("line ends", fold(self.text))
        self.keep("normal form", unicodedata.normalize("NFC", self.text))
        self.keep("end of file", _ended(self.text, yml=self.yml))
        for name, find, alone in _INSIDE:
            self.inside(name, find, alone=alone)

    def keep(self, name: str, text: str) -> bool:
        """Take another text for the one at hand, if it says the same."""
        if text == self.text:
            return False
        try:
            file = read(text, yml=self.yml)
        except SpliceError:
            return False
        if _meaning(file, self.said) != self.meaning:
            return False
        self.text, self.file, self.places = text, file, _places(file, self.said)
        self.repairs.append(name)
        return True

    def inside(self, name: str, find: _Finder, *, alone: bool) -> None:
        """Make one kind of edits in the YAML."""
        tried = 0
        while True:
            text = self.file.text
            edits = list(find(text, self.places))
            chosen = edits[tried : tried + 1] if alone else edits
            if not chosen:
                return
            if not self.keep(name, self.file.head + apply(text, chosen) + self.file.tail):
                tried += 1
            if not alone:
                return


def _places(file: Original, said: Shape) -> Places:
    root = compose(file.text)
    return walk(root, said) if root else ()


def _ended(text: str, *, yml: bool) -> str:
    """Without blanks behind the lines of `---`, and with one line break at the very end."""
    if not yml and (parts := cut(text)):
        body = parts.tail.partition("\n")[2]
        text = f"---\n{parts.block}---\n" + (body if body.strip() else "")
    return text.rstrip("\n") + "\n" if text.strip() else text


def _meaning(file: Original, said: Shape) -> tuple[Any, str]:
    """What must stay: the values and the body, however they are written."""
    body = unicodedata.normalize("NFC", fold(file.tail.partition("\n")[2])).rstrip("\n")
    return _value(file.data, said), body if body.strip() else ""


def _value(value: Any, said: Shape) -> Any:
    """A value in which what is to be repaired makes no difference."""
    if isinstance(value, dict):
        return {_value(key, said): _value(item, said.at(key)) for key, item in value.items()}
    if isinstance(value, list):
        items = [_value(item, said.at(number)) for number, item in enumerate(value)]
        return sorted(items, key=repr) if said.any_order else items
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
