from __future__ import annotations

import base64
import hashlib

from crmtool.publish.shell import BODY, HEAD_TITLE, TITLE, guard, make_shell

CODE = "var a = 1 < 2;"
PAGE = f"""<!doctype html>
<html><head>
<meta charset="utf-8">
<link rel="canonical" href="https://example.org/people/">
<link rel="next" href="../notes/">
<title>{HEAD_TITLE}</title>
<script src="a.js"></script>
<script>{CODE}</script>
<script id="__config" type="application/json">{{"a": 1}}</script>
</head><body><span>{TITLE}</span>
<main>{BODY}</main></body></html>
"""


def test_a_shell_is_stamped_with_text_that_stays_text() -> None:
    shell = make_shell(PAGE, is_public=False)
    page = shell.stamp(f"<b>{BODY}</b>", "<i>\x1b", f"<p>{TITLE}</p>").decode()
    assert "<title>&lt;i&gt;</title>" in page
    assert f"<span>&lt;b&gt;{BODY}&lt;/b&gt;</span>" in page
    assert f"<main><p>{TITLE}</p></main>" in page


def test_long_titles_are_cut() -> None:
    page = make_shell(PAGE, is_public=False).stamp("x" * 10_000, "y" * 10_000, "").decode()
    assert len(page) < 2_000


def test_what_is_about_one_page_alone_is_left_out() -> None:
    page = make_shell(PAGE, is_public=False).stamp("", "", "").decode()
    assert "canonical" not in page
    assert 'rel="next"' not in page


def test_only_the_themes_own_inline_scripts_run() -> None:
    digest = base64.b64encode(hashlib.sha256(CODE.encode()).digest()).decode()
    page = guard(PAGE, is_public=False)
    assert f"script-src 'self' 'sha256-{digest}';" in page
    assert "unsafe" not in page
    assert page.count("sha256") == 1
    assert page.index("charset") < page.index("Content-Security-Policy")


def test_only_public_sites_are_for_search_engines() -> None:
    assert "noindex" in guard(PAGE, is_public=False)
    assert "noindex" not in guard(PAGE, is_public=True)
