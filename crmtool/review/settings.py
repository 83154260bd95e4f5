"""What a change means for vocabulary, settings and sources, and for files of other kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from crmtool.model.changes import FeedChange, PathChange
from crmtool.model.config import Config, Source, Tags
from crmtool.review.statement import Part, Sentence, Statement, sentence

# What decides who may see what, who is forgotten when, and what a check lets pass.
_GUARDED_KEYS: Final = ("check", "privacy", "team", "fields", "community", "bots")
_GUARDS: Final = (
    # Where case means nothing, git reads the file whatever its letters.
    (re.compile(r"(.*/)?\.gitattributes\Z", re.IGNORECASE), "can hide changes from a diff"),
    (re.compile(r"(.*/)?\.git(modules|ignore)\Z", re.IGNORECASE), "decides what git takes in"),
    (re.compile(r"/?\.github/(workflows|actions)/"), "runs in CI, with its rights"),
    (re.compile(r"/?(\.gitlab-ci\.yml\Z|\.gitlab/ci/)"), "runs in CI, with its rights"),
    (re.compile(r"/?(\.github/|\.gitlab/|docs/)?CODEOWNERS\Z"), "decides who has to agree"),
    (re.compile(r"/?\.pre-commit-(config|hooks)\.yaml\Z"), "decides what is checked"),
    (
        re.compile(r"mkdocs\.ya?ml\Z|site/overrides/|site/.*\.py\Z", re.IGNORECASE),
        "can run code when the site is built",
    ),
    (re.compile(r"site/docs/.*\.(js|html?|svg)\Z"), "runs in the browser of who reads the site"),
    (re.compile(r"sources/forgotten\.jsonl\Z"), "says who must not come back"),
)
_KINDS: Final = {
    "link": "a symbolic link",
    "submodule": "a repository inside the repository",
    "special": "no ordinary file",
}
_ABSENT: Final = object()


def setting_statements(before: Config, after: Config) -> Iterator[Statement]:
    """Each setting of `crm.yml` that changed; those that guard something are a risk."""
    old, new = _leaves(before), _leaves(after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, _ABSENT), new.get(key, _ABSENT)
        if was != now:
            guarded = key.partition(".")[0] in _GUARDED_KEYS
            part = Part.GUARD if guarded else Part.SETTINGS
            yield Statement(part, f"crm.yml: {key}", (_value(was, now),), "crm.yml")


def _leaves(config: Config) -> dict[str, object]:
    found: dict[str, object] = {}
    pending: list[tuple[str, Any]] = [("", config.model_dump(mode="json", exclude_defaults=True))]
    while pending:
        prefix, value = pending.pop()
        if isinstance(value, dict):
            pending += [(f"{prefix}.{k}" if prefix else str(k), v) for k, v in value.items()]
        else:
            found[prefix] = value
    return found


def _value(was: object, now: object) -> Sentence:
    if isinstance(was, list) and isinstance(now, list):
        words = [("gains", [x for x in now if x not in was]), ("loses", _gone(was, now))]
        told = [(word, ", ".join(map(str, values))) for word, values in words if values]
        if told:
            said = "; ".join(f"{word} {{}}" for word, _ in told)
            return sentence(said, *(values for _, values in told))
    if was is _ABSENT:
        return sentence("is now {}", _shown(now))
    if now is _ABSENT:
        return sentence("removed; was {}", _shown(was))
    return sentence("is now {}, was {}", _shown(now), _shown(was))


def _gone(was: list[object], now: list[object]) -> list[object]:
    return [x for x in was if x not in now]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "empty"
    return f"{value:g}" if isinstance(value, float) else str(value)


def vocabulary_statements(before: Tags, after: Tags) -> Iterator[Statement]:
    """Tags, keyword rules and segments that came, went or mean something else now."""
    rooms: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("tag", before.tags, after.tags),
        ("keyword rule", before.keywords, after.keywords),
        ("segment", before.segments, after.segments),
    )
    for word, old, new in rooms:
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                said = "changed" if name in old and name in new else "new"
                said = said if name in new else "removed"
                yield Statement(Part.VOCABULARY, f"{word} {name}", (sentence(said),), "tags.yml")


def source_statements(
    before: Mapping[str, Source], after: Mapping[str, Source]
) -> Iterator[Statement]:
    """Sources that came, went or read something else; where a secret would go is a risk."""
    for name in sorted(before.keys() | after.keys()):
        old, new, path = before.get(name), after.get(name), f"sources/{name}/source.yml"
        if new is None:
            yield Statement(Part.LOSS, f"source {name}", (sentence("removed"),), path)
        elif new != old:
            said = tuple(_source(old, new))
            yield Statement(Part.SOURCES, f"source {name}", said, path)
            yield Statement(Part.GUARD, f"source {name}", tuple(_secret(old, new)), path)


def _source(old: Source | None, new: Source) -> Iterator[Sentence]:
    if old is None:
        yield sentence("new: reads {} by {}", new.target, new.type)
        return
    if old.target != new.target:
        yield sentence("reads {}, was {}", new.target, old.target)
    others = [k for k in type(new).model_fields if getattr(old, k) != getattr(new, k)]
    others = [key for key in others if key != "target"]
    if others:
        yield sentence(f"{', '.join(others)} changed")


def _secret(old: Source | None, new: Source) -> Iterator[Sentence]:
    variable = getattr(new, "token_env", None)
    if variable and (old is None or (old.target, old.token_env) != (new.target, variable)):
        yield sentence("sends the secret in {} to {}", variable, new.target)


def feed_statements(feeds: Iterable[FeedChange], names: Mapping[str, str]) -> Iterator[Statement]:
    """How many activities each source gained, by how many people; lines taken away are a loss."""
    for feed in feeds:
        path = f"sources/{feed.source}/"
        if feed.added:
            people = len({names.get(actor, actor) for actor in feed.actors})
            words = f"{_count(feed.added, 'activity')} added, by {_count(people, 'person')}"
            yield Statement(Part.SOURCES, f"source {feed.source}", (sentence(words),), path)
        if feed.removed:
            words = f"{_count(feed.removed, 'activity')} taken away or rewritten"
            yield Statement(Part.LOSS, f"source {feed.source}", (sentence(words),), path)


def _count(number: int, word: str) -> str:
    many = {"activity": "activities", "person": "people"}[word]
    return f"{number:,} {word if number == 1 else many}"


def file_statements(changes: Iterable[PathChange]) -> Iterator[Statement]:
    """Files that are no records: those that guard something, odd kinds, and the rest in a list."""
    for change in changes:
        guarded = next((words for pattern, words in _GUARDS if pattern.match(change.path)), None)
        if change.kind != "file" and change.verb != "deleted":
            said = sentence(f"{change.verb}: {_KINDS[change.kind]}")
            yield Statement(Part.GUARD, change.path, (said,), change.path)
        elif guarded:
            said = sentence(f"{change.verb}; it {guarded}")
            yield Statement(Part.GUARD, change.path, (said,), change.path)
        elif change.verb == "deleted":
            yield Statement(Part.LOSS, change.path, (sentence("deleted"),), change.path)
        else:
            yield Statement(Part.FILES, change.path, (sentence(change.verb),), change.path)
