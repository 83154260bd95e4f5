"""YAML texts in every style that the strict reader takes, for Hypothesis.

`texts()` draws the whole text of a file: a record with a frontmatter block or a YAML file, with
LF or CRLF, with or without BOM and final newline. Comments are numbered, and the text knows to
which key or item each of them belongs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from crmtool.text.frontmatter import characters, cut, fold, mapping

NAMES = (
    "name kind tags identities affiliations contact email from to links fields on role how "
    "aliases x y-1 Über NO 2024-01-01 1 true"
).split()
KEYS = [
    *((name, name) for name in NAMES),
    ("a b", "a b"),
    ("it's", '"it\'s"'),
    ("q", "'q'"),
    ("d e", '"d e"'),
    ("é:ü", '"é:ü"'),
    ("#no", "'#no'"),
    ("", '""'),
]
WORDS = [
    "Ada", "Ada Lovelace", "github:ada", "a:b", "https://ada.example.org/x", "it's", "x#y", "NO",
    "12:30", "01234", "~", "null", "true", "1.5", "2024-01-01", "2024-01", "é日本", "x - y", "🚀",
    "a\u200cb", "-1", "=", "x'y\"z", "(a)", "x&y", "a*", "b!", "email-hmac:0f",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from([*WORDS, "", " ", "a: b", "a #b", "- x", "[", "]", "{}", ",", "'", '"', "\\",
                     "a\nb", "\t", "null", "?", "&a", "*a", "!t", "|", ">", "%", "@", "`", "---",
                     "a ", " a", "x:", ":x", "on", "No", "0x1f", "1e3", "=", "<<", "a?b", "a ? b",
                     "2024-02-31", "2024-13", "…", "\u3000", "a\u00a0b", "\u200d", "#",
                     "...", "x, y"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Co", "Cn", "Zl", "Zp")),
            max_size=8),
)  # fmt: skip
SCALARS = st.one_of(
    TEXTS, st.booleans(), st.integers(-5, 5000), st.dates(), st.sampled_from([0.5, 1e16])
)
SMALL = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from([*NAMES, "a b", "x?", "-"]), SCALARS, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(NAMES), SCALARS, max_size=2), max_size=2),
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(SCALARS, st.lists(SCALARS, max_size=2)),
        max_size=2,
    ),
)

T = TypeVar("T")
Data: TypeAlias = Any
"""What a YAML text may say: text, None, lists and dicts of it."""
Path = tuple[str | int, ...]


@dataclass
class Text:
    """A file's text, and what is known of it from its making."""

    text: str
    yml: bool
    data: Data
    comments: dict[str, Path]
    """Each comment, and the key path of the entry it stands in or behind."""

    def kept(self, other: str) -> set[str]:
        return {comment for comment in self.comments if comment in other}


@dataclass
class Writer:
    """Draws the lines of a YAML text."""

    draw: st.DrawFn
    comments: dict[str, Path] = field(default_factory=dict)

    def chance(self, n: int = 2) -> bool:
        """One time in n."""
        return self.draw(st.integers(0, n - 1)) == n - 1

    def pick(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def comment(self, path: Path) -> str:
        token = f"# c{len(self.comments):03}."
        self.comments[token] = path
        return token + self.pick("", " x: [", " 'é\"", " - a")

    def behind(self, path: Path, after: str = "") -> str:
        """A comment at the end of a line, now and then."""
        if not self.chance(6):
            return self.pick("", "", "", " ")
        # Right behind a quote or a bracket, libyaml wants no blank.
        tight = [""] if after.endswith(("'", '"', "]", "}")) else []
        return self.pick(" ", "  ", "\t", *tight) + self.comment(path)

    def between(self, path: Path, indent: int) -> list[str]:
        """Blank and comment lines before a key or an item."""
        lines: list[str] = []
        while self.chance(5) and len(lines) < 3:
            if self.chance():
                lines.append(" " * self.pick(0, indent, indent + 2) + self.comment(path))
            else:
                lines.append(self.pick("", "", " " * indent))
        return lines

    def mapping(self, path: Path, indent: int, depth: int, least: int = 1) -> list[str]:
        keys = self.draw(
            st.lists(st.sampled_from(KEYS), min_size=least, max_size=4, unique_by=lambda k: k[0])
        )
        lines: list[str] = []
        for number, (name, written) in enumerate(keys):
            inner = (*path, name)
            if number:
                lines += self.between(path, indent)
            start, more = self.value(inner, indent, depth, self.pick("", "", "", " "))
            lines += [" " * indent + written + ":" + start, *more]
        return [*lines, *self.between(path, indent)]

    def items(self, path: Path, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                lines += self.between(path, indent)
            inner = (*path, number)
            gap = self.pick(" ", " ", " ", "   ")
            if depth and self.chance(3):
                maker = self.pick(self.mapping, self.items)
                more = maker(inner, indent + 1 + len(gap), depth - 1)
                lines += [" " * indent + "-" + gap + more[0].lstrip(), *more[1:]]
            else:
                start, more = self.value(inner, indent, depth - 1, "")
                lines += [" " * indent + "-" + start, *more]
        return [*lines, *self.between(path, indent)]

    def value(self, path: Path, indent: int, depth: int, lead: str) -> tuple[str, list[str]]:
        """What follows a colon or dash on its line, and the lines after it."""
        blank = lead + self.pick(" ", " ", " ", "  ", "\t" if isinstance(path[-1], str) else " ")
        kind = self.draw(st.integers(0, 12 if depth > 0 else 7))
        if kind > 7:
            return self.below(path, indent, depth, kind)
        if kind == 7:
            return self.long(indent, blank, path)
        if kind == 6:
            return self.literal(indent, blank, path)
        if kind == 5:
            start = blank + self.flow(path, 2)
        elif kind == 4:
            start = blank + self.pick('""', "''", "[]", "{}", "[ ]", "{ }", "~", "null")
        else:
            start = "" if kind == 3 else blank + self.word()
        return start + self.behind(path, start), []

    def below(self, path: Path, indent: int, depth: int, kind: int) -> tuple[str, list[str]]:
        """A value that begins on the next line."""
        if kind == 8:
            value = self.word() if self.chance() else self.flow(path, 1)
            line = " " * (indent + 1) + value + self.behind(path)
            return self.behind(path), [*self.between(path, indent + 1), line]
        deeper = indent + self.pick(1, 2, 2, 2, 4)
        if kind == 9:
            more = self.mapping(path, deeper, depth - 1)
        else:
            same = isinstance(path[-1], str) and self.chance(3)
            more = self.items(path, indent if same else deeper, depth - 1)
        return self.behind(path), [*self.between(path, deeper), *more]

    def word(self) -> str:
        return str(self.draw(st.one_of(st.sampled_from(WORDS), self.quoted_words())))

    @staticmethod
    def quoted_words() -> st.SearchStrategy[str]:
        return st.sampled_from(
            ["'a'", '"b"', "'it''s'", '"x \\"y\\""', "'# no'", '"a: b"', '"\\u00e9\\n"', "'[x]'",
             '"é"', "'null'", '"{"', '"- x"']
        )  # fmt: skip

    def literal(self, indent: int, blank: str, path: Path) -> tuple[str, list[str]]:
        step = self.pick(1, 2, 4)
        hint = self.pick("", "", "", str(step))
        keep = self.pick("", "-", "+")
        header = self.pick("|", ">") + self.pick(hint + keep, keep + hint)
        pad = " " * (indent + step)
        lines = [
            pad + self.pick("text", "# no comment", "- x", "a: b", "it's", "  deeper", "é", "---")
            for _ in range(self.draw(st.integers(0 if not hint else 1, 3)))
        ]
        for _ in range(self.pick(0, 0, 1, 2)):
            lines.insert(self.draw(st.integers(0, len(lines))), self.pick("", "", pad))
        return blank + header + self.behind(path), lines

    def long(self, indent: int, blank: str, path: Path) -> tuple[str, list[str]]:
        """A plain or quoted scalar over several lines."""
        pad = " " * (indent + self.pick(1, 2, 5))
        style = self.pick("", "'", '"')
        words = ["one", *(self.pick("two", "x y", "it''s" if style == "'" else "four", "")
                          for _ in range(self.draw(st.integers(0, 3)))), "end"]  # fmt: skip
        lines = [pad + word if word else "" for word in words]
        lines[0] = blank + style + lines[0].lstrip()
        lines[-1] += style + self.behind(path)
        return lines[0], lines[1:]

    def flow(self, path: Path, depth: int) -> str:
        """A list or a mapping between brackets."""
        list_like = self.chance()
        gap = self.pick("", "", " ")
        parts = []
        names = self.draw(st.lists(st.sampled_from(KEYS), max_size=3, unique_by=lambda k: k[0]))
        for number, (name, written) in enumerate(names):
            inner = (*path, number if list_like else name)
            deeper = depth > 1 and self.chance(4)
            value = self.flow(inner, depth - 1) if deeper else self.word()
            if list_like:
                parts.append(value)
            elif self.chance(6):
                parts.append(written + self.pick("", ": ", " :"))
            elif written.startswith(('"', "'")) and self.chance(3):
                parts.append(f"{written}:{value}")
            else:
                parts.append(f"{written}: {value}")
        text = self.broken(path, path, "[") if self.chance(8) else ""
        for number, part in enumerate(parts):
            inner = (*path, number if list_like else names[number][0])
            text += part
            if self.chance(8):
                text += self.broken(inner, path, part)
            if number < len(parts) - 1 or self.chance(6):
                text += self.pick("", "", " ") + ","
                text += (
                    self.broken(inner, path, ",") if self.chance(6) else self.pick(" ", " ", "  ")
                )
        opened, closed = ("[", "]") if list_like else ("{", "}")
        return opened + gap + text + gap + closed

    def broken(self, path: Path, around: Path, after: str) -> str:
        """A line's end between brackets, and the next line's beginning."""
        text = ""
        if self.chance():
            tight = [""] if after[-1:] in "'\"]},[" else []
            text = self.pick(" ", *tight) + self.comment(path)
        text += "\n    "
        return text + self.comment(around) + "\n   " if self.chance(4) else text


BODIES = ["", "Body.\n", "\n\n# Head\n\n---\nname: no\n---\n", "no end", "# c999\r\nx\n", "…\n\n"]


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """The whole text of a file that the strict reader accepts."""
    writer = Writer(draw)
    indent = writer.pick(0, 0, 0, 0, 2)
    lines = writer.between((), 0)
    if writer.chance(20):
        lines += [writer.flow((), 2)]
    else:
        lines += writer.mapping((), indent, 3, least=0)
    block = "".join(f"{line}\n" for line in lines)
    newline = writer.pick("\n", "\n", "\r\n", "both")
    yml = writer.chance(3)
    if yml:
        text = writer.pick("", "", "", "---\n", "--- # x\n") + block
        if writer.chance(3):
            text = text.removesuffix("\n")
    else:
        body = writer.pick(*BODIES)
        text = f"---{writer.pick('', '', ' ')}\n{block}---{writer.pick('', '', ' ')}\n{body}"
        if not body and writer.chance():
            text = text.removesuffix("\n")
    if newline != "\n":
        lines = text.replace("\r\n", "\n").split("\n")
        kinds = [newline if newline == "\r\n" else writer.pick("\r\n", "\n") for _ in lines]
        text = "".join(line + kind for line, kind in zip(lines, kinds, strict=True))
        text = text.removesuffix(kinds[-1])
    text = writer.pick("", "", "", "\ufeff") + text
    data = read(text, yml=yml)
    assume(data is not None)
    said = repr(data)
    there = {c: path for c, path in writer.comments.items() if c in text and c not in said}
    return Text(text, yml, data or {}, there)


def read(text: str, *, yml: bool) -> Data:
    """What the strict reader makes of a text; None where it finds anything wrong."""
    text = fold(text)
    if not yml:
        parts = cut(text)
        if parts is None:
            return None
        text = parts.block
    data, problems = mapping(text, 0 if yml else 1)
    return None if problems or characters(text) else data


def around(text: str, *, yml: bool) -> tuple[str, str]:
    """What stands before and after the YAML of a text."""
    if yml:
        return "\ufeff" * text.startswith("\ufeff"), ""
    parts = cut(text.removeprefix("\ufeff"))
    assert parts is not None
    return "\ufeff" * text.startswith("\ufeff") + parts.head, parts.tail
