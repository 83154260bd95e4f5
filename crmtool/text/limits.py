"""How large a record may be; apart from the reader, so that asking loads no YAML."""

from __future__ import annotations

from typing import Final

MAX_FILE: Final = 1 << 20
"""Bytes of a file."""
MAX_BLOCK: Final = 64 << 10
"""Characters of its frontmatter."""
MAX_LINE: Final = 20_000
"""Characters of a line."""
