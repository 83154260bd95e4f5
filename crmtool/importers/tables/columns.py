"""Templates over whole columns, and what their words become, each different word looked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, TypeVar

from crmtool.importers.tables.batch import Batch
from crmtool.model.mapping import OTHERWISE, Mapping, template

T = TypeVar("T")
Bad = dict[int, tuple[str, ValueError]]
"""Rows that are not taken: by number, the column at fault and why."""
_MOST: Final = 1 << 16


def filled(text: str, batch: Batch) -> list[str]:
    """What a template says of each row; empty where one of its columns is."""
    form, columns = template(text)
    if not columns:
        return [form % ()] * batch.size
    cells = [batch.column(name) for name in columns]
    if form == "%s":
        return cells[0]
    return [form % words if all(words) else "" for words in zip(*cells, strict=True)]


def first_filled(choice: Iterable[str], batch: Batch) -> list[str]:
    """Of several templates, what the first one says that says anything."""
    said: list[str] | None = None
    for text in choice:
        more = filled(text, batch)
        said = more if said is None else [a or b for a, b in zip(said, more, strict=True)]
    return [""] * batch.size if said is None else said


def column_of(choice: Iterable[str]) -> str:
    """The column to point at where a choice says something wrong."""
    return next((column for text in choice for column in template(text).columns), "")


def brought(mapping: Mapping, batch: Batch) -> Batch:
    """The rows that are wanted, with their words brought to others as `values` says."""
    masks = [
        [(cell.casefold() in words) is wanted for cell in batch.column(name)]
        for conditions, wanted in ((mapping.only, True), (mapping.skip, False))
        for name, listed in conditions.items()
        for words in [{word.casefold() for word in listed}]
    ]
    if masks:
        batch = batch.only([all(row) for row in zip(*masks, strict=True)])
    for name, table in mapping.values.items():
        batch.columns[name] = _valued(batch.columns[name], table)
    return batch


def _valued(cells: list[str], table: dict[str, str]) -> list[str]:
    folded = {word.casefold(): value for word, value in table.items()}
    other = folded.pop(OTHERWISE, None)
    return [
        folded.get(cell.casefold(), cell if other is None else (other if cell else cell))
        for cell in cells
    ]


class Undeclared(ValueError):
    """A cell that nothing but a word of the user's can make sense of: the file is not taken."""

    hint = ""


def mark_bad(bad: Bad, column: str, wrong: Iterable[bool], reason: str) -> None:
    """Leave rows out for a reason, unless there is one already."""
    error = ValueError(reason)
    for number, is_wrong in enumerate(wrong):
        if is_wrong:
            bad.setdefault(number, (column, error))


class Lookup(dict[str, T], Generic[T]):
    """What words become, each read once. `wrong` says of which ones nothing, and why."""

    def __init__(self, read: Callable[[str], T], fallback: T) -> None:
        super().__init__()
        self._read, self._fallback = read, fallback
        self.wrong: dict[str, ValueError] = {}

    def __missing__(self, text: str) -> T:
        try:
            value = self._read(text)
        except ValueError as error:
            value = self._fallback
            self.wrong[text] = error
        self[text] = value
        return value

    def all(self, texts: list[str], column: str, bad: Bad) -> list[T]:
        """What a column becomes; its wrong cells are noted in `bad`."""
        if len(self) > _MOST:  # a column of which most cells differ
            self.clear()
            self.wrong.clear()
        found = list(map(self.__getitem__, texts))
        if self.wrong:
            for number, text in enumerate(texts):
                if text in self.wrong:
                    bad.setdefault(number, (column, self.wrong[text]))
        return found
