"""Records on a desk: edited one after the other as texts, and what that comes to in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from crmtool.errors import Refused
from crmtool.model.community import Community, Record
from crmtool.model.config import Config
from crmtool.model.plan import Change, digest
from crmtool.model.records import Note, Person, Task
from crmtool.sync.unread import faulty_paths
from crmtool.text.parse import parse_mapping, parse_record, place
from crmtool.text.splice import SpliceError, append, remove, set_value, unset

ORDER: Final = tuple(Person.model_fields)
CONFIG: Final = "crm.yml"
TAGS: Final = "tags.yml"


class Desk:
    """A community whose files are being edited; the next edit sees what the one before made.

    `people`, `notes`, `tasks` and `config` are as they are by now. `left` says `path: reason` of
    each file that could not be edited and does no harm as it is. Nothing is written.
    """

    def __init__(self, community: Community, read: Callable[[str], bytes]) -> None:
        self.community = community
        self.people: dict[str, Record[Person]] = dict(community.people)
        self.notes: dict[str, Record[Note]] = dict(community.notes)
        self.tasks: dict[str, Record[Task]] = dict(community.tasks)
        self.config = community.config
        self.left: list[str] = []
        self.now: dict[str, str] = {}
        """Slugs that are gone, each to the one that bears its record by now."""
        self._read = read
        self._before: dict[str, bytes | None] = {}
        self._texts: dict[str, str | None] = {}
        self._origins: dict[str, str] = {}
        self._why: dict[str, list[str]] = {}
        self._faulty = faulty_paths(community)

    def text(self, path: str) -> str:
        """A file's text by now."""
        if path not in self._texts:
            self._before[path] = data = self._read(path)
            self._texts[path] = data.decode()
        text = self._texts[path]
        if text is None:
            raise KeyError(path)
        return text

    def record(self, slug: str) -> Record[Person]:
        """A person's record that may be edited.

        Raises:
            Refused: its file has errors, so that an edit could lose something.

        """
        record = self.people[slug]
        if record.path in self._faulty:
            first = next(f for f in self.community.findings if f.path == record.path)
            line = first.line or place(first.path, self.text(record.path).encode(), first.key)[0]
            raise Refused(
                f"{record.path}:{line}: {first.message}; nothing was done",
                "mend it first; crmtool check says how",
            )
        return record

    def put(self, path: str, text: str, why: str) -> None:
        """Give a file another text.

        Raises:
            Refused: it would be no valid record of a person.

        """
        if path not in self._texts:
            self._before[path] = None
        self._texts[path] = text
        self._tell(path, why)
        data, slug = text.encode(), slug_of(path)
        if path.startswith("people/"):
            self.people[slug] = self._parsed(path, text)
        elif path.startswith("notes/") and (note := parse_record(Note, path, data)[0]):
            self.notes[slug] = note
        elif path.startswith("tasks/") and (task := parse_record(Task, path, data)[0]):
            self.tasks[slug] = task
        elif path == CONFIG:
            self.config = parse_mapping(Config, path, data)[0] or self.config

    def _parsed(self, path: str, text: str) -> Record[Person]:
        record, findings = parse_record(Person, path, text.encode())
        wrong = [finding for finding in findings if finding.severity == "error"]
        if record is None or wrong:
            what = wrong[0].message if wrong else "cannot be read"
            raise Refused(
                f"{path} {what} after this, so nothing was done", "edit the records by hand first"
            )
        return record

    def records(self) -> list[Record[Person] | Record[Note] | Record[Task]]:
        """People, notes and tasks, as they are by now."""
        return [*self.people.values(), *self.notes.values(), *self.tasks.values()]

    def is_faulty(self, path: str) -> bool:
        """Whether a person's file had errors to begin with."""
        return path in self._faulty

    def drop(self, slug: str, into: str | None, why: str) -> None:
        """Take a record away whose person is found under another slug from now on, if any."""
        path = self.people.pop(slug).path
        self.text(path)
        self._texts[path] = None
        self._tell(path, why)
        if into is not None:
            self.now[slug] = into

    def move(self, slug: str, path: str, why: str) -> None:
        """Put a record under another path."""
        old = self.people[slug].path
        text = self.text(old)
        self.drop(slug, slug_of(path), why)
        self._origins[path] = self._origins.pop(old, old)
        self.put(path, text, why)

    def edit(self, path: str, why: str, change: Callable[[str], str]) -> None:
        """Edit a record of a person's.

        Raises:
            Refused: its text cannot be edited in this way.

        """
        before = self.text(path)
        try:
            after = change(before)
        except SpliceError as error:
            raise Refused(
                f"{path}: {error}; nothing was done", "write it in a simpler way first"
            ) from None
        if after != before:
            self.put(path, after, why)

    def say(self, slug: str, values: Mapping[str, Any], why: str) -> None:
        """Give some keys of a record other values; None takes one out."""
        self.edit(self.record(slug).path, why, lambda text: _said(text, values))

    def add(self, slug: str, key: str, items: Iterable[str], why: str) -> None:
        """Put items at the end of a record's list."""

        def change(text: str) -> str:
            for item in items:
                text = append(text, (key,), item, order=ORDER)
            return text

        self.edit(self.record(slug).path, why, change)

    def take(self, slug: str, key: str, items: Iterable[str], why: str) -> None:
        """Take items out of a record's list."""

        def change(text: str) -> str:
            for item in items:
                text = remove(text, (key,), item)
            return text

        self.edit(self.record(slug).path, why, change)

    def current(self, slug: str) -> str:
        """The slug under which somebody is found by now."""
        while slug in self.now and slug not in self.people:
            slug = self.now[slug]
        return slug

    def changes(self) -> list[Change]:
        """What has become of the files, each once; unchanged ones are left out."""
        moved = {origin for path, origin in self._origins.items() if self._texts[path] is not None}
        found = []
        for path, text in self._texts.items():
            if text is None and path in moved:
                continue
            origin = self._origins.get(path) if text is not None else None
            before, new = self._before[origin or path], None if text is None else text.encode()
            if origin is not None or new != before:
                old = digest(before) if before is not None else None
                found.append(Change(path, old, new, "; ".join(self._why[path]), origin))
        return found

    def _tell(self, path: str, why: str) -> None:
        told = self._why.setdefault(path, [])
        if why not in told:
            told.append(why)


def slug_of(path: str) -> str:
    """The slug that a record's path gives it."""
    return path.rpartition("/")[2].removesuffix(".md")


def _said(text: str, values: Mapping[str, Any]) -> str:
    for key, value in values.items():
        empty = value is None or value in ([], {})
        text = unset(text, (key,)) if empty else set_value(text, (key,), value, order=ORDER)
    return text


def with_identities(record: Record[Person], identities: Iterable[str]) -> Record[Person]:
    """A record that lists other accounts."""
    data = record.data.model_copy(update={"identities": list(identities)})
    return Record(record.path, data, record.body, record.body_line)
