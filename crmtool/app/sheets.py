"""The text that an editor is opened with for a new note, and what a writer leaves of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crmtool.app.note_edits import Sheet, note_text
from crmtool.model.notekinds import HINTS, KINDS, is_for_stewards

_FENCE: Final = "---"
_HINT: Final = "  # "


def template(sheet: Sheet) -> str:
    """A note with the values known, the keys of its kind to be filled in, and what to write."""
    head, _, _ = note_text(sheet, "").rstrip().rpartition(_FENCE)
    return "\n".join([head.rstrip("\n"), *_asked(sheet), _FENCE, "", *_prompts(sheet), ""])


def filled_in(text: str, sheet: Sheet) -> str:
    """What the editor gave back, without the lines that nobody touched; empty if none is left.

    Line ends are LF, and one ends the text.
    """
    asked = list(_asked(sheet))
    untouched, hints = {*asked, *_prompts(sheet)}, {line.partition(_HINT)[2] for line in asked}
    lines = [
        line.rpartition(_HINT)[0] if line.rpartition(_HINT)[2] in hints else line
        for line in text.replace("\r\n", "\n").split("\n")
        if line not in untouched
    ]
    head, _, body = "\n".join(lines).partition(f"\n{_FENCE}\n")
    if not body.strip():
        return ""
    return f"{head}\n{_FENCE}\n{body.strip()}\n"


def _asked(sheet: Sheet) -> Iterator[str]:
    """The keys of the kind, each empty, with what it may hold behind it."""
    tags = sheet.scene.community.tags.tags
    for key in ("tags", *KINDS[sheet.kind].keys):
        if key not in sheet.values:
            hint = f"[{', '.join(list(tags)[:6])}, …]" if key == "tags" and tags else HINTS.get(key)
            yield f"{key}:{_HINT}{hint or 'a list'}"


def _prompts(sheet: Sheet) -> Iterator[str]:
    yield f"<!-- {KINDS[sheet.kind].prompt} -->"
    who = "stewards alone" if is_for_stewards(sheet.kind) else "the team, and whom it is about"
    yield f"<!-- Read by {who}. Lines left as they are go away. Save nothing to give up. -->"
