"""Files: answers of the API as `gh api` saves them, webhook payloads, requests as they came in.

A file holds one JSON document, several one after the other (`gh api --paginate` writes such), or
one a line. What each part is shows in its keys; what is nothing that is read is counted by name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from crmtool.errors import Denied, SourceError
from crmtool.importers.answers import Unusable, as_utf8, decoded, mended
from crmtool.importers.contract import Context, Outcome
from crmtool.importers.github.items import place_of
from crmtool.importers.github.webhooks import from_webhook, is_webhook, named_events
from crmtool.importers.github.wire import Item
from crmtool.importers.signature import is_signed
from crmtool.model.protocols import Reply

_LARGEST: Final = 512 << 20
_SECRET: Final = "CRMTOOL_WEBHOOK_SECRET"  # noqa: S105 (the name of a variable)
_DEEPEST: Final = 6
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")  # nothing of a signed body may change
_TIMELINE: Final = {"commented": "comment", "reviewed": "review"}


def read_dump(context: Context, outcome: Outcome, file: Path) -> Iterator[Item]:
    """What a file says, or each `.json` file of a folder in the order of their names.

    Raises:
        SourceError: it cannot be read, or holds no JSON.
        Denied: it is a request whose signature is missing or wrong.

    """
    files = sorted(file.glob("**/*.json*")) if file.is_dir() else [file]
    for path in files:
        data = _content(context.name, path)
        if not data.strip():
            outcome.note(f"{path.name} is empty")
        if data.startswith((b"POST ", b"HTTP/")):
            data = _body(context, path, data)
        for document in _documents(context.name, path, data):
            yield from _items(document, outcome)


def _content(name: str, path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(name, f"{path} is larger than 512 MB", "split it")
        return as_utf8(path.read_bytes())
    except OSError as error:
        raise SourceError(name, f"{path} cannot be read: {error.strerror}") from None


def _body(context: Context, path: Path, data: bytes) -> bytes:
    """The body of a request or an answer that was kept with its headers.

    Raises:
        Denied: it is a request, and who sent it is not certain.
        SourceError: it is an answer that refuses, or whose body cannot be used.

    """
    head, body = (*_BLANK_LINE.split(data, maxsplit=1), b"")[:2]
    first, *lines = head.decode("utf-8", "replace").splitlines()
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    if first.startswith("HTTP/"):
        return _answered(context.name, path, first, Reply(0, headers, [body]))
    _require_signature(context, path, headers, body)
    event = headers.get("x-github-event", "")
    wrapped = {"event": event, "payload": msgspec.Raw(body.strip() or b"null")}
    return msgspec.json.encode(wrapped)


def _answered(name: str, path: Path, first: str, reply: Reply) -> bytes:
    """The body of an answer of the API that is a success."""
    status = first.partition(" ")[2]
    if not status.startswith("2"):
        raise SourceError(name, f"{path} is an answer that says {status[:40]}", "ask again")
    try:
        return b"".join(decoded(reply))
    except Unusable as error:
        raise SourceError(name, f"{path} is an answer {error}", "ask again") from None


def _require_signature(context: Context, path: Path, headers: dict[str, str], body: bytes) -> None:
    variable = context.source.secret_env or _SECRET
    secret = context.environment.get(variable, "")
    signature = headers.get("x-hub-signature-256", "").strip()
    hint = f"only what GitHub signed with the secret in ${variable} is imported"
    if not signature:
        older = " (SHA-1 is none any more)" if "x-hub-signature" in headers else ""
        raise Denied(context.name, f"{path}: the signature is missing{older}", hint)
    if not secret:
        raise Denied(context.name, f"{path}: there is no secret to check its signature with", hint)
    if not is_signed(body, signature, secret):
        raise Denied(context.name, f"{path}: the signature is wrong", hint)


def _documents(name: str, path: Path, data: bytes) -> Iterator[Any]:
    """Each JSON document in a file.

    Raises:
        SourceError: something in it is no JSON, with line and column.

    """
    data = mended(data)
    try:
        yield msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _several(name, path, data)


def _several(name: str, path: Path, data: bytes) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(parse_constant=_no_constant), 0
    try:
        text = data.decode()
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            document, at = decoder.raw_decode(text, at)
            yield document
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}:{error.colno}"
        raise SourceError(name, f"{where}: is no JSON: {error.msg}", "export it again") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SourceError(name, f"{path}: is no JSON: {error}", "export it again") from None


def _no_constant(word: str) -> Any:  # noqa: ANN401 (never returns)
    raise ValueError(f"{word} is not JSON")


def _items(value: Any, outcome: Outcome, depth: int = 0) -> Iterator[Item]:  # noqa: ANN401
    """What a document says, however it is packed."""
    if depth > _DEEPEST:
        outcome.skip("lists in lists in lists")
    elif isinstance(value, list):
        for part in value:
            yield from _items(part, outcome, depth + 1)
    elif not isinstance(value, dict):
        outcome.skip("words and numbers where an object was expected")
    elif isinstance(value.get("examples"), list) and isinstance(value.get("name"), str):
        for example in value["examples"]:
            yield from from_webhook(value["name"], example, outcome)
    elif (named := named_events(value)) is not None:
        yield from from_webhook(*named, outcome)
    elif isinstance(value.get("items"), list) and "total_count" in value:
        yield from _items(value["items"], outcome, depth + 1)
    elif is_webhook(value):
        yield from from_webhook("", value, outcome)
    else:
        yield from _item(value, outcome)


def _item(value: dict[str, Any], outcome: Outcome) -> Iterator[Item]:
    """One object of the API."""
    kind = kind_of(value)
    if kind is None:
        outcome.skip(_name_of(value))
    elif kind == "star":
        outcome.skip("stars that do not say of what")
    else:
        yield Item(kind, value)


def kind_of(value: dict[str, Any]) -> str | None:  # noqa: C901, PLR0911 (one line a kind)
    """What an object is, by its keys; None for nothing that is read."""
    keys = value.keys()
    page = str(value.get("html_url") or "")
    if "starred_at" in keys:
        return "star"
    if "tag_name" in keys:
        return "release"
    if "event" in keys and ("actor" in keys or "user" in keys):
        return _TIMELINE.get(str(value["event"]), "event")
    if "pull_request_review_id" in keys or "diff_hunk" in keys or "#discussion_r" in page:
        return "review-comment"
    if "pull_request_url" in keys and {"state", "user"} <= keys:
        return "review"
    if "#discussioncomment-" in page:
        return "discussion-comment"
    if "#commitcomment-" in page or {"commit_id", "body", "user"} <= keys:
        return "commit-comment"
    if "issue_url" in keys or "#issuecomment-" in page:
        return (
            "issue"
            if "number" in keys and "title" in keys and "head" not in keys
            else ("pull" if "head" in keys else "comment")
        )
    if {"number", "title"} <= keys:
        return _numbered(value)
    if {"full_name", "owner"} <= keys:
        return "repository"
    if "login" in keys and keys & {"followers", "bio", "public_repos"}:
        return "account"
    return None


def _numbered(value: dict[str, Any]) -> str | None:
    """Issues, pull requests and discussions; milestones and projects have numbers too."""
    if "head" in value and "base" in value:
        return "pull"
    if "category" in value or "/discussions/" in str(value.get("html_url")):
        return "discussion"
    if "user" in value and place_of(str(value.get("html_url") or value.get("url") or ""))[1]:
        return "issue"
    return None


def _name_of(value: dict[str, Any]) -> str:
    """What an object that is not read may be called."""
    keys = value.keys()
    for wanted, name in (
        ({"data"}, "answers of the GraphQL API"),
        ({"errors"}, "answers that are errors"),
        ({"message", "documentation_url"}, "answers that are errors"),
        ({"content", "user"}, "reactions one by one (their number is kept)"),
        ({"commit", "sha"}, "commits (a source of type git reads them)"),
        ({"rate"}, "rate limits"),
        ({"resources"}, "rate limits"),
        ({"login"}, "accounts without a profile"),
        ({"users", "teams"}, "requested reviewers"),
    ):
        if wanted <= keys:
            return name
    return "objects of a kind that is not read"
