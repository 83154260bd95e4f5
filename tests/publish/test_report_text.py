"""A report in a terminal and as Markdown."""

from __future__ import annotations

from crmtool.model.figures import Figure, Moment, Report, Share
from crmtool.publish.report_text import as_markdown, as_text

REPORT = Report(
    month="2026-10",
    subproject=None,
    complete=True,
    figures=(
        Figure("contributors", "Contributors", "people", "", 12, 9, 15),
        Figure("staff_share", "Share of staff", "share", "", 0.25, 0.2, None),
        Figure("first_response", "First response", "hours", "", None, 3.5, None),
    ),
    people=(Share("ada", 7, 2, 1), Share("~1", 3, 0, 1)),
    newcomers=(Moment("2026-10-03T10:00:00Z", "core-git", "commit", "ada", "Mend <the> engine"),),
)
NAMES = {"ada": "Ada | Lovelace"}

TEXT = """\
2026-10

                         month before   year before
  Contributors     12          9 (+3)       15 (−3)
  Share of staff  25%  20% (+5 points)
  First response    –

Who contributed
                  contributions  conversations  people
  Ada | Lovelace              7              2       1
  somebody                    3              0       1

New this month
  Ada | Lovelace, commit: Mend <the> engine"""


def test_text_aligns_values_with_what_they_are_compared_to() -> None:
    assert [" ".join(line.split()) for line in as_text(REPORT, NAMES).splitlines()] == [
        " ".join(line.split()) for line in TEXT.splitlines()
    ]


def test_markdown_shows_hostile_names_as_they_are() -> None:
    text = as_markdown(REPORT, NAMES)
    assert "| Ada \\| Lovelace | 7 | 2 | 1 |" in text
    assert "- Ada \\| Lovelace, commit: Mend \\<the\\> engine" in text


def test_who_may_not_be_named_is_somebody() -> None:
    assert "~1" not in as_text(REPORT, NAMES)
    assert "somebody" in as_text(REPORT, NAMES)


def test_a_month_that_is_not_over_says_so() -> None:
    report = Report("2026-11", "server", complete=False, figures=())
    assert as_text(report, {}).startswith("2026-11, server (so far)")
