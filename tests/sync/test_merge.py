"""Base, theirs, ours → what the record is to hold, and what is remembered of it."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.sync.merge import ABSENT, Items, Voice, merge_items, merge_value

NEW = ABSENT

ONE_SOURCE: dict[str, tuple[Any, ...]] = {
    # what happened:                (base, theirs, ours) → (the record, the new base)
    "nobody says anything": (NEW, None, None, None, NEW),
    "the source speaks first": (NEW, "London", None, "London", "London"),
    "no news": ("London", "London", "London", "London", "London"),
    "the source changed its mind": ("London", "Paris", "London", "Paris", "Paris"),
    "the source withdrew it": ("London", None, "London", None, NEW),
    "a person wrote another": ("London", "London", "Leeds", "Leeds", "London"),
    "both changed it": ("London", "Paris", "Leeds", "Leeds", "London"),
    "a person wrote another, it was withdrawn": ("London", None, "Leeds", "Leeds", "London"),
    "both now say the same": ("London", "Paris", "Paris", "Paris", "London"),
    "a person took it away": ("London", "London", None, None, "London"),
    "taken away, then the source changed": ("London", "Paris", None, None, "London"),
    "taken away, then withdrawn": ("London", None, None, None, "London"),
    "a person wrote it first": (NEW, "London", "Leeds", "Leeds", None),
    "a person wrote the same first": (NEW, "London", "London", "London", None),
    "a person wrote it first, then took it away": (None, "London", None, None, None),
    "a person wrote it, no source speaks": (NEW, None, "Leeds", "Leeds", NEW),
}


@pytest.mark.parametrize("what", ONE_SOURCE)
def test_one_source_and_a_person(what: str) -> None:
    base, theirs, ours, record, new_base = ONE_SOURCE[what]
    merged = merge_value(ours, [Voice(0, theirs, base)])
    assert (merged.value, merged.bases) == (record, [new_base])
    again = merge_value(merged.value, [Voice(0, theirs, merged.bases[0])])
    assert again == merged, "merging twice changes nothing"


SEVERAL: dict[str, tuple[Any, ...]] = {
    # (ours, [(theirs, base) of each source, the highest first]) → (the record, the new bases)
    "the highest wins": (None, [("London", NEW), ("Paris", NEW)], "London", ["London", NEW]),
    "a lower one fills an empty field": (None, [(None, NEW), ("Paris", NEW)], "Paris", [NEW, "Paris"]),
    "a higher one takes over": ("Paris", [("London", NEW), ("Paris", "Paris")], "London", ["London", NEW]),
    "a lower one does not": ("London", [("London", "London"), ("Rome", NEW)], "London", ["London", NEW]),
    "withdrawn, the next one is heard": ("London", [(None, "London"), ("Rome", NEW)], "Rome", [NEW, "Rome"]),
    "edited, nobody is heard": ("Leeds", [(None, "London"), ("Rome", NEW)], "Leeds", ["London", NEW]),
    "taken away, nobody fills it": (None, [("London", "London"), ("Rome", NEW)], None, ["London", NEW]),
    "a new source cannot undo an edit": ("Leeds", [("Oslo", NEW), ("Rome", "Rome")], "Leeds", [NEW, "Rome"]),
    "a mark for one source holds for all": (None, [("Oslo", NEW), ("Rome", None)], None, [NEW, None]),
    # After a merge of two records by hand both sources have a base.
    "the edit counts for the source that it is an edit to": (
        "Rome", [("London", "London"), ("Bari", "Rome")], "Bari", ["London", "Bari"],
    ),
    "and the other way round": (
        "London", [("Oslo", "London"), ("Bari", "Rome")], "Oslo", ["Oslo", "Rome"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SEVERAL)
def test_several_sources(what: str) -> None:
    ours, said, record, bases = SEVERAL[what]
    voices = [Voice(n, theirs, base) for n, (theirs, base) in enumerate(said)]
    merged = merge_value(ours, voices)
    assert (merged.value, merged.bases) == (record, bases)
    again = [Voice(v.order, v.says, base) for v, base in zip(voices, bases, strict=True)]
    assert merge_value(record, again) == merged, "merging twice changes nothing"


LISTS: dict[str, tuple[str, list[tuple[str, str, str]], str, list[tuple[str, str]]]] = {
    # (ours, [(theirs, put, kept) of each source]) → (the record, [(put, kept)])
    "put there": ("", [("a b", "", "")], "a b", [("a b", "")]),
    "behind a person's": ("z", [("a", "", "")], "z a", [("a", "")]),
    "no news": ("b a", [("a b", "a b", "")], "b a", [("a b", "")]),
    "changed": ("a", [("b", "a", "")], "b", [("b", "")]),
    "withdrawn": ("z a", [("", "a", "")], "z", [("", "")]),
    "taken out by a person": ("", [("a", "a", "")], "", [("a", "")]),
    "taken out, and withdrawn later": ("", [("", "a", "")], "", [("a", "")]),
    "written by a person before": ("a", [("a", "", "")], "a", [("", "a")]),
    "written by a person, then withdrawn": ("a", [("", "", "a")], "a", [("", "a")]),
    "written by a person, then taken out": ("", [("a", "", "a")], "", [("", "a")]),
    "said by two": ("", [("a", "", ""), ("a b", "", "")], "a b", [("a", ""), ("b", "")]),
    "withdrawn by one of two": ("a", [("", "a", ""), ("a", "", "")], "a", [("a", ""), ("", "")]),
    "withdrawn by both": ("a", [("", "a", ""), ("", "", "")], "", [("", ""), ("", "")]),
    "a person's in one of two records merged by hand": (
        "a", [("", "a", ""), ("", "", "a")], "a", [("a", ""), ("", "a")],
    ),
    "another spelling is no other item": ("A", [("a", "", "")], "A", [("", "a")]),
}  # fmt: skip


@pytest.mark.parametrize("what", LISTS)
def test_lists_merge_item_by_item(what: str) -> None:
    ours, said, record, bases = LISTS[what]
    voices = [Items(t.split(), p.split(), k.split()) for t, p, k in said]
    after, merged = merge_items(ours.split(), voices, str.casefold)
    assert after == record.split()
    assert [(" ".join(m.put), " ".join(m.kept)) for m in merged] == bases
    assert merge_items(after, merged, str.casefold) == (after, merged), "twice changes nothing"


def test_a_silent_source_withdraws_nothing() -> None:
    silent = Items([], ["a"], [], silent=True)
    assert merge_items(["a"], [silent], str.casefold) == (["a"], [silent])


def test_what_a_person_left_alone_is_not_marked_twice() -> None:
    """One mark holds for all sources: the feed of the others stays as it is."""
    voices: list[Any] = [Voice(0, "London"), Voice(1, "Paris")]
    assert merge_value("Leeds", voices).bases == [None, ABSENT]
