"""Conditions of segments: which are taken, which are not and why; what is taken, DuckDB runs."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.model.segment import FUNCTIONS, PEOPLE_COLUMNS, read_condition, with_slugs

TODAY = date(2026, 11, 22)
GOOD = [
    "staff",
    "NOT staff AND kind = 'person'",
    "name LIKE 'A%' OR name = 'O''Neil'",
    "people.name ILIKE 'a%' AND Name <> 'x'",
    "list_contains(tags, 'maintainer') AND last_seen < current_date - INTERVAL 60 DAY",
    "owner IS NULL AND contributions >= 10",
    "level <= 2 AND 'speaker' IN tags",
    "fields['tshirt'] = 'M'",
    "last_seen BETWEEN DATE '2026-01-01' AND '2026-06-30'",
    "'rust' = ANY(languages) OR languages @> ['python']",
    "CASE WHEN staff THEN false ELSE contributions::BIGINT % 2 = 0 END",
    "name IN ('Ada', 'Grace') AND NOT (location IS NOT NULL)",
    "name = 'Ada' -- the first",
    "EXTRACT('month' FROM last_seen) BETWEEN 1 AND 3",
    "name SIMILAR TO 'A.*'",
]
# One call of every function that is allowed.
CALLS = (
    """
abs(contributions) = 1|cast(contributions AS VARCHAR) = '1'|ceil(contributions) = 1
coalesce(owner, '') = ''|concat(name, 'x') = 'x'|contains(name, 'x')
date_add(last_seen, INTERVAL 1 DAY) < current_date|date_diff('day', first_seen, last_seen) > 3
date_part('year', first_seen) = 2026|date_sub('day', first_seen, last_seen) > 3
date_trunc('month', first_seen) = '2026-01-01'|datediff('day', first_seen, last_seen) > 3
day(first_seen) = 1|ends_with(name, 'x')|extract(year FROM first_seen) = 2026
floor(contributions) = 1|greatest(first_seen, last_seen) = current_date|if(staff, true, false)
ifnull(owner, '') = ''|least(contributions, 3) = 3|left(name, 1) = 'A'|len(tags) = 2
length(name) = 2|list_contains(tags, 'x')|list_has(tags, 'x')|list_has_all(tags, ['x'])
list_has_any(tags, ['x', 'y'])|lower(name) = 'ada'|lcase(name) = 'ada'
map_contains(fields, 'tshirt')|month(first_seen) = 1|nullif(owner, '') IS NULL
prefix(name, 'A')|quarter(first_seen) = 1|regexp_matches(name, '^A')
replace(name, 'a', 'b') = 'b'|right(name, 1) = 'a'|round(contributions) = 1
starts_with(name, 'A')|strftime(first_seen, '%Y') = '2026'|strip_accents(name) = 'Ada'
substr(name, 1, 1) = 'A'|substring(name, 1, 1) = 'A'|suffix(name, 'a')
last_seen > today() - 30|trim(name) = 'Ada'|try_cast(name AS INTEGER) = 1|ucase(name) = 'ADA'
upper(name) = 'ADA'|week(first_seen) = 1|year(first_seen) = 2026
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

# (condition, part of the message, part of the hint)
BAD = [
    ("", "is empty", "such as"),
    ("  -- nothing", "is empty", "such as"),
    ("name = 'Ada", "a quote is not closed", "between '…'"),
    ("name = 'Ada' AND", "does not parse: at character 14 near 'AND'", ""),
    ("name = 'a' ORDER BY name", "does not parse: at character 12 near 'ORDER BY'", ""),
    ("name =\n= 'a'", "does not parse: at character 8", ""),
    ("name = 'a' LIMIT 1", "does not parse", ""),
    ("name = 'a' UNION SELECT 1", "does not parse", ""),
    ("1=1; DROP TABLE people", "more than one condition", "AND"),
    ("true;", "more than one condition", "AND"),
    ("COPY people TO '/tmp/x'", "is a statement (COPY)", ""),
    ("SELECT 1", "is a statement (SELECT)", ""),
    ("from people", "is a statement (FROM)", ""),
    ("SET threads = 1", "is a statement (SET)", ""),
    ("name IN (SELECT * FROM '/etc/passwd')", "a query of its own", ""),
    ("name IN (FROM people)", "a query of its own", ""),
    ("name = (VALUES (1))", "a query of its own", ""),
    ("exists(SELECT 1)", "a query of its own", ""),
    ("getenv('CRMTOOL_KEY') IS NOT NULL", "calls getenv()", "allowed: abs,"),
    ("\"getenv\" ('X') = 'y'", "calls getenv()", ""),
    ("'X'.getenv() = 'y'", "calls getenv()", ""),
    ("read_text('/etc/passwd') = ''", "calls read_text()", ""),
    ("length(repeat('a', 2000000000)) > 0", "calls repeat()", ""),
    ("count(*) > 2", "calls count()", ""),
    ("lowwer(name) = 'ada'", "calls lowwer()", "did you mean lower?"),
    ("row_number() OVER () = 1", "calls row_number()", ""),
    ("random() > 0.5", "calls random()", ""),
    ("COLUMNS('.*') = 1", "calls columns()", ""),
    ("current_timestamp > last_seen", "holds 'CURRENT_TIMESTAMP'", "columns"),
    ("current_user = 'x'", "holds 'CURRENT_USER", ""),
    ("name = ?", "holds a parameter", ""),
    ("name = $1", "holds a parameter", ""),
    ("#1 = 'x'", "holds '#1'", ""),
    ("*", "holds '*'", ""),
    ("name.lower() = 'x'", "a call behind a dot", ""),
    ("no_such_column = 1", "a column 'no_such_column' that people does not have", "columns: slug,"),
    ("last_sen < current_date", "a column 'last_sen'", "did you mean last_seen?"),
    ("activities.id = 'x'", "a table 'activities'", "called people"),
    ("fields.tshirt = 'M'", "asks for fields.tshirt", "fields['tshirt']"),
    ("name", "neither true nor false", ""),
    ("'name'", "neither true nor false", ""),
    ("(" * 2000, "2000 words and signs", ""),
    ("NOT " * 390 + "staff", "nested too deeply", ""),
    ("[" * 190 + "]" * 190, "nested too deeply", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    columns = ", ".join(f"{name} {column.type}" for name, column in PEOPLE_COLUMNS.items())
    database = duckdb.connect(config={"enable_external_access": False})
    database.execute(f"CREATE TABLE people ({columns})")
    return database


@pytest.mark.parametrize("where", GOOD + CALLS)
def test_what_is_taken_duckdb_can_run(where: str, database: duckdb.DuckDBPyConnection) -> None:
    condition = read_condition(where)
    assert condition.faults == ()
    query = f"SELECT slug FROM people WHERE {condition.sql(TODAY)}"  # noqa: S608
    assert database.execute(query).fetchall() == []


def test_every_allowed_function_is_called_above() -> None:
    assert {call.partition("(")[0].rpartition(" ")[2] for call in CALLS} == FUNCTIONS


@pytest.mark.parametrize(("where", "message", "hint"), BAD, ids=[row[0][:40] for row in BAD])
def test_what_is_not_taken_says_why(where: str, message: str, hint: str) -> None:
    condition = read_condition(where)
    first = condition.faults[0]
    assert message in first.message
    assert hint in first.hint
    with pytest.raises(ValueError, match="faults"):
        condition.sql(TODAY)


def test_every_fault_is_told_at_once() -> None:
    condition = read_condition("nam = 'x' AND ownr IS NULL AND nam = 'y'")
    assert [f.hint for f in condition.faults] == ["did you mean name?", "did you mean owner?"]


def test_the_day_asked_for_is_today() -> None:
    sql = read_condition("last_seen < current_date - 30 OR first_seen = today()").sql(TODAY)
    assert sql.count("CAST('2026-11-22' AS DATE)") == 2


def test_the_text_that_is_run_is_written_anew() -> None:
    assert read_condition("name = 'x' /* ; */ -- y").sql(TODAY) == "name = 'x'"


def test_the_tags_and_fields_that_are_asked_for_are_told() -> None:
    condition = read_condition(
        "list_contains(tags, 'a') AND ('b' IN tags OR list_has_any(tags, ['c', 'd']))"
        " AND fields['tshirt'] = 'M' AND map_contains(fields, 'word') AND name = 'e'"
    )
    assert sorted(condition.tags) == ["a", "b", "c", "d"]
    assert sorted(condition.fields) == ["tshirt", "word"]


WORDS = (
    "name tags staff ( ) [ ] ' '' \" , ; = < - -> :: . * AND NOT IN SELECT lower( 1 $ ? : {".split()
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30))
def test_no_text_crashes_the_reader(where: str) -> None:
    condition = read_condition(where)
    assert condition.faults or condition.sql(TODAY)


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("slug = 'ada'", "slug = 'countess'"),
        ("'ada'=owner  -- hers", "'countess'=owner  -- hers"),
        ("name = 'Žofie 🐦' AND slug IN ('x', 'ada')", "name = 'Žofie 🐦' AND slug IN ('x', 'countess')"),
        ("list_contains(watchers, 'ada')", "list_contains(watchers, 'countess')"),
        ("list_has_any(organisations, ['ada'])", "list_has_any(organisations, ['countess'])"),
        ("lower(slug) = 'ada'", "lower(slug) = 'ada'"),
        ("list_contains(tags, 'ada')", "list_contains(tags, 'ada')"),
        ("slug = 'ada' OR list_contains(tags, 'ada')", "slug = 'ada' OR list_contains(tags, 'ada')"),
        ("slug = 'ada' OR location = 'it''s ''ada'''", "slug = 'countess' OR location = 'it''s ''ada'''"),
        ("slug = 'adam'", "slug = 'adam'"),
        ("slug = 'ada", "slug = 'ada"),
    ],
)  # fmt: skip
def test_another_slug_in_a_condition(where: str, after: str) -> None:
    assert with_slugs(where, {"ada": "countess"}) == after
