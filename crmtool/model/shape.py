"""What a format says of the writing of its files: which keys in which order, and what is text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

ANY_ORDER: Final = "the order of its items means nothing"
PLAIN: Final = "a number, a truth value or a date in it needs no quotes"
"""Marks in a type's `Annotated`."""

Writing = Literal["text", "value", "plain"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One place of a format.

    A scalar is text, or a value (a number, a truth value, a date), or text that may look like one.
    """

    keys: Mapping[str, Shape] = field(default_factory=dict)
    """Of a mapping with names of its own: its keys in their order."""
    each: Shape | None = None
    """Of a list, or of a mapping with any names: what is in it."""
    any_order: bool = False
    writing: Writing = "text"

    def at(self, part: str | int) -> Shape:
        """What stands below a key or an item; text where the format knows none."""
        below = self.each if isinstance(part, int) or not self.keys else self.keys.get(part)
        return below or _TEXT


_TEXT: Final = Shape()
_VALUES: Final = (bool, int, float, date)


@cache
def shape(model: type[BaseModel]) -> Shape:
    """The shape of a whole file."""
    hints = get_type_hints(model, include_extras=True)
    fields = model.model_fields
    return Shape({f.alias or name: _of(hints[name]) for name, f in fields.items()})


def _of(hint: Any) -> Shape:  # noqa: ANN401 (any annotation)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(_of(inner[0]), inner[1:])
    if origin in (Union, UnionType):
        return next(_of(each) for each in inner if each is not NoneType)
    if origin is list:
        return Shape(each=_of(inner[0]))
    if origin is dict:
        return Shape(each=_of(inner[1]))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return shape(hint)
    return Shape(writing="value") if hint in _VALUES else _TEXT


def _marked(found: Shape, marks: tuple[object, ...]) -> Shape:
    if ANY_ORDER in marks:
        found = replace(found, any_order=True)
    return replace(found, writing="plain") if PLAIN in marks else found
