"""How a table is written and what its columns mean: `format` and `map` of a `source.yml`.

A value of `map` is a template: text in which `{Column}` stands for what a row says there (of JSON,
`{user.login}` is a path). `{.file}` is the name of the row's file without its ending. Where a
column that it names is empty the value is left out; of a list of templates the first one counts
that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from crmtool.model.records import Audience, Closed, Listed
from crmtool.model.scalars import Count, Flag, Tag, Text, Zone, form

TABLES: Final = ("csv", "json", "jsonl")
"""The source types that a mapping describes."""
FILE: Final = ".file"
OTHERWISE: Final = "*"
_PART: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
_SIGNS: Final = {
    "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ",
    "double": '"', "single": "'", "none": "",
}  # fmt: skip
_DELIMITER: Final = r'(?:tab|comma|semicolon|pipe|space|[^"\u000a\u000d])'
_QUOTE: Final = r"(?:double|single|none|[^\u000a\u000d])"
_ENCODING: Final = (
    "(?:utf-8|utf-16|utf-32|ascii|latin-1|cp125[0-8]|iso-8859-(?:[1-9]|1[0134569])|koi8-[ru]"
    "|mac-roman|cp437|cp850|cp852|gb18030|big5|shift_jis|euc-jp|euc-kr)"
)
_TEMPLATE: Final = r"(?:[^{}]|\{\{|\}\}|\{[^{}]*[^{}\s][^{}]*\})*"
_SCALARS: Final = ["string", "number", "boolean"]


class Template(NamedTuple):
    """A template's words: a `%s` in `form` for each of the columns."""

    form: str
    columns: tuple[str, ...]


def template(text: str) -> Template:
    """Take a template apart.

    >>> template("meetup.com:{User ID}")
    Template(form='meetup.com:%s', columns=('User ID',))

    Raises:
        ValueError: a brace has no partner, or nothing stands between the two.

    """
    words, columns = [], []
    for part in _PART.finditer(text):
        word = part[0]
        if word in ("{{", "}}"):
            words.append(word[0])
        elif part[1] is not None and part[1].strip():
            columns.append(part[1].strip())
            words.append("%s")
        elif word in ("{", "}", "{}") or part[1] is not None:
            raise ValueError(_BRACE)
        else:
            words.append(word.replace("%", "%%"))
    return Template("".join(words), tuple(columns))


def _check_template(text: str) -> str:
    template(text)
    return text


def _as_list(value: object) -> object:
    """One template or a list of them; a brace that YAML took for its own says so."""
    if isinstance(value, dict):
        raise ValueError('is not text: put it between quotes, such as "{Name}"')  # noqa: TRY004
    return value if isinstance(value, list) else [value]


def _fits(pattern: str, what: str) -> AfterValidator:
    """Text of a form, refused in words of ours."""
    compiled = re.compile(rf"{pattern}\Z")

    def check(value: str) -> str:
        if not compiled.match(value):
            raise ValueError(what)
        return value

    return AfterValidator(check)


_NO_DELIMITER: Final = "is not a delimiter: one character, or tab, semicolon, pipe, space"
_NO_QUOTE: Final = "is not a quote: one character, or double, single, none"
_NO_ENCODING: Final = "is not an encoding: utf-8, utf-16, cp1252, latin-1 and such"
_BRACE: Final = "has a brace that names no column; write {{ or }} for a brace itself"
Delimiter = Annotated[str, _fits(_DELIMITER, _NO_DELIMITER), form(_DELIMITER, _NO_DELIMITER)]
Quote = Annotated[str, _fits(_QUOTE, _NO_QUOTE), form(_QUOTE, _NO_QUOTE)]
Encoding = Annotated[str, _fits(_ENCODING, _NO_ENCODING), form(_ENCODING, _NO_ENCODING)]
Says = Annotated[
    str,
    Field(max_length=1000),
    WithJsonSchema({"type": _SCALARS, "maxLength": 1000}),
]
Templated = Annotated[
    str,
    AfterValidator(_check_template),
    Field(max_length=1000),
    form(_TEMPLATE, _BRACE, type=_SCALARS, maxLength=1000),
]
Choice = Annotated[
    list[Templated],
    BeforeValidator(_as_list, json_schema_input_type=Templated | list[Templated]),
    Field(max_length=20),
]
"""A template, or several of which the first one counts that is not left out."""
Words = Annotated[
    Listed[Says], BeforeValidator(_as_list, json_schema_input_type=Says | Listed[Says])
]


class Format(Closed):
    """How a file is written."""

    encoding: Encoding = "utf-8"
    """How its letters are written. A byte order mark does no harm."""
    delimiter: Delimiter | None = None
    """What separates cells: one character, or tab, semicolon, pipe; else a comma, of .tsv a tab."""
    quote: Quote = "double"
    """What stands around cells that hold a delimiter: one character, or none."""
    header: Count = 1
    """The line with the columns' names; 0: there is none, and `columns` names them."""
    columns: Listed[Text] = []
    """Names for the columns, in place of the header's; without a header else their numbers."""
    each: Text | None = None
    """Of JSON, the path to the list of rows."""
    dates: Text = "iso"
    """`iso`, `unix`, `unix-ms`, or a form such as %d/%m/%Y %H:%M."""
    timezone: Zone | None = None
    """Of dates that name none; else the community's."""
    bad_rows: Literal["refuse", "skip"] = "refuse"
    """What to do with a file that has rows of another shape than its header."""

    def signs(self, otherwise: str) -> tuple[str, str]:
        """The delimiter, and the quote (empty: none), as they stand in the file."""
        delimiter = self.delimiter or otherwise
        return _SIGNS.get(delimiter, delimiter), _SIGNS.get(self.quote, self.quote)


class ActivityMap(Closed):
    """What a row says of something that somebody did."""

    id: Choice = []
    """The platform's own id; an address in it is kept as a keyed hash only."""
    id_from: Listed[Text] = []
    """The columns that tell one row from all others, where no column is an id."""
    type: Choice
    """From the vocabulary of activities."""
    at: Choice = []
    """When, as `format.dates` says; empty: undated."""
    actor: Choice = []
    """Who, as network:handle; `email:{E-mail}` becomes what the policy keeps."""
    uid: Choice = []
    """The actor's number on the network, which no other account ever gets."""
    channel: Choice = []
    """Where: a list, a category, a room."""
    thread: Choice = []
    """The id of the activity that began the conversation."""
    reply_to: Choice = []
    """The id of the activity that this one answers."""
    title: Choice = []
    """What it is called, at most 200 characters."""
    text: Choice = []
    """What was said, as much of it as `privacy.text` allows."""
    url: Choice = []
    """Where it can be seen."""


class ProfileMap(Closed):
    """What a row says of somebody."""

    identity: Choice = []
    """Of whom; else the activity's actor."""
    uid: Choice = []
    """The account's number on the network."""
    kind: Literal["person", "organisation", "bot"] = "person"
    """Who stands behind the accounts of this table."""
    name: Choice = []
    """The name that they are called by."""
    company: Choice = []
    """Whom they work for, as they say."""
    location: Choice = []
    """Where they live, as they say."""
    bio: Choice = []
    """What they say of themselves."""
    email: Choice = []
    """Their address, of which `privacy.emails` decides what is kept."""
    links: Choice = []
    """Their pages: all of them, a cell may hold several with commas between."""
    languages: Choice = []
    """What they write code in: all of them."""
    same_as: Choice = []
    """Other accounts that the platform says are theirs: all of them."""
    consent: Choice = []
    """With it, only rows with a yes are taken."""
    create: Flag = False
    """Make a record of whoever is named, whatever they did."""


class NoteMap(Closed):
    """What a row says that the project should remember of somebody."""

    kind: Literal["usage"] = "usage"
    """The kind of note that it becomes."""
    date: Choice
    """The day of the note; one for each of them, and each environment."""
    body: Choice = []
    """The note's text."""
    environment: Choice = []
    """production or development."""
    plan: Choice = []
    """What they have subscribed to."""
    metrics: dict[Text, Choice] = {}
    """Figures by name."""
    tags: Listed[Tag] = []
    """Tags of `tags.yml` that every note gets."""
    visibility: Audience | None = None
    """How far the notes may travel; team unless said."""


class Mapping(Closed):
    """What the rows of a table become."""

    only: dict[Text, Words] = {}
    """By column, the words whose rows are taken; case does not matter."""
    skip: dict[Text, Words] = {}
    """By column, the words whose rows are left out."""
    values: dict[Text, dict[Says, Says]] = {}
    """By column: what is taken for what a row says; `*` for all else."""
    activity: ActivityMap | None = None
    """Something that somebody did."""
    profile: ProfileMap | None = None
    """Somebody."""
    note: NoteMap | None = None
    """A usage note."""

    def columns(self) -> set[str]:
        """The columns that any of it names."""
        return {*self.only, *self.skip, *self.values, *self._mapped()} - {FILE}

    def _mapped(self) -> Iterator[str]:
        for part in (self.activity, self.profile, self.note):
            values = dict(part) if part else {}
            yield from values.get("id_from", ())
            choices = [*values.items(), *values.get("metrics", {}).items()]
            for key, choice in choices:
                if isinstance(choice, list) and key not in ("id_from", "tags"):
                    yield from (column for text in choice for column in template(text).columns)
