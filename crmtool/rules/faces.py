"""What others may know of a record: all that the rules on other files may read of it."""

from __future__ import annotations

from crmtool.model.community import Record
from crmtool.model.records import Note, Person, Task

Face = tuple[object, ...]


def face(record: Record[Person] | Record[Note] | Record[Task]) -> Face:
    """What others may know of a record, besides its path; empty where there is nothing else."""
    data = record.data
    if isinstance(data, Person):
        names, accounts = (data.kind, data.aliases), (data.identities, data.not_identities)
        return (*names, *accounts, data.visibility, data.restricted)
    return (data.author,) if isinstance(data, Note) and ":" in data.author else ()
