"""Remarks of sources as usage notes: made once, kept up to date until a person touches them.

What was made is noted in the `applied` of the profile that it is about: the note's stem and a hash
of its text. Another text than that is a person's, and stays; a note that is gone was deleted, and
is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from crmtool.model.community import Community
from crmtool.model.feeds import Profile, Remark
from crmtool.model.plan import Change, digest
from crmtool.sync.people import Outcome
from crmtool.text.render import record as render_record

_STEM: Final = 64
_MARK: Final = 16
Read = Callable[[str], bytes]


class NoteSync:
    """The remarks of one import against the notes that are there."""

    def __init__(self, community: Community, outcome: Outcome, read: Read) -> None:
        self._notes, self._outcome, self._read = community.notes, outcome, read
        self._paths = {record.path for record in community.notes.values()}

    def take(self, source: str, remarks: Iterable[Remark], profiles: Mapping[str, Profile]) -> int:
        """Add a source's notes to the outcome; how many are about somebody without a record."""
        by_subject: dict[str, list[Remark]] = {}
        for remark in remarks:
            by_subject.setdefault(remark.about, []).append(remark)
        homeless, noted = 0, dict[tuple[str, str], dict[str, Any]]()
        applied = {i: values for s, i, values in self._outcome.applied if s == source}
        for identity, said in sorted(by_subject.items()):
            slug = self._outcome.owners.get(identity)
            if slug is None:
                homeless += len(said)
                continue
            before = applied.get(identity, profiles[identity].applied)
            made = self._about(source, slug, said, before)
            if made != before.get("notes"):
                noted[source, identity] = {**before, "notes": made}
        kept = [item for item in self._outcome.applied if item[:2] not in noted]
        self._outcome.applied = [*kept, *((s, i, values) for (s, i), values in noted.items())]
        return homeless

    def _about(
        self, source: str, slug: str, said: list[Remark], before: Mapping[str, Any]
    ) -> dict[str, Any]:
        known = before.get("notes")
        made = dict(known) if isinstance(known, dict) else {}
        for remark in {remark.key: remark for remark in said}.values():
            text = _text(remark, source, slug)
            done = made.get(remark.key)
            if isinstance(done, dict) and isinstance(done.get("note"), str):
                after = self._update(done, text)
            else:
                after = self._create(source, slug, remark, text)
            made[remark.key] = after
        return made

    def _create(self, source: str, slug: str, remark: Remark, text: bytes) -> dict[str, str]:
        stem = f"{remark.date}-{source}-{slug}"[:_STEM].rstrip("-")
        number = 1
        while self._is_taken(path := _path(stem)):
            number += 1
            end = f"-{number}"
            stem = f"{remark.date}-{source}-{slug}"[: _STEM - len(end)].rstrip("-") + end
        self._paths.add(path)
        self._outcome.changes.append(Change(path, None, text, f"what {source} says of {slug}"))
        self._outcome.noted.append(stem)
        return {"hash": digest(text)[:_MARK], "note": stem}

    def _is_taken(self, path: str) -> bool:
        stem = path.rpartition("/")[2].removesuffix(".md")
        return path in self._paths or stem in self._notes or self._bytes(path) is not None

    def _update(self, done: dict[str, str], text: bytes) -> dict[str, str]:
        known = self._notes.get(done["note"])
        path = known.path if known else _path(done["note"])
        before = self._bytes(path)
        if before is None or digest(before)[:_MARK] != done.get("hash") or before == text:
            return done
        why = "as the source says now"
        self._outcome.changes.append(Change(path, digest(before), text, why))
        return {**done, "hash": digest(text)[:_MARK]}

    def _bytes(self, path: str) -> bytes | None:
        try:
            return self._read(path)
        except OSError:
            return None


def _path(stem: str) -> str:
    return f"notes/{stem[:4]}/{stem}.md"


def _text(remark: Remark, source: str, slug: str) -> bytes:
    metrics = {k: int(v) if v.is_integer() else v for k, v in sorted(remark.metrics.items())}
    values = {
        "date": remark.date,
        "author": f"import:{source}",
        "about": [slug],
        "kind": "usage",
        "environment": remark.environment,
        "plan": remark.plan,
        "metrics": metrics or None,
        "tags": remark.tags or None,
        "visibility": remark.visibility,
    }
    return render_record(values, remark.body).encode()
