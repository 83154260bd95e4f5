"""`crmtool explain`: what a code, a type or a figure means, from where it is defined."""

from __future__ import annotations

from inspect import cleandoc

from crmtool.errors import UsageError
from crmtool.model.vocabulary import ACTIVITY_TYPES
from crmtool.rules.base import all_rules, guess


def explain(topic: str) -> str:
    """A page of text on a topic.

    Raises:
        UsageError: nothing is known of it.

    """
    if topic == "activities":
        return _activities()
    if topic == "figures":
        return _figures()
    if topic == "rules":
        return "\n".join(
            f"{rule.code:24} {cleandoc(rule.check.__doc__ or '').splitlines()[0]}"
            for rule in all_rules()
        )
    for rule in all_rules():
        if rule.code == topic:
            return f"{rule.code} ({rule.severity})\n\n{cleandoc(rule.check.__doc__ or '')}"
    known = [rule.code for rule in all_rules()]
    raise UsageError(
        f"nothing is known of {topic!r}",
        guess(topic, known, "see: crmtool explain rules, activities or figures"),
    )


def _activities() -> str:
    width = max(map(len, ACTIVITY_TYPES))
    return "\n".join(
        f"{name:{width}}  {kind.kind:12}  weighs {kind.weight:<4g} {kind.about}"
        for name, kind in ACTIVITY_TYPES.items()
    )


def _figures() -> str:
    from crmtool.metrics.engine import catalogue  # noqa: PLC0415

    return "\n\n".join(
        f"{title} ({name}, {unit})\n    {about}" for name, title, unit, about in catalogue()
    )
