"""What each kind of note says beside its text: which keys, in which words, shown how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from crmtool.model.records import KEYS_OF_KIND, STEWARDS_KINDS, NoteKind


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of note."""

    about: str
    """What it is for, in a sentence."""
    keys: tuple[str, ...] = ()
    """The keys that it is asked for, beside date, author, about and tags."""
    prompt: str = ""
    """What its text should say."""


# What a key holds, for whoever fills it in.
HINTS: Final = {
    "channel": "where: email, chat, call, forum, in person",
    "starts": "a day",
    "ends": "a day, if not the same",
    "place": "a town, or online",
    "url": "https://…",
    "roles": "{ada-lovelace: speaker, grace-hopper: organiser}",
    "item": "what was given",
    "sent": "a day",
    "received": "a day",
    "programme": "the fund, the call, the sponsor's scheme",
    "stage": "identified, proposed, agreed, submitted, complete, declined or rejected",
    "environment": "production or development",
    "plan": "as they call it",
    "metrics": "{servers: 3}",
    "subproject": "a part of the community, as crm.yml calls it",
    "expires": "a day from which on this is no longer right",
}
KINDS: Final[dict[str, Kind]] = {
    "conversation": Kind(
        "What was said, wanted and promised", ("channel",), "What was said? What was promised?"
    ),
    "event": Kind(
        "A meeting, a walk, a conference, and who did what there",
        KEYS_OF_KIND["event"],
        "How did it go? Who was there for the first time? What next time?",
    ),
    "gift": Kind(
        "A thank-you and whether it arrived", KEYS_OF_KIND["gift"], "What for, in a line?"
    ),
    "usage": Kind(
        "How somebody uses what we make",
        KEYS_OF_KIND["usage"],
        "What do they use it for? What would hurt them?",
    ),
    "personal": Kind(
        "What one should know of somebody's life; for stewards alone",
        (),
        "What should we consider? Only what they would want us to write down.",
    ),
    "decision": Kind(
        "What was decided, and why", ("subproject", "expires"), "What? Why? What was rejected?"
    ),
    "runbook": Kind(
        "How something is done, for whoever does it next",
        ("subproject", "expires"),
        "The steps, in order. What has gone wrong before?",
    ),
    "opportunity": Kind(
        "Funding or support that may come, and how far it is",
        KEYS_OF_KIND["opportunity"],
        "What is on offer? What is the next step?",
    ),
    "incident": Kind(
        "What went wrong, among people or in the project; for stewards alone",
        ("channel", "subproject"),
        "What happened? What was done? Who follows it up?",
    ),
    "feedback": Kind(
        "What somebody thinks of us", ("channel", "subproject"), "What do they say, in their words?"
    ),
    "survey": Kind("What many people answered", ("subproject",), "What was asked? Answered?"),
}
NAMES: Final = get_args(NoteKind)


def is_for_stewards(kind: str) -> bool:
    """Whether a note of this kind is kept from the team unless it says otherwise."""
    return kind in STEWARDS_KINDS
