"""Files repaired: what is done, and the laws that hold whatever a file looks like."""

from __future__ import annotations

import os
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from crmtool.model.config import Config, Source, Tags
from crmtool.model.records import Note, Person, Task
from crmtool.text.ambiguous import is_agreed, is_ambiguous
from crmtool.text.formatting import formatted
from crmtool.text.original import SpliceError
from crmtool.text.render import record
from tests.text.yaml_texts import SMALL, Text, around, read, texts

laws = settings(
    # FORMATTING_EXAMPLES=3000 for a thorough run.
    max_examples=int(os.environ.get("FORMATTING_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SORTED = {"tags", "watchers", "aliases", "not_same_as", "not_identities"}


def person(block: str) -> str:
    """A block, formatted as a person's."""
    text = f"---\n{block}---\n"
    after, _ = formatted(text, Person, yml=False)
    assert after.startswith("---\n")
    assert after.endswith("---\n")
    return after[4:-4]


# --- what is done ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # keys stand in the format's order, with their comments and with what is below them
        ("tags: [a]\nname: Ada\n", "name: Ada\ntags: [a]\n"),
        ("staff: true  # paid\n# as she says\nname: Ada\n", "# as she says\nname: Ada\nstaff: true  # paid\n"),
        ("tags:\n  - a\n  # more to come\nname: Ada\n", "name: Ada\ntags:\n  - a\n  # more to come\n"),
        ("staff: true\n\n# who\nname: Ada\n", "# who\nname: Ada\n\nstaff: true\n"),
        ("# yaml-language-server: $schema=x.json\n# paid\nstaff: true\nname: Ada\n",
         "# yaml-language-server: $schema=x.json\nname: Ada\n# paid\nstaff: true\n"),
        ("contact:\n  phone: 1-2\n  email: a@b.example\n", "contact:\n  email: a@b.example\n  phone: 1-2\n"),
        ("contact: {phone: 1-2, email: a@b.example}\n", "contact: {email: a@b.example, phone: 1-2}\n"),
        ("affiliations:\n  - role: Engineer\n    organisation: acme\n",
         "affiliations:\n  - organisation: acme\n    role: Engineer\n"),
        ("location: |\n  London\n\n  Leeds\n\nname: Ada\n", "name: Ada\n\nlocation: |\n  London\n\n  Leeds\n"),
        # an unknown key stays where somebody put it
        ("pronoun: she\nname: Ada\nx: 1-2\nkind: bot\n", "pronoun: she\nname: Ada\nx: 1-2\nkind: bot\n"),
        ("kind: bot\nx: 1-2\nname: Ada\n", "name: Ada\nkind: bot\nx: 1-2\n"),
        # lists in which order means nothing are sorted, others are not
        ("tags: [b, a]\n", "tags: [a, b]\n"),
        ("tags: [b,\n  a]\n", "tags: [a,\n  b]\n"),
        ("tags:\n- b  # why\n# for talks\n- a\n", "tags:\n# for talks\n- a\n- b  # why\n"),
        ("languages: [rust, python]\n", "languages: [rust, python]\n"),
        ("identities:\n  - github:b\n  - github:a\n", "identities:\n  - github:b\n  - github:a\n"),
        # a comment between brackets would not know whose it is
        ("tags: [b,  # why\n  a]\n", "tags: [b,  # why\n  a]\n"),
        # what another reader would take for something else has quotes
        ("name: NO\n", 'name: "NO"\n'),
        ("name: 12:30\n", 'name: "12:30"\n'),
        ("name: 01234\n", 'name: "01234"\n'),
        ("name: 2001-02-03\n", 'name: "2001-02-03"\n'),
        ("name: 'NO'\n", "name: 'NO'\n"),
        ("tags: [2024, no]\n", 'tags: ["2024", "no"]\n'),
        ("fields: {on: x}\n", 'fields: {"on": x}\n'),
        ("fields: {no: x}\n", 'fields: {"no": x}\n'),
        ("consent:\n  on: 2026-02-01\n  contact: true\n", "consent:\n  contact: true\n  on: 2026-02-01\n"),
        ("staff: true\nretain_until: 2029-02-01\n", "staff: true\nretain_until: 2029-02-01\n"),
        ("affiliations:\n  - organisation: x\n    from: 2024-01\n    to: 2024-06-30\n",
         "affiliations:\n  - organisation: x\n    from: 2024-01\n    to: 2024-06-30\n"),
        # a custom field may be a number, a truth value or a date, as all readers agree
        ("fields: {seats: 12, zip: 01234, since: 2024-01-01, bad: 2024-02-31, at: 12:30, ok: true, no: NO}\n",
         'fields: {seats: 12, zip: "01234", since: 2024-01-01, bad: "2024-02-31", at: "12:30", ok: true, "no": "NO"}\n'),
        ("pronouns: ~\nlocation: null\n", "pronouns: ~\nlocation: null\n"),
        # blanks
        ("name:   Ada \t\n", "name: Ada\n"),
        ("name : Ada\n", "name: Ada\n"),
        ("tags: [ a ,b  ,c, ]\n", "tags: [a, b, c]\n"),
        ("contact: { email:  a@b.example }\n", "contact: {email: a@b.example}\n"),
        ("tags:\n  -   a\n", "tags:\n  - a\n"),
        ("location: |\n  two blanks  \n", "location: |\n  two blanks  \n"),
        ("name: Ada    # of old\n", "name: Ada    # of old\n"),
        ("contact: {phone: , email: a@b.example}\n", "contact: {phone: , email: a@b.example}\n"),
        ("name: e\u0301\n", "name: é\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_block_is_repaired(before: str, after: str) -> None:
    assert person(before) == after
    assert person(after) == after


@pytest.mark.parametrize(
    ("before", "after", "repairs"),
    [
        ("---\r\nname: Ada\r\n---\r\nHi  \r\nyou\r\n", "---\nname: Ada\n---\nHi  \nyou\n", ("line ends",)),
        ("\ufeff---\nname: Ada\n---\n", "---\nname: Ada\n---\n", ("byte order mark",)),
        ("--- \nname: Ada\n---\t\nHi", "---\nname: Ada\n---\nHi\n", ("end of file",)),
        ("---\nname: Ada\n---\nHi\n\n\n", "---\nname: Ada\n---\nHi\n", ("end of file",)),
        ("---\nname: Ada\n---", "---\nname: Ada\n---\n", ("end of file",)),
        ("---\nname: Ada\n---\n \n\n", "---\nname: Ada\n---\n", ("end of file",)),
        ("---\nname: Ada\n---\n\n# A\n\n\ttab \n", "---\nname: Ada\n---\n\n# A\n\n\ttab \n", ()),
        ("---\nname: Ada\n---\ne\u0301\n", "---\nname: Ada\n---\né\n", ("normal form",)),
        ("---\ntags: [ b, a]\nname: NO\n---\n", '---\nname: "NO"\ntags: [a, b]\n---\n', ("blanks", "quotes", "order")),
    ],
)  # fmt: skip
def test_a_file_is_repaired_and_what_was_is_told(
    before: str, after: str, repairs: tuple[str, ...]
) -> None:
    assert formatted(before, Person, yml=False) == (after, repairs)
    assert formatted(after, Person, yml=False) == (after, ())


@pytest.mark.parametrize(
    ("model", "before", "after"),
    [
        (Tags, "segments: {}\ntags:\n  b: {applies_to: [note], about: x}\n  a: {about: z}\n",
         "tags:\n  b: {about: x, applies_to: [note]}\n  a: {about: z}\nsegments: {}\n"),
        (Config, "# Ours\n\nteam: [b, a]\ncommunity: {timezone: UTC, name: 2026}",
         '# Ours\n\ncommunity: {name: "2026", timezone: UTC}\nteam: [b, a]\n'),
        (Source, "target: ../x\ntype: git\nbudget: 100\nweights: {commit: 1.5}\n",
         "type: git\ntarget: ../x\nweights: {commit: 1.5}\nbudget: 100\n"),
    ],
)  # fmt: skip
def test_settings_are_repaired(model: type[BaseModel], before: str, after: str) -> None:
    assert formatted(before, model, yml=True)[0] == after
    assert formatted(after, model, yml=True) == (after, ())


@pytest.mark.parametrize(
    "text", ["name: Ada\n", "---\nname: Ada\n", "---\nname: [\n---\n", "---\na: 1\na: 2\n---\n", "---\nname: &a x\n---\n"]
)  # fmt: skip
def test_what_cannot_be_read_is_not_touched(text: str) -> None:
    with pytest.raises(SpliceError):
        formatted(text, Person, yml=False)


def test_a_letter_whose_normal_form_is_punctuation_stays_where_that_would_break_the_text() -> None:
    kelvin, grave = "\u212a", "\u1fef"
    assert person(f"name: {kelvin}\n") == "name: K\n"
    assert person(f"name: {grave}x\n") == f"name: {grave}x\n"


# --- laws -----------------------------------------------------------------------------------------


def plain(value: Any, name: str = "") -> Any:
    """A value without what formatting may change: normal form, and the order of some lists."""
    if isinstance(value, dict):
        return {plain(key): plain(item, key) for key, item in value.items()}
    if isinstance(value, list):
        items = [plain(item) for item in value]
        return sorted(items, key=repr) if name in SORTED else items
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def words(line: str) -> list[str]:
    """The letters of a line before its comment, in any order, without what formatting adds."""
    return sorted(
        unicodedata.normalize("NFC", line.partition("# c")[0].strip("\ufeff")).translate(
            dict.fromkeys(map(ord, " \t\"',-\r"))
        )
    )


@laws
@given(texts())
def test_it_says_the_same(text: Text) -> None:
    after, _ = formatted(text.text, Person, yml=text.yml)
    assert plain(read(after, yml=text.yml)) == plain(text.data)
    if not text.yml:
        body = around(text.text, yml=False)[1].partition("\n")[2].replace("\r\n", "\n")
        assert around(after, yml=False)[1].partition("\n")[2].rstrip("\n") == body.rstrip("\n")


@laws
@given(texts())
def test_once_is_enough(text: Text) -> None:
    after, _ = formatted(text.text, Person, yml=text.yml)
    assert formatted(after, Person, yml=text.yml) == (after, ())


@laws
@given(texts())
def test_nothing_is_told_where_nothing_is_done(text: Text) -> None:
    after, repairs = formatted(text.text, Person, yml=text.yml)
    assert bool(repairs) == (after != text.text)


@laws
@given(texts())
def test_comments_stay_behind_what_they_stood_behind(text: Text) -> None:
    after, _ = formatted(text.text, Person, yml=text.yml)
    assert text.kept(after) == text.comments.keys()
    assert after.count("# c") == text.text.count("# c")
    for comment in text.comments:
        before = next(line for line in text.text.split("\n") if comment in line)
        now = next(line for line in after.split("\n") if comment in line)
        assert words(now.partition(comment)[0]) == words(before.partition(comment)[0])


@laws
@given(texts())
def test_it_leaves_lf_one_final_newline_and_the_normal_form(text: Text) -> None:
    after, _ = formatted(text.text, Person, yml=text.yml)
    assert "\r" not in after.replace("# c999\r", "")
    assert not after.startswith("\ufeff")
    assert after.endswith("\n") or not after
    assert unicodedata.is_normalized("NFC", after)


@laws
@given(st.dictionaries(st.sampled_from(list(Person.model_fields)), SMALL, max_size=6))
def test_what_we_write_ourselves_lacks_order_and_quotes_at_most(values: dict[str, Any]) -> None:
    ordered = {name: values[name] for name in Person.model_fields if name in values}
    _, repairs = formatted(record(ordered), Person, yml=False)
    assert {*repairs} <= {"order", "quotes", "normal form"}


@pytest.mark.parametrize("word", ["1_000", "0x1F", "0b1", "0o7", "1:30:45", "1e3", ".5", "+1", ".inf", "-.INF", ".NaN", "yes", "Off", "y", "=", "<<", "2024-1-1", "2024-01-01 10:00:00", "2024-01-01T10:00:00Z", "~", "NULL"])  # fmt: skip
def test_words_that_some_reader_takes_otherwise(word: str) -> None:
    assert is_ambiguous(word)
    assert not is_agreed(word)


@pytest.mark.parametrize("word", ["Ada", "nope", "a:1", "1a", "v1.2.3", "1.2.3", "2024-01", "-", "+", ".", "e3", "0xg", "x=", "Norway", "github:ada", "12:30pm"])  # fmt: skip
def test_words_that_are_text_to_everybody(word: str) -> None:
    assert not is_ambiguous(word)


@pytest.mark.parametrize("model", [Person, Note, Task])
def test_every_key_keeps_its_place(model: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in model.model_fields.items()]
    block = "".join(f"{key}: x\n" for key in keys)
    turned = "".join(f"{key}: x\n" for key in reversed(keys))
    assert formatted(f"---\n{turned}---\n", model, yml=False)[0] == f"---\n{block}---\n"


@pytest.mark.parametrize(
    "block",
    [
        "name:\n" + " " * 19_000 + "a\n",
        "name: a" + " \t" * 9_000 + "\n",
        "tags: [" + ", ".join(f"t{9999 - n}" for n in range(2_000)) + "]\n",
        "tags:\n" + "".join(f"# c\n- t{9999 - n}\n" for n in range(2_000)),
        "# c\n" * 15_000 + "staff: true\nname: a\n",
        "name: " + "1_" * 9_000 + "\n",
        "name: a\n" + "\n" * 60_000,
    ],
)
def test_no_block_takes_long(block: str) -> None:
    begun = time.process_time()
    after = person(block)
    assert person(after) == after
    assert time.process_time() - begun < 1
