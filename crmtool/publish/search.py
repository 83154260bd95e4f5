"""What Material's search knows of our pages.

Its client puts titles, texts and tags into a page as HTML, so they are escaped here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from crmtool.publish.kit import Page
from crmtool.publish.words import clean, cut

_TITLE, _TEXT = 200, 600


def search_index(found: Mapping[str, Any], pages: Iterable[Page], homepage: str) -> bytes:
    """MkDocs' own index of the hand-written pages, and our pages after them.

    `homepage` is the path of the page whose parts MkDocs has indexed already.
    """
    docs = [*found["docs"], *(_entry(p) for p in pages if p.search and p.path != homepage)]
    index = {"config": found["config"], "docs": docs}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _entry(page: Page) -> dict[str, Any]:
    assert page.search is not None  # noqa: S101 (search_index asks for these alone)
    entry: dict[str, Any] = {
        "location": page.path,
        "title": _plain(page.search.title, _TITLE),
        "text": _plain(page.search.text, _TEXT),
    }
    if page.search.tags:
        entry["tags"] = [_plain(tag, _TITLE) for tag in page.search.tags]
    if page.section == "tags":
        entry["boost"] = 2  # the tag itself before all that carry it
    return entry


def _plain(text: str, length: int) -> str:
    # Quotation marks stay: `O'Brien` is to be found as it is typed.
    return escape(cut(clean(text), length), quote=False)
