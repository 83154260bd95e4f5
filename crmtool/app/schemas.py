"""`crmtool schema`: the formats as JSON Schemas, for editors and for other programs."""

from __future__ import annotations

import json

from crmtool.errors import UsageError
from crmtool.model import schemas
from crmtool.rules.base import guess


def schema(kind: str) -> str:
    """The JSON Schema of a kind of file or line.

    Raises:
        UsageError: there is none of that name.

    """
    known = schemas.kinds()
    if kind not in known:
        hint = guess(kind, known, f"there are: {', '.join(known)}")
        raise UsageError(f"there is no schema {kind!r}", hint)
    return json.dumps(schemas.schema(kind), indent=2, ensure_ascii=False)


def kinds() -> list[str]:
    """A line for each schema: its name, and what it is of."""
    return [f"{kind:13} {files}" for kind, files in schemas.kinds().items()]
