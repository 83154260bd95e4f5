"""The vocabulary of activities: one list for all sources.

A *contribution* leaves something in the project (Orbit model: "contribute"); a *conversation* is
people talking about it. `weight` is what one activity counts in engagement before `crm.yml` says
otherwise; 0 marks a formality, such as a sign-off that every commit of a project must carry, and
figures of conversation leave it out.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["contribution", "conversation"]


class ActivityType(NamedTuple):
    """What one type of activity is."""

    kind: Kind
    about: str
    weight: float = 1.0


ACTIVITY_TYPES: Final[dict[str, ActivityType]] = {
    "commit": ActivityType("contribution", "wrote a commit"),
    "co-author": ActivityType("contribution", "is named in a commit's Co-authored-by"),
    "merge": ActivityType("contribution", "made a merge commit (two parents or more)"),
    "review": ActivityType("contribution", "reviewed a change (Reviewed-by, a review)", 2.0),
    "test": ActivityType("contribution", "tested a change (Tested-by)"),
    "bug-report": ActivityType("contribution", "reported what a commit mends (Reported-by)"),
    "issue-opened": ActivityType("contribution", "opened an issue"),
    "pull-request-opened": ActivityType("contribution", "opened a pull or merge request"),
    "pull-request-merged": ActivityType("contribution", "merged a pull or merge request"),
    "release": ActivityType("contribution", "published a release", 3.0),
    "sponsorship": ActivityType("contribution", "sponsored the project", 3.0),
    "answer": ActivityType("contribution", "gave an answer that was accepted", 2.0),
    "post": ActivityType("contribution", "published an article about the project", 2.0),
    "talk": ActivityType("contribution", "gave a talk", 3.0),
    "event-organised": ActivityType("contribution", "organised an event", 3.0),
    "wiki-edit": ActivityType("contribution", "edited the wiki"),
    "translation": ActivityType("contribution", "translated texts"),
    "sign-off": ActivityType("conversation", "certified a commit (Signed-off-by)", 0.0),
    "ack": ActivityType("conversation", "agreed to a change (Acked-by)"),
    "issue-closed": ActivityType("conversation", "closed an issue"),
    "pull-request-closed": ActivityType("conversation", "closed a request without merging"),
    "comment": ActivityType("conversation", "commented on an issue, a change or a post"),
    "discussion": ActivityType("conversation", "began a discussion"),
    "topic": ActivityType("conversation", "began a topic in the forum"),
    "reply": ActivityType("conversation", "replied in the forum"),
    "question": ActivityType("conversation", "asked a question"),
    "like": ActivityType("conversation", "liked a post", 0.1),
    "message": ActivityType("conversation", "wrote in a chat"),
    "email": ActivityType("conversation", "wrote to a mailing list"),
    "event-attended": ActivityType("conversation", "came to an event"),
    "mention": ActivityType("conversation", "mentioned the project elsewhere", 0.5),
    "star": ActivityType("conversation", "starred the project", 0.1),
    "fork": ActivityType("conversation", "forked the project", 0.2),
    "follow": ActivityType("conversation", "follows the project", 0.1),
}
CONTRIBUTIONS: Final = tuple(n for n, t in ACTIVITY_TYPES.items() if t.kind == "contribution")
CONVERSATIONS: Final = tuple(n for n, t in ACTIVITY_TYPES.items() if t.kind == "conversation")
