"""A record's Markdown body, edited in the file's whole text: its frontmatter stays."""

from __future__ import annotations

from collections.abc import Callable

from crmtool.text.frontmatter import cut


def body_of(text: str) -> str:
    """The body as it stands in the text, empty where there is none."""
    parts = cut(text.removeprefix("\ufeff"))
    return parts.tail.partition("\n")[2] if parts else ""


def in_body(text: str, change: Callable[[str], str]) -> str:
    """The text with its body changed; a text without a whole frontmatter block stays."""
    body = body_of(text)
    head = text[: len(text) - len(body)]
    if not cut(text.removeprefix("\ufeff")):
        return text
    after = change(body)
    if after == body:
        return text
    return (head if head.endswith("\n") else f"{head}\n") + after


def with_more(text: str, more: str) -> str:
    """The text with another record's body below its own, unless that stands there already.

    Line ends are those of the text.
    """
    words = more.replace("\r\n", "\n").strip("\n")

    def joined(body: str) -> str:
        plain = body.replace("\r\n", "\n").strip("\n")
        if _holds(plain, words):
            return body
        both = f"{words}\n" if _holds(words, plain) else f"{plain.rstrip()}\n\n{words}\n"
        return both.replace("\n", "\r\n") if "\r\n" in text else both

    return in_body(text, joined)


def _holds(body: str, words: str) -> bool:
    """Whether whole lines of a body are these words; none at all are in every body."""
    return not words.strip() or f"\n{words}\n" in f"\n{body}\n"
