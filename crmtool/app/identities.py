"""`crmtool identity`: who is who, told and decided."""

from __future__ import annotations

from typing import Any, Final, Literal

from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import UsageError
from crmtool.identity import formats
from crmtool.identity.raw import raw_identities
from crmtool.model.records import Audience

Form = Literal["jsonl", "mailmap", "gitdm", "sortinghat"]
_IN_CLEAR: Final = frozenset({"mailmap", "gitdm"})


def export_identities(asked: Asked, form: Form) -> list[Any]:
    """What to print: text as it is, anything else as JSON, each on a line of its own.

    Raises:
        UsageError: the format has no use for hashed addresses, or it was asked for the public.

    """
    scene = open_scene(asked)
    if scene.audience is Audience.PUBLIC:
        raise UsageError(
            "a list of everybody's accounts and addresses is not for the public",
            "leave --audience out: the list holds what the files themselves hold",
        )
    _require_addresses(scene, form)
    people = scene.community.people
    raws = raw_identities(people, scene.community.profiles)
    match form:
        case "mailmap":
            return list(formats.mailmap(raws, people))
        case "gitdm":
            return list(formats.gitdm(raws, people))
        case "sortinghat":
            return [formats.sortinghat(raws, people)]
        case "jsonl":
            return [formats.as_line(raw) for raw in raws]


def _require_addresses(scene: Scene, form: Form) -> None:
    kept = scene.community.config.privacy.emails
    if form in _IN_CLEAR and kept != "plain":
        raise UsageError(
            f"{form} is made of e-mail addresses, and here they are kept as {kept!r}",
            "set privacy: {emails: plain} in crm.yml and import again, or take another format",
        )
