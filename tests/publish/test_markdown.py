from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.publish.markdown import LIMIT, Linked, Markdown, excerpt, heading, is_web

KNOWN = {"ada": Linked("Ada <i>Lovelace</i>", "../people/ada.html")}
MARKDOWN = Markdown(KNOWN.get)


def html(body: str) -> str:
    return str(MARKDOWN.html(body))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("one *two*", '<p dir="auto">one <em>two</em></p>'),
        ("# Top", '<h3 dir="auto">Top</h3>'),
        ("###### Low", '<h6 dir="auto">Low</h6>'),
        ("<b>x</b>", '<p dir="auto">&lt;b&gt;x&lt;/b&gt;</p>'),
        ("![a pixel](https://t.example/p.png)", '<p dir="auto">a pixel</p>'),
        ("[[nobody]]", '<p dir="auto">nobody</p>'),
        ("`[[ada]]`", '<p dir="auto"><code>[[ada]]</code></p>'),
        ("{{ 7*7 }}", '<p dir="auto">{{ 7*7 }}</p>'),
        ("a\u202eb\x1b[1m", '<p dir="auto">ab[1m</p>'),
    ],
)
def test_what_is_shown(body: str, shown: str) -> None:
    assert html(body).strip() == shown


@pytest.mark.parametrize("link", ["[[ada]]", "[[ Ada ]]", "[[ada|whoever]]"])
def test_a_link_to_somebody(link: str) -> None:
    assert '<a href="../people/ada.html"' in html(link)
    assert ">Ada &lt;i&gt;Lovelace&lt;/i&gt;</a>" in html(link)


@pytest.mark.parametrize(
    "body",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](../../../etc/passwd)",
        "[x](/etc/passwd)",
        "[x](//evil.example)",
        "[x](#anchor)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "[x](https:evil.example)",
    ],
)
def test_links_that_lead_nowhere(body: str) -> None:
    assert "href" not in html(body)


@pytest.mark.parametrize("url", ["https://example.org/a?b=1#c", "mailto:a@example.org"])
def test_links_that_are_fine(url: str) -> None:
    assert f'href="{url}" rel="noopener noreferrer nofollow"' in html(f"[x]({url})")


def test_a_links_title_is_left_out() -> None:
    shown = html('[l](https://example.org "<img src=x onerror=alert(1)>")')
    assert "title" not in shown
    assert ">l</a>" in shown


def test_checkboxes() -> None:
    shown = html("- [ ] one\n- [x] two\n- [y] three\n")
    assert shown.count("crm-check--todo") == 1
    assert shown.count("crm-check--done") == 1
    assert "[y] three" in shown


def test_nobody_writes_our_classes_themselves() -> None:
    assert "<span" not in html('<span class="crm-check">x</span>')


PIECES = st.sampled_from(
    ["<", ">", '"', "'", "script", "img", "onerror=x", "[", "]", "(", ")", "[[", "]]", "ada", "`",
     "javascript:", "https://", "\n", "\n\n", "- ", "> ", "# ", "|", "&lt;", "\\", "*", "!", "://"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_element_comes_of_anything_that_is_not_markdown(body: str) -> None:
    shown = html(body)
    assert not re.search(r"<(?:script|img|svg|iframe|style|form|input)\b", shown)
    assert all(re.match(r"(?:https?:|mailto:|\.\./people/ada)", u) for u in hrefs(shown))
    assert not re.search(r"<[^>]*\son\w+\s*=", shown)


def hrefs(shown: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', shown)


@pytest.mark.parametrize(
    "body",
    [
        "[" * LIMIT,
        "*a **a " * (LIMIT // 7),
        ">" * LIMIT,
        "<div>" * (LIMIT // 5),
        "[[" * (LIMIT // 2),
        "- " * (LIMIT // 2),
        "`" * LIMIT,
        "![[](" * (LIMIT // 5),
        "x" * (20 * LIMIT),
    ],
)
def test_nothing_takes_for_ever(body: str) -> None:
    start = time.process_time()
    html(body)
    excerpt(body, KNOWN.get)
    heading(body)
    assert time.process_time() - start < 20  # a second or two where nothing else is at work


def test_what_is_too_long_is_cut_and_shown_plainly() -> None:
    shown = html("<b>" + "x" * (2 * LIMIT))
    assert shown.startswith('<pre class="crm-plain" dir="auto">&lt;b&gt;xxx')
    assert len(shown) < LIMIT + 100


def test_heading_and_excerpt() -> None:
    body = "# The talk ##\n\nWe met **Ada** ([site](https://example.org)).\n\n- [[ada]] writes\n"
    assert heading(body) == "The talk"
    assert heading("no heading") is None
    assert excerpt(body, KNOWN.get) == "We met Ada (site). Ada <i>Lovelace</i> writes"
    assert excerpt("word " * 100, KNOWN.get, 20) == "word word word word…"


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/x", True),
        ("javascript:alert(1)", False),
        ("https:///x", False),
        ("https://", False),
        ("//example.org", False),
        (" https://example.org", False),
        ("", False),
    ],
)
def test_is_web(url: str, fine: bool) -> None:
    assert is_web(url) is fine
