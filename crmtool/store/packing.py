"""One record as bytes and back, without a second validation.

Only what the record says itself is kept. The bytes are trusted: the cache that holds them proves
itself first.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final, TypeVar

import msgspec
from msgspec.msgpack import Ext
from pydantic import BaseModel

from crmtool.model.community import Record
from crmtool.model.records import (
    Affiliation,
    Audience,
    Closed,
    Consent,
    Contact,
    Note,
    Person,
    Task,
)

T = TypeVar("T", bound=BaseModel)

# What msgpack cannot say by itself travels as an extension: a code, and its bytes.
_AUDIENCE, _DAY, _PAIRS = 1, 2, 3
_MODELS: Final[dict[int, type[BaseModel]]] = {
    16: Person,
    17: Note,
    18: Task,
    19: Affiliation,
    20: Contact,
    21: Consent,
}
_SETTINGS: Final = 32
"""A part of a configuration file, by the name of its class: there are few, and more each month."""
_CODES: Final = {kind: code for code, kind in _MODELS.items()}
_AUDIENCES: Final = {audience.encode(): audience for audience in Audience}
_AS_IT_IS: Final = (str, bool, int, float, type(None))


def pack(record: Record[Any]) -> bytes:
    """A record as bytes.

    Raises:
        TypeError: it holds what this module was not taught.

    """
    return _encoder.encode((_given(record.data), record.body, record.body_line))


def _given(value: BaseModel) -> dict[str, Any]:
    """What a record says itself; the rest are defaults."""
    said = value.model_fields_set
    return {
        name: held if type(held) is str else _packed(held)
        for name, held in value.__dict__.items()
        if name in said
    }


def _packed(value: object) -> object:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, list):
        return [item if type(item) is str else _packed(item) for item in value]
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, Audience):
        return Ext(_AUDIENCE, value.encode())
    if isinstance(value, date):
        return Ext(_DAY, value.isoformat().encode())
    if isinstance(value, BaseModel):
        return _part(value)
    raise TypeError(f"the cache cannot hold a {type(value).__name__}")


def _mapping(value: dict[Any, object]) -> object:
    """A mapping as it is where its keys are texts; else its pairs, so that keys keep their type."""
    if all(type(name) is str for name in value):
        return {n: item if type(item) is str else _packed(item) for n, item in value.items()}
    pairs = [(_packed(name), _packed(item)) for name, item in value.items()]
    return Ext(_PAIRS, _encoder.encode(pairs))


def _part(value: BaseModel) -> Ext:
    given = _given(value)
    if (code := _CODES.get(type(value))) is not None:
        return Ext(code, _encoder.encode(given))
    return Ext(_SETTINGS, _encoder.encode((type(value).__name__, given)))


def _unpacked(code: int, data: memoryview) -> object:
    if code == _AUDIENCE:
        return _AUDIENCES[bytes(data)]
    if code == _DAY:
        return date.fromisoformat(str(data, "ascii"))
    if code == _PAIRS:
        return dict(_decoder.decode(data))
    if code == _SETTINGS:
        name, given = _decoder.decode(data)
        return _revived(_settings()[name], given)
    return _revived(_MODELS[code], _decoder.decode(data))


@cache
def _settings() -> dict[str, type[BaseModel]]:
    """Every model with closed keys, by name."""
    found, left = dict[str, type[BaseModel]](), [*Closed.__subclasses__()]
    while left:
        kind = left.pop()
        found[kind.__name__] = kind
        left += kind.__subclasses__()
    return found


_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(ext_hook=_unpacked)


def unpack(kind: type[T], path: str, data: bytes) -> Record[T]:
    """The record of which `pack` made these bytes."""
    given, body, line = _decoder.decode(data)
    return Record(path, _revived(kind, given), body, line)


@cache
def _blank(kind: type[BaseModel]) -> tuple[dict[str, Any], tuple[tuple[str, type], ...]]:
    """A kind's defaults in the order of its fields, and which of them each record has anew."""
    held = {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
    }
    return held, tuple((n, type(v)) for n, v in held.items() if isinstance(v, (list, dict)))


def _revived(kind: type[T], given: dict[str, Any]) -> T:
    """A model as unpickling makes it; validating again what passed once costs ten times more."""
    defaults, anew = _blank(kind)
    held = defaults.copy()
    for name, make in anew:
        held[name] = make()
    held.update(given)
    made = kind.__new__(kind)
    made.__setstate__(
        {
            "__dict__": held,
            "__pydantic_fields_set__": set(given),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return made
