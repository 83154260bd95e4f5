"""Segments: a SQL condition over the view `people`, read closely before anything runs it.

One place says which columns the view has and which functions a condition may use; `check`,
`segment run` and the engine that makes the view share it. What is run is the text that
`read_condition` gives back, written anew from what it understood: never the file's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.errors import ParseError
    from sqlglot.tokenizer_core import Token

MAX_TOKENS: Final = 400


class Column(NamedTuple):
    """A column of the view `people`: its type in DuckDB, and what it holds."""

    type: str
    about: str


PEOPLE_COLUMNS: Final[dict[str, Column]] = {
    "slug": Column("VARCHAR", "the record's file name without .md"),
    "name": Column("VARCHAR", "as in the record"),
    "kind": Column("VARCHAR", "person, organisation or bot"),
    "pronouns": Column("VARCHAR", "as in the record"),
    "location": Column("VARCHAR", "as in the record"),
    "timezone": Column("VARCHAR", "as in the record"),
    "languages": Column("VARCHAR[]", "as in the record"),
    "tags": Column("VARCHAR[]", "as in the record"),
    "identities": Column("VARCHAR[]", "network:handle each"),
    "networks": Column("VARCHAR[]", "the networks of the identities, each once"),
    "organisations": Column("VARCHAR[]", "slugs of the affiliations that have not ended"),
    "owner": Column("VARCHAR", "slug of who keeps the relationship"),
    "watchers": Column("VARCHAR[]", "slugs"),
    "staff": Column("BOOLEAN", "paid for it"),
    "visibility": Column("VARCHAR", "public, team or stewards"),
    "retain_until": Column("DATE", "as in the record"),
    "fields": Column("MAP(VARCHAR, VARCHAR)", "custom fields: fields['tshirt'] = 'M'"),
    "first_seen": Column("DATE", "day of the first activity, in the community's zone"),
    "last_seen": Column("DATE", "day of the last activity, in the community's zone"),
    "contributions": Column("BIGINT", "activities of that kind, all time"),
    "conversations": Column("BIGINT", "activities of that kind, all time"),
    "sources": Column("VARCHAR[]", "names of the sources with an activity of theirs"),
    "subprojects": Column("VARCHAR[]", "subprojects with an activity of theirs"),
    "level": Column("INTEGER", "orbit level, 1 (closest) to 4"),
}
_OF_SLUGS: Final = frozenset({"slug", "owner", "watchers", "organisations"})
FUNCTIONS: Final = frozenset(
    """abs cast ceil coalesce concat contains date_add date_diff date_part date_sub date_trunc
    datediff day ends_with extract floor greatest if ifnull least left len length list_contains
    list_has list_has_all list_has_any lower lcase map_contains month nullif prefix quarter
    regexp_matches replace right round starts_with strftime strip_accents substr substring suffix
    today trim try_cast ucase upper week year""".split()
)
"""What a condition may call, by DuckDB's names: nothing that reads a file or the machine, makes
more data than it is given, or answers otherwise tomorrow (`today()` is the day asked for)."""

_STATEMENTS: Final = frozenset(
    """alter analyze attach begin call checkpoint commit copy create delete detach drop execute
    explain export from import insert install load merge pivot pragma prepare reset rollback select
    set show summarize truncate unpivot update use vacuum values with""".split()
)
# Words that may stand before a bracket and call nothing.
_WORDS: Final = frozenset(
    "and any between by case else end ilike in interval is like not or similar then to when".split()
)
# What a condition may be made of, by sqlglot's names: operators, then what FUNCTIONS become.
_PARTS: Final = frozenset(
    """Add And Any Array ArrayContains ArrayContainsAll ArrayOverlaps Between Boolean Bracket Case
    Cast Column CurrentDate DPipe DataType DataTypeParam Div EQ Escape GT GTE ILike Identifier If
    In IntDiv Interval Is LT LTE Like Literal Mod Mul NEQ Neg Not Null NullSafeEQ NullSafeNEQ Or
    Paren RegexpLike SimilarTo Slice Sub TryCast Var
    Abs Anonymous Ceil Coalesce Concat Contains DateAdd DateDiff DateTrunc Day EndsWith Extract
    Floor Greatest Least Left Length Lower MapContainsKey Month Nullif Quarter Replace Right Round
    StartsWith Substring TimeToStr TimestampTrunc Trim TsOrDsAdd Upper Week Year""".split()
)
_OTHERS: Final = {
    "Dot": "a call behind a dot",
    "Exists": "a query of its own",
    "From": "a query of its own",
    "Lambda": "a function of its own",
    "Parameter": "a parameter",
    "Placeholder": "a parameter",
    "Select": "a query of its own",
    "Star": "'*'",
    "Subquery": "a query of its own",
    "Table": "a query of its own",
    "Union": "a query of its own",
    "Window": "a window (OVER)",
}
_ASK: Final = "ask for columns of people only"
_EXAMPLE: Final = "such as: kind = 'person' AND last_seen < current_date - INTERVAL 60 DAY"
_QUOTES: Final = "put text between '…'; a ' in it is written twice"


class Fault(NamedTuple):
    """What is wrong with a condition, and what to do about it."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read; it may be run if it has no faults.

    `tags` and `fields` are the names that it looks for in the columns of these names, `slugs`
    those in columns that hold slugs.
    """

    faults: tuple[Fault, ...] = ()
    tags: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    tree: exp.Expr | None = field(default=None, repr=False)

    def sql(self, today: date) -> str:
        """The condition in DuckDB's words, `current_date` being the day that it is asked for.

        Raises:
            ValueError: it has faults.

        """
        from sqlglot import exp

        if self.faults or self.tree is None:
            raise ValueError("a condition with faults cannot be run")
        day = exp.cast(exp.Literal.string(today.isoformat()), "date")
        dated = self.tree.transform(lambda n: day.copy() if isinstance(n, exp.CurrentDate) else n)
        return dated.sql(dialect="duckdb", comments=False)


@lru_cache(maxsize=256)
def read_condition(where: str) -> Condition:
    """Read the condition of a segment. Nothing is raised: what is wrong is in its `faults`."""
    from sqlglot.dialects.duckdb import DuckDB
    from sqlglot.errors import ParseError, TokenError
    from sqlglot.expressions import Condition as AnyCondition

    try:
        tokens = DuckDB().tokenize(where)
        if faults := tuple(_shape(tokens)):
            return Condition(faults)
        (tree,) = DuckDB().parse_into(AnyCondition, where)
        if tree is None:
            return Condition((Fault("is empty", _EXAMPLE),))
        calls = list(_calls(tokens))
        faults = (*(calls or _strange(tree)), *_columns(tree), *_answer(tree))
        tree.sql(dialect="duckdb")  # what is too deep to be written is too deep to be run
    except TokenError:
        return Condition((Fault("does not parse: a quote is not closed", _QUOTES),))
    except ParseError as error:
        return Condition((_unparsed(where, error),))
    except RecursionError:
        return Condition((Fault("is nested too deeply", "write it in fewer steps"),))
    return Condition(
        faults,
        _looked_for(tree, "tags"),
        _looked_for(tree, "fields"),
        _looked_for(tree, *_OF_SLUGS),
        tree,
    )


def with_slugs(where: str, new: Mapping[str, str]) -> str:
    """A condition that asks for other slugs; all else of its text stays.

    What stands beside another column too, such as a tag of the same name, is left as it is.

    >>> with_slugs("owner = 'ada' OR name = 'Ada'", {"ada": "countess"})
    "owner = 'countess' OR name = 'Ada'"
    """
    if not any(f"'{slug}'" in where for slug in new):
        return where
    from sqlglot.dialects.duckdb import DuckDB

    condition = read_condition(where)
    if condition.faults or condition.tree is None:
        return where
    others = _looked_for(condition.tree, *(PEOPLE_COLUMNS.keys() - _OF_SLUGS))
    meant = {f"'{slug}'" for slug in condition.slugs if slug in new and slug not in others}
    for token in reversed(DuckDB().tokenize(where)):
        if (text := where[token.start : token.end + 1]) in meant:
            where = f"{where[: token.start]}'{new[text[1:-1]]}'{where[token.end + 1 :]}"
    return where


def _shape(tokens: list[Token]) -> Iterator[Fault]:
    """What can be told before anything is parsed."""
    if not tokens:
        yield Fault("is empty", _EXAMPLE)
    elif len(tokens) > MAX_TOKENS:
        yield Fault(f"has {len(tokens)} words and signs, at most {MAX_TOKENS}", "make it simpler")
    elif tokens[0].text.lower() in _STATEMENTS:
        yield Fault(f"is a statement ({tokens[0].text.upper()}), not a condition", _EXAMPLE)
    elif any(token.token_type.name == "SEMICOLON" for token in tokens):
        yield Fault("is more than one condition: it holds a ';'", "join them by AND or OR")


def _calls(tokens: list[Token]) -> Iterator[Fault]:
    """The functions that are called and may not be, by the names that were written."""
    for token, following in pairwise(tokens):
        name = token.text.lower()
        if following.token_type.name != "L_PAREN" or not name.isidentifier():
            continue
        if token.token_type.name == "STRING" or name in FUNCTIONS or name in _WORDS:
            continue
        if name in _STATEMENTS or name == "exists":
            yield Fault("holds a query of its own, which a condition may not", _ASK)
        else:
            yield Fault(
                f"calls {name[:40]}(), which a condition may not",
                _guess(name, FUNCTIONS, "allowed: " + ", ".join(sorted(FUNCTIONS))),
            )


def _unparsed(where: str, error: ParseError) -> Fault:
    said = error.errors[0] if error.errors else {}
    line, word = said.get("line") or 1, said.get("highlight") or ""
    before = sum(len(text) + 1 for text in where.split("\n")[: line - 1])
    at = max(before + (said.get("col") or 1) - max(len(word), 1) + 1, 1)
    words = f" near {word[:40]!r}" if word else ""
    return Fault(f"does not parse: at character {at}{words}", _EXAMPLE)


def _columns(tree: exp.Expr) -> Iterator[Fault]:
    """Columns that are not there; each once."""
    from sqlglot.expressions import Column as AnyColumn

    faults = map(_column, tree.find_all(AnyColumn))
    yield from dict.fromkeys(fault for fault in faults if fault)


def _strange(tree: exp.Expr) -> Iterator[Fault]:
    """The first thing that is no part of a condition about one person."""
    for node in tree.walk():
        kind = type(node).__name__
        if kind not in _PARTS:
            what = _OTHERS.get(kind) or repr(node.sql(dialect="duckdb")[:40])
            yield Fault(f"holds {what}, which a condition may not", _ASK)
            return


def _column(node: exp.Column) -> Fault | None:
    """What is wrong with a column's name."""
    *table, name = (part.name for part in node.parts)
    if table and table[0].lower() in PEOPLE_COLUMNS:
        return Fault(f"asks for {table[0]}.{name}", f"write {table[0]}['{name}']")
    if table and [word.lower() for word in table] != ["people"]:
        return Fault(f"asks for a table {table[-1][:40]!r}", "there is one, called people")
    if name.lower() in PEOPLE_COLUMNS:
        return None
    hint = _guess(name.lower(), PEOPLE_COLUMNS, "columns: " + ", ".join(PEOPLE_COLUMNS))
    return Fault(f"asks for a column {name[:40]!r} that people does not have", hint)


def _answer(tree: exp.Expr) -> Iterator[Fault]:
    """A whole that can be neither true nor false."""
    kind = type(tree).__name__
    column = PEOPLE_COLUMNS.get(tree.name.lower()) if kind == "Column" else None
    if kind == "Literal" or (column and column.type != "BOOLEAN"):
        yield Fault("is neither true nor false", _EXAMPLE)


def _looked_for(tree: exp.Expr, *columns: str) -> tuple[str, ...]:
    """The texts that stand beside one of some columns in one comparison, call or bracket."""
    found = dict[str, None]()
    for node in tree.walk():
        if type(node).__name__ == "Column" and node.name.lower() in columns and node.parent:
            beside = node.parent.expressions or [node.parent.expression, node.parent.this]
            for each in beside:
                texts = each.expressions if type(each).__name__ == "Array" else [each]
                found |= {t.name: None for t in texts if type(t).__name__ == "Literal"}
    return tuple(name for name in found if not name.isdigit())


def _guess(name: str, known: Iterable[str], otherwise: str) -> str:
    close = get_close_matches(name[:60], list(known), n=1, cutoff=0.75)
    return f"did you mean {close[0]}?" if close else otherwise
