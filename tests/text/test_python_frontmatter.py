"""Records are ordinary frontmatter: the library that notebooks use reads the same from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import frontmatter
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler

from crmtool.text.frontmatter import decode, split

TOP = Path(__file__).parent.parent.parent
RECORDS = [p for name in ("people", "notes", "tasks") for p in sorted((TOP / name).rglob("*.md"))]


class TextHandler(YAMLHandler):
    """Scalars as text, as crmtool reads them."""

    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506 (text only)


@pytest.mark.parametrize("path", RECORDS[::7], ids=lambda p: p.stem)
def test_python_frontmatter_reads_what_we_read(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    ours = split(text)
    theirs = frontmatter.loads(text, handler=TextHandler())
    assert theirs.metadata == ours.value
    assert theirs.content == ours.body.strip()
