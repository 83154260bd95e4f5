"""What people wrote in Markdown, as HTML that is safe to show.

Two fences: the parser makes no HTML of what looks like it, and nh3 lets only what is listed here
through. Pictures are left out, so that no page asks another host for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any, Final, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from crmtool.model.links import LINK, replace_links, target
from crmtool.publish.words import clean, cut

LIMIT: Final = 30_000
_HEADINGS_DOWN: Final = 2
_TAGS: Final = frozenset(
    """a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td
    th thead tr ul""".split()
)
_DIRECTED: Final = frozenset(
    ["paragraph_open", "heading_open", "list_item_open", "td_open", "th_open", "blockquote_open"]
)
_WEB: Final = re.compile(r"https?://[^\s/?#\\]", re.IGNORECASE)
_CHECKBOX: Final = re.compile(r"\[([ xX])\]\s+")
_REL: Final = "noopener noreferrer nofollow"
_MARKUP: Final = re.compile(
    r"^\s*(?:[#>*+-]+|\d+[.)])\s+|[*_`~]+|!?\[([^\]]*)\]\([^)]*\)", re.MULTILINE
)
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


class Linked(NamedTuple):
    """Where `[[slug]]` leads: the page's name and its address from the page it stands on."""

    name: str
    href: str


Resolve = Callable[[str], Linked | None]


def is_web(url: str) -> bool:
    """Whether a page may link there: http or https, with a host."""
    return _WEB.match(url) is not None


def _may_link(url: str) -> bool:
    return is_web(url) or url.lower().startswith("mailto:")


class Markdown:
    """Renders bodies. One instance a depth of pages, since links are relative."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
        parser.validateLink = _may_link  # type: ignore[method-assign]
        parser.inline.ruler.before("link", "person", self._person)
        parser.core.ruler.push("ours", _adjust)
        parser.add_render_rule("image", _picture)
        self._parser = parser

    def html(self, body: str) -> Markup:
        """A body as HTML, headings below those of the page that shows it."""
        text = clean(body).strip()
        if len(text) > LIMIT:
            return Markup('<pre class="crm-plain" dir="auto">{}</pre>').format(cut(text, LIMIT))
        return Markup(_fence(self._parser.render(text)))  # noqa: S704 (nh3 has been through it)

    def _person(self, state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (their signature)
        found = LINK.match(state.src, state.pos, state.posMax)
        if not found:
            return False
        if not silent:
            linked = self._resolve(target(found[1]))
            if linked:
                state.push("link_open", "a", 1).attrSet("href", linked.href)
            state.push("text", "", 0).content = linked.name if linked else found[1]
            if linked:
                state.push("link_close", "a", -1)
        state.pos = found.end()
        return True


def _adjust(state: StateCore) -> None:
    """Headings down, each block with its own direction, checkboxes as signs."""
    for index, token in enumerate(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + _HEADINGS_DOWN, 6)}"
        if token.type in _DIRECTED:
            token.attrSet("dir", "auto")
        if token.type == "inline" and _is_first_of_item(state.tokens, index):
            _check(token)


def _is_first_of_item(tokens: list[Token], index: int) -> bool:
    return index > 1 and tokens[index - 2].type == "list_item_open"


def _check(token: Token) -> None:
    first = token.children[0] if token.children else None
    if first is None or first.type != "text" or not (found := _CHECKBOX.match(first.content)):
        return
    first.content = first.content[found.end() :]
    state = "todo" if found[1] == " " else "done"
    sign = Token("html_inline", "", 0)
    label = {"todo": "to do", "done": "done"}[state]
    sign.content = (
        f'<span class="crm-check crm-check--{state}" role="img" aria-label="{label}"></span>'
    )
    (token.children or []).insert(0, sign)


def _picture(
    _self: object, tokens: list[Token], index: int, _options: object, _env: MutableMapping[str, Any]
) -> str:
    return str(escape(tokens[index].content))


def _fence(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={
            # Without this nh3 lets `title` through, which Material may show as HTML.
            "*": set(),
            "a": {"href"},
            "span": {"aria-label", "role"},
            "ol": {"start"},
            **{tag: {"dir"} for tag in ("p", "li", "td", "th", "blockquote", *_headings())},
        },
        allowed_classes={"span": {"crm-check", "crm-check--todo", "crm-check--done"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
    )


def _headings() -> list[str]:
    return [f"h{level}" for level in range(1, 7)]


def heading(body: str) -> str | None:
    """The first heading of a body."""
    found = _HEADING.search(body[:LIMIT])
    return clean(found[1]) if found else None


def excerpt(body: str, resolve: Resolve, length: int = 180) -> str:
    """The beginning of a body as plain text, without its headings."""

    def named(slug: str) -> str:
        linked = resolve(slug)
        return linked.name if linked else slug

    text = _HEADING.sub("", clean(body[: 20 * length]))
    text = _MARKUP.sub(lambda m: m[1] or "", replace_links(text, named))
    return cut(" ".join(text.split()), length)
