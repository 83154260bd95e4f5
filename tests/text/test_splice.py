"""Edits spliced into a text: the laws that all of them keep, whatever the text looks like."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crmtool.model.records import Person
from crmtool.text.render import Value, as_read
from crmtool.text.splice import append, remove, rename, rename_key, set_value, unset
from tests.text.yaml_texts import NAMES, SCALARS, SMALL, Data, Path, Text, around, read, texts

ORDER = tuple(Person.model_fields)
laws = settings(
    # SPLICE_EXAMPLES=3000 for a thorough run.
    max_examples=int(os.environ.get("SPLICE_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def paths(data: Data, path: Path = ()) -> Iterator[Path]:
    """Every key path of a value, the whole first."""
    yield path
    if isinstance(data, dict):
        for name, item in data.items():
            yield from paths(item, (*path, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from paths(item, (*path, number))


def at(data: Data, path: Path) -> Data:
    for part in path:
        data = data[part]
    return data


def put(data: Data, path: Path, value: Data) -> Data:
    """The reference: what data is once a value is set, with everything made on the way to it."""
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        data = [] if data is None else data
        inner = data[part] if part < len(data) else None
        return [*data[:part], put(inner, rest, value), *data[part + 1 :]]
    data = {} if data is None else data
    return data | {part: put(data.get(part), rest, value)}


def take(data: Data, path: Path) -> Data:
    """The reference: data without a path, and without what becomes empty."""
    data = copy.deepcopy(data)
    del at(data, path[:-1])[path[-1]]
    if len(path) > 1 and not at(data, path[:-1]):
        return take(data, path[:-1])
    return data


def holds(before: Text, after: str, expected: Data) -> None:
    """The new text says what is expected, and nothing around the YAML has changed."""
    assert read(after, yml=before.yml) == expected
    assert around(after, yml=before.yml) == around(before.text, yml=before.yml)
    assert ends(after) <= ends(before.text) or not ends(before.text)
    if after.strip("\ufeff\r\n") and before.text.strip("\ufeff\r\n"):
        # Of a literal with '+', a final newline may be a part.
        assert after.endswith("\n") or not before.text.endswith("\n")
        assert before.text.endswith("\n") or not after.endswith("\n") or "+" in after


def ends(text: str) -> set[str]:
    """The kinds of line ends of a text."""
    return {kind for kind in ("\r\n", "\n") if kind in text.replace("\r\n", " " * (kind == "\n"))}


def one_piece_more(before: str, after: str) -> bool:
    """Whether a text is another one with one piece put in."""
    size = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before)
    )
    return after.endswith(before[size:])


@st.composite
def some_path(draw: st.DrawFn, text: Text, *kinds: type) -> Path:
    """A path that is there, to a value of one of these types."""
    found = [
        p for p in paths(text.data) if p and (not kinds or isinstance(at(text.data, p), kinds))
    ]
    assume(found)
    return draw(st.sampled_from(found))


@st.composite
def a_list(draw: st.DrawFn, text: Text) -> Path:
    """A path to a list with something in it."""
    found = [p for p in paths(text.data) if isinstance(at(text.data, p), list) and at(text.data, p)]
    assume(found)
    return draw(st.sampled_from(found))


def part(parts: list[str | int]) -> st.SearchStrategy[str | int]:
    return st.sampled_from(parts)


@st.composite
def new_path(draw: st.DrawFn, text: Text) -> Path:
    """A path that is not there yet and can be."""
    able = [
        p
        for p in paths(text.data)
        if at(text.data, p) is None or not isinstance(at(text.data, p), str)
    ]
    path = draw(st.sampled_from(able))
    inside = at(text.data, path)
    if isinstance(inside, list):
        path = (*path, len(inside))
    elif isinstance(inside, dict):
        names = [name for name in [*NAMES, "a b", "new", "x?", ""] if name not in inside]
        path = (*path, draw(st.sampled_from(names)))
    else:
        path = (*path, draw(part([0, *NAMES])))
    more = draw(st.lists(part([0, "new", "on"]), max_size=2))
    return (*path, *more)


def stood_empty(data: Data, path: Path) -> bool:
    """Whether something on the way to a path is there with nothing in it."""
    for n in range(1, len(path)):
        try:
            inside = at(data, path[:n])
        except (KeyError, IndexError, TypeError):
            return False
        if not inside:
            return True
    return False


# --- the laws -------------------------------------------------------------------------------------


@laws
@given(st.data(), texts(), SMALL)
def test_setting_what_is_there_changes_that_alone(
    data: st.DataObject, text: Text, value: Value
) -> None:
    path = data.draw(some_path(text))
    after = set_value(text.text, path, value, yml=text.yml)
    holds(text, after, put(text.data, path, as_read(value)))
    lost = text.comments.keys() - text.kept(after)
    assert all(text.comments[c][: len(path)] == path for c in lost)


@laws
@given(st.data(), texts(), SCALARS)
def test_a_scalar_in_place_of_a_scalar_loses_no_comment(
    data: st.DataObject, text: Text, value: Value
) -> None:
    path = data.draw(some_path(text, str, type(None)))
    after = set_value(text.text, path, value, yml=text.yml)
    assert text.kept(after) == text.kept(text.text)


@laws
@given(st.data(), texts(), SMALL, st.booleans())
def test_setting_what_is_absent_puts_one_piece_in(
    data: st.DataObject, text: Text, value: Value, ordered: bool
) -> None:
    path = data.draw(new_path(text))
    after = set_value(text.text, path, value, order=ORDER if ordered else (), yml=text.yml)
    holds(text, after, put(text.data, path, as_read(value)))
    assert text.kept(after) == text.kept(text.text)
    if not stood_empty(text.data, path):
        assert one_piece_more(text.text, after)


@laws
@given(st.data(), texts(), SMALL, st.booleans())
def test_set_then_unset_gives_the_same_bytes(
    data: st.DataObject, text: Text, value: Value, ordered: bool
) -> None:
    path = data.draw(new_path(text))
    assume(not stood_empty(text.data, path))
    after = set_value(text.text, path, value, order=ORDER if ordered else (), yml=text.yml)
    assert unset(after, path, yml=text.yml) == text.text


@laws
@given(st.data(), texts())
def test_setting_the_value_that_is_there_changes_nothing(data: st.DataObject, text: Text) -> None:
    path = data.draw(some_path(text))
    value = at(text.data, path)
    assume("None" not in repr(value))
    assert set_value(text.text, path, value, yml=text.yml) == text.text


@laws
@given(st.data(), texts())
def test_unset_takes_out_a_key_and_what_becomes_empty(data: st.DataObject, text: Text) -> None:
    path = data.draw(some_path(text))
    after = unset(text.text, path, yml=text.yml)
    expected = take(text.data, path)
    holds(text, after, expected)
    gone = path
    while len(gone) > 1 and len(at(text.data, gone[:-1])) == 1:
        gone = gone[:-1]
    lost = text.comments.keys() - text.kept(after)
    assert all(text.comments[c][: len(gone)] == gone for c in lost)
    assert len(after) < len(text.text)


@laws
@given(texts(), st.lists(st.sampled_from([*NAMES, 0, 7, -1]), max_size=3).map(tuple))
def test_unset_of_what_is_absent_changes_nothing(text: Text, path: Path) -> None:
    assume(path not in list(paths(text.data)))
    assert unset(text.text, path, yml=text.yml) == text.text


@laws
@given(st.data(), texts(), SMALL, st.booleans())
def test_append_then_remove_gives_the_same_bytes(
    data: st.DataObject, text: Text, item: Value, ordered: bool
) -> None:
    path = data.draw(new_path(text) if data.draw(st.booleans()) else a_list(text))
    assume(not stood_empty(text.data, path))
    listed = at(text.data, path) if path in list(paths(text.data)) else []
    after = append(text.text, path, item, order=ORDER if ordered else (), yml=text.yml)
    if as_read(item) in listed:
        assert after == text.text
    else:
        holds(text, after, put(text.data, path, [*listed, as_read(item)]))
        assert text.kept(after) == text.kept(text.text)
        assert append(after, path, item, yml=text.yml) == after
        assert remove(after, path, item, yml=text.yml) == text.text


@laws
@given(st.data(), texts())
def test_remove_takes_an_item_out(data: st.DataObject, text: Text) -> None:
    path = data.draw(a_list(text))
    listed = at(text.data, path)
    item = data.draw(st.sampled_from(listed))
    assume(item is not None and "None" not in repr(item))
    after = remove(text.text, path, item, yml=text.yml)
    rest = [other for other in listed if other != item]
    holds(text, after, put(text.data, path, rest) if rest else take(text.data, path))
    assert remove(text.text, path, "absent", yml=text.yml) == text.text


@laws
@given(st.data(), texts(), SCALARS)
def test_rename_keeps_the_place_of_an_item(data: st.DataObject, text: Text, new: Value) -> None:
    path = data.draw(a_list(text))
    listed = at(text.data, path)
    old = data.draw(st.sampled_from(listed))
    assume(isinstance(old, str) and listed.count(old) == 1)
    after = rename(text.text, path, old, new, yml=text.yml)
    name = as_read(new)
    if name in listed and name != old:
        holds(text, after, put(text.data, path, [i for i in listed if i != old]))
    else:
        holds(text, after, put(text.data, path, [name if i == old else i for i in listed]))
        assert text.kept(after) == text.kept(text.text)
    assert rename(text.text, path, "absent", new, yml=text.yml) == text.text


@laws
@given(st.data(), texts(), st.sampled_from([*NAMES, "new", "a: b", "on", "x?", "é ü", "-", ""]))
def test_rename_key_changes_the_key_alone(data: st.DataObject, text: Text, new: str) -> None:
    keys = [p for p in paths(text.data) if p and isinstance(p[-1], str)]
    assume(keys)
    path = data.draw(st.sampled_from(keys))
    parent = at(text.data, path[:-1])
    assume(new not in parent)
    after = rename_key(text.text, path, new, yml=text.yml)
    renamed = {new if name == path[-1] else name: item for name, item in parent.items()}
    holds(text, after, put(text.data, path[:-1], renamed))
    assert text.kept(after) == text.kept(text.text)
    written = read(after, yml=text.yml)
    assert list(at(written, path[:-1])) == list(renamed)


@laws
@given(st.data(), texts(), st.lists(SCALARS, min_size=1, max_size=4))
def test_a_list_keeps_the_comments_of_the_items_that_stay(
    data: st.DataObject, text: Text, added: list[Value]
) -> None:
    path = data.draw(a_list(text))
    listed = at(text.data, path)
    assume("None" not in repr(listed))
    keep = data.draw(st.integers(0, len(listed) - 1))
    wanted = [listed[keep], *added]
    after = set_value(text.text, path, wanted, yml=text.yml)
    holds(text, after, put(text.data, path, as_read(wanted)))
    if listed.count(listed[keep]) == 1 and not isinstance(listed[keep], dict):
        lost = text.comments.keys() - text.kept(after)
        assert all(text.comments[c][: len(path) + 1] != (*path, keep) for c in lost)


@laws
@given(st.data(), texts(), st.lists(SMALL, min_size=2, max_size=4))
def test_any_series_of_edits_ends_where_it_should(
    data: st.DataObject, text: Text, values: list[Value]
) -> None:
    now = text
    for value in values:
        if now.data and data.draw(st.booleans()):
            path = data.draw(some_path(now))
            after, expected = unset(now.text, path, yml=now.yml), take(now.data, path)
        else:
            path = data.draw(new_path(now))
            after = set_value(now.text, path, value, order=ORDER, yml=now.yml)
            expected = put(now.data, path, as_read(value))
        holds(now, after, expected)
        now = Text(after, now.yml, expected, {})
