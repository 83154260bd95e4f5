"""Webhook payloads, and the public events of the API, which hold the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from crmtool.importers.contract import Outcome
from crmtool.importers.github.wire import Item

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[a-z][a-z0-9_-]{0,60}\Z")
# What each event is about: (event, the kind of item, the key it is under, the actions that tell
# of something done). An action that is not named changes what is known already, or nothing.
_EDITS: Final = frozenset({"created", "edited"})
_READ: Final[dict[str, tuple[str, str, frozenset[str]]]] = {
    "commit_comment": ("commit-comment", "comment", _EDITS),
    "discussion_comment": ("discussion-comment", "comment", _EDITS),
    "fork": ("fork", "forkee", frozenset({"", "forked"})),
    "issue_comment": ("comment", "comment", _EDITS),
    "pull_request_review": ("review", "review", frozenset({"submitted", "edited", "created"})),
    "pull_request_review_comment": ("review-comment", "comment", _EDITS),
    "release": (
        "release", "release", frozenset({"published", "released", "prereleased", "edited"}),
    ),
    "sponsorship": ("sponsorship", "sponsorship", frozenset({"created", "tier_changed", "edited"})),
}  # fmt: skip
_THREADS: Final = ("issue", "pull_request", "discussion")
_SHAPES: Final = (
    ("forkee", "fork"),
    ("sponsorship", "sponsorship"),
    ("review", "pull_request_review"),
    ("starred_at", "star"),
    ("release", "release"),
    ("comment", ""),
    ("discussion", "discussion"),
    ("pull_request", "pull_request"),
    ("issue", "issues"),
)
# Keys of payloads about other things that also hold a repository or a sender.
_OTHERS: Final = frozenset(
    """alert check_run check_suite deployment deployment_status workflow_run workflow_job thread
    hook project project_card project_column projects_v2_item member membership team package
    milestone label rule invitation blocked_user security_advisory key installation_id
    merge_group pusher pages""".split()
)


def is_webhook(value: dict[str, Any]) -> bool:
    """Whether an object looks like a payload."""
    sent = isinstance(value.get("sender"), dict)
    return sent or (isinstance(value.get("action"), str) and any(k in value for k, _ in _SHAPES))


def named_events(value: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """(event, payload) of a payload in an envelope, or of an event of the public events API."""
    payload = value.get("payload")
    request = value.get("request")
    if isinstance(request, dict) and isinstance(value.get("event"), str):
        payload = request.get("payload")
        return (value["event"], payload) if isinstance(payload, dict) else None
    if not isinstance(payload, dict):
        return None
    kind = value.get("type")
    if isinstance(kind, str) and kind.endswith("Event"):
        return _CAMEL.sub("_", kind.removesuffix("Event")).lower(), _public(value, payload)
    event = value.get("event") or value.get("name")
    return (event, payload) if isinstance(event, str) else None


def _public(value: dict[str, Any], payload: dict[str, Any]) -> dict[str, Any]:
    """The payload of a public event, with what stands beside it there."""
    repository = value.get("repo")
    name = repository.get("name") if isinstance(repository, dict) else None
    more = {"sender": value.get("actor"), "repository": {"full_name": name}}
    return {**payload, **more, "happened_at": value.get("created_at")}


def from_webhook(event: str, payload: Any, outcome: Outcome) -> Iterator[Item]:  # noqa: ANN401
    """What a payload says. Without the event's name (it was a header) its keys tell."""
    if not isinstance(payload, dict):
        outcome.skip("payloads that are no objects")
        return
    event = event.lower().replace("-", "_") or _event_of(payload)
    action = payload.get("action")
    action = action if isinstance(action, str) else ""
    items = list(_items(event, action, payload))
    if not items:
        outcome.skip(f"webhooks left out: {_shown(event)}{f' {_shown(action)}' if action else ''}")
    yield from items


def _shown(word: str) -> str:
    return word if _WORD.match(word) else "of another kind"


def _event_of(payload: dict[str, Any]) -> str:
    """Which event a payload without its name belongs to."""
    if payload.keys() & _OTHERS and not payload.keys() & {"issue", "pull_request", "discussion"}:
        return next(key for key in sorted(_OTHERS) if key in payload)
    for key, event in _SHAPES:
        if key in payload:
            return event or _comment_event(payload)
    return ""


def _comment_event(payload: dict[str, Any]) -> str:
    """Whose comment it is shows in what stands beside it."""
    beside = {
        "issue": "issue_comment",
        "discussion": "discussion_comment",
        "pull_request": "pull_request_review_comment",
    }
    return next((event for key, event in beside.items() if key in payload), "commit_comment")


def _items(event: str, action: str, payload: dict[str, Any]) -> Iterator[Item]:
    channel = _text(payload.get("repository"), "full_name")
    thread = next((n for key in _THREADS if (n := _number(payload.get(key)))), None)
    if event in _READ:
        kind, key, actions = _READ[event]
        if action in actions and isinstance(payload.get(key), dict):
            yield Item(kind, payload[key], channel or _sponsored(payload), thread)
    elif event in ("issues", "pull_request", "discussion"):
        yield from _threads(event, action, payload, channel)
    elif event in ("star", "watch"):
        at = payload.get("starred_at") or payload.get("happened_at")
        if action in ("created", "started") and at:
            yield Item("star", {"starred_at": at, "user": payload.get("sender")}, channel)


def _threads(event: str, action: str, payload: dict[str, Any], channel: str) -> Iterator[Item]:
    """An issue, a pull request or a discussion: that it was begun, and perhaps how it ended."""
    kind, key = {
        "issues": ("issue", "issue"),
        "pull_request": ("pull", "pull_request"),
        "discussion": ("discussion", "discussion"),
    }[event]
    data = payload.get(key)
    if not isinstance(data, dict) or action in ("deleted", "transferred"):
        return
    if action == "closed" and kind in ("issue", "pull") and not data.get("merged_at"):
        yield from _closing(kind, data, payload.get("sender"), channel)
    else:
        yield Item(kind, data, channel)
    answer = payload.get("answer")
    if action == "answered" and isinstance(answer, dict):
        yield Item("answer", answer, channel, _number(data))


def _closing(kind: str, data: dict[str, Any], sender: Any, channel: str) -> Iterator[Item]:  # noqa: ANN401
    """An issue or an unmerged pull request that its sender closed."""
    reference = {"merged_at": None} if kind == "pull" else data.get("pull_request")
    at = data.get("closed_at") or data.get("updated_at")
    issue = {**data, "closed_at": at, "closed_by": data.get("closed_by") or sender}
    yield Item("issue", {**issue, **({"pull_request": reference} if reference else {})}, channel)


def _sponsored(payload: dict[str, Any]) -> str:
    """Whom a sponsorship is for."""
    sponsorship = payload.get("sponsorship")
    who = sponsorship.get("sponsorable") if isinstance(sponsorship, dict) else None
    return _text(who, "login")


def _text(value: Any, key: str) -> str:  # noqa: ANN401 (a part of a payload)
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _number(value: Any) -> int | None:  # noqa: ANN401 (a part of a payload)
    found = value.get("number") if isinstance(value, dict) else None
    return found if isinstance(found, int) else None
