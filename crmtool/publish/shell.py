"""Pages that MkDocs has wrapped once and that are stamped many times.

A shell is cut at its placeholders before any text is put in, so that nothing in a text can be
taken for one.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from crmtool.publish.words import clean, cut

HEAD_TITLE: Final = "crm-head-title-6f2c1d"
TITLE: Final = "crm-title-6f2c1d"
BODY: Final = "crm-body-6f2c1d"
_SLOTS: Final = re.compile(f"({HEAD_TITLE}|{TITLE}|{BODY})")
_SCRIPT: Final = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_RUNS: Final = re.compile(r"\bsrc\s*=|\btype\s*=\s*[\"']?application/json", re.IGNORECASE)
_ABOUT_ONE_PAGE: Final = re.compile(r"\s*<link rel=\"(?:canonical|prev|next)\"[^>]*>")
_EMPTY_LINES: Final = re.compile(r"(?:[ \t]*\n)+[ \t]*")
_TITLE_LENGTH: Final = 120


@dataclass(frozen=True)
class Shell:
    """A wrapped page, cut into what stays and the names of what is put in."""

    parts: tuple[str, ...]

    def stamp(self, title: str, head_title: str, body: str) -> bytes:
        """The page with its texts in place. `body` is HTML, the titles are plain text."""
        texts = {
            TITLE: str(escape(cut(clean(title), _TITLE_LENGTH))),
            HEAD_TITLE: str(escape(cut(clean(head_title), _TITLE_LENGTH))),
            BODY: body,
        }
        return "".join(texts.get(part, part) for part in self.parts).encode("utf-8", "replace")


def make_shell(html: str, *, is_public: bool) -> Shell:
    """Cut a page that MkDocs made of a placeholder page."""
    html = _ABOUT_ONE_PAGE.sub("", html)
    if "<pre" not in html:
        # A third of what a theme makes is indentation, and each page would carry it.
        html = _EMPTY_LINES.sub("\n", html)
    return Shell(tuple(_SLOTS.split(guard(html, is_public=is_public))))


def guard(html: str, *, is_public: bool, inline_styles: bool = False) -> str:
    """Put a policy into a page's head: no other host is asked, no script runs but its own.

    Material's own inline scripts run by their hashes, so that none that came with data can.
    """
    extra = "" if is_public else '<meta name="robots" content="noindex, nofollow">'
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(html, inline_styles)}">'
        f'<meta name="referrer" content="no-referrer">{extra}'
    )
    # Behind the charset, which has to stand within the first 1,024 bytes.
    return html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{metas}', 1)


def policy(html: str, inline_styles: bool) -> str:  # noqa: FBT001
    """The Content-Security-Policy for a page."""
    hashes = dict.fromkeys(
        _hash(code) for attributes, code in _SCRIPT.findall(html) if not _RUNS.search(attributes)
    )
    styles = "'self' 'unsafe-inline'" if inline_styles else "'self'"
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            f"style-src {styles}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
