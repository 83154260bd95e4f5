"""What only the GraphQL API has: discussions, sponsorships; and profiles, many at a time.

Aliases give the answers the names of the REST API, so that one set of types reads both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from crmtool.importers.contract import Watermark
from crmtool.importers.github.api import Api
from crmtool.importers.github.streams import OVERLAP, State
from crmtool.importers.github.wire import Item
from crmtool.model.moments import utc

_ACTOR: Final = """login type: __typename
  ... on User {id: databaseId} ... on Organization {id: databaseId} ... on Bot {id: databaseId}"""
_COMMENT: Final = f"""id: databaseId body created_at: createdAt html_url: url
  user: author {{{_ACTOR}}}"""
_COMMENTS: Final = f"""pageInfo {{hasNextPage endCursor}}
  nodes {{{_COMMENT} isAnswer replies(first: 100) {{totalCount nodes {{{_COMMENT}}}}}}}"""
_DISCUSSIONS: Final = f"""query($owner: String!, $name: String!, $after: String) {{
 repository(owner: $owner, name: $name) {{
  discussions(first: 20, after: $after, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
   pageInfo {{hasNextPage endCursor}}
   nodes {{
    node: id number title body created_at: createdAt updated_at: updatedAt html_url: url
    user: author {{{_ACTOR}}} category {{name}}
    reactionGroups {{content reactors {{totalCount}}}}
    comments(first: 50) {{{_COMMENTS}}}
 }} }} }} }}"""
_MORE: Final = f"""query($node: ID!, $after: String) {{
 node(id: $node) {{
  ... on Discussion {{comments(first: 50, after: $after) {{{_COMMENTS}}}}}
 }} }}"""
_SPONSORS: Final = """query($owner: String!, $after: String) {
 repositoryOwner(login: $owner) { ... on Sponsorable {
  sponsorshipsAsMaintainer(first: 100, after: $after, activeOnly: false, includePrivate: false) {
   pageInfo {hasNextPage endCursor}
   nodes {
    node_id: id created_at: createdAt privacy_level: privacyLevel
    sponsor: sponsorEntity {
     type: __typename
     ... on User {login id: databaseId} ... on Organization {login id: databaseId}
 } } } } } }"""
_OWNER: Final = """login type: __typename
  ... on User {
   id: databaseId name bio company location blog: websiteUrl EMAIL
   twitter_username: twitterUsername followers {totalCount}
   socialAccounts(first: 10) {nodes {provider url}}
   repositories(first: 20, ownerAffiliations: [OWNER], isFork: false, privacy: PUBLIC,
    orderBy: {field: STARGAZERS, direction: DESC}) {nodes {primaryLanguage {name}}}
  }
  ... on Organization {
   id: databaseId name bio: description location blog: websiteUrl
   twitter_username: twitterUsername
  }"""
# Numbers of reviews are larger than GraphQL's integers, hence the full ones, as text.
_REVIEWS: Final = f"""reviews(first: 100) {{
   pageInfo {{hasNextPage}}
   nodes {{
    id: fullDatabaseId state body submitted_at: submittedAt html_url: url user: author {{{_ACTOR}}}
 }} }}"""
BATCH: Final = 25
_REACTIONS: Final = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1"}


def discussions(api: Api, path: str, channel: str, state: State) -> Iterator[Item]:
    """Discussions with their comments and answers, those that changed last first."""
    owner, _, name = path.partition("/")
    now = api.context.clock.now()
    known = Watermark(state.get("until"), now)
    mark = Watermark(state.get("top") or state.get("until"), now)
    stop, after = known.since(OVERLAP) or "", state.get("after")
    after = after if isinstance(after, str) else None
    while True:
        found = api.graphql(_DISCUSSIONS, owner=owner, name=name, after=after)
        page = _at(found, "repository", "discussions")
        nodes = _nodes(page)
        for node in nodes:
            yield from _discussion(api, node, channel)
            mark.see(utc(str(node.get("updated_at"))))
        moments = [at for node in nodes if (at := utc(str(node.get("updated_at"))))]
        after = _after(page, after)
        if after is None or (moments and min(moments) < stop):
            break
        state.update({"after": after, "top": mark.mark})
    state.clear()
    if mark.mark:
        state["until"] = mark.mark


def _discussion(api: Api, node: dict[str, Any], channel: str) -> Iterator[Item]:
    """A discussion, its comments and their replies."""
    number = node.get("number")
    thread = number if isinstance(number, int) else None
    yield Item("discussion", {**node, "reactions": _reactions(node)}, channel)
    page, after = node.get("comments"), None
    while True:
        for comment in _nodes(page):
            yield Item("discussion-comment", comment, channel, thread)
            if comment.get("isAnswer"):
                yield Item("answer", comment, channel, thread)
            replies = _nodes(comment.get("replies"))
            for reply in replies:
                data = {**reply, "parent_id": comment.get("id")}
                yield Item("discussion-comment", data, channel, thread)
            if more := _total(comment.get("replies")) - len(replies):
                api.outcome.skip("replies beyond the first 100 to one comment", max(more, 0))
        after = _after(page, after)
        if after is None:
            return
        page = _at(api.graphql(_MORE, node=str(node.get("node")), after=after), "node", "comments")


def sponsorships(api: Api, owner: str) -> Iterator[Item]:
    """Who sponsors, or sponsored, the owner of the repositories, in public."""
    after: str | None = None
    while True:
        found = api.graphql(_SPONSORS, owner=owner, after=after)
        page = _at(found, "repositoryOwner", "sponsorshipsAsMaintainer")
        yield from (Item("sponsorship", node, owner) for node in _nodes(page))
        after = _after(page, after)
        if after is None:
            return


def reviews(api: Api, path: str, numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The reviews of some pull requests; without those that have too many for one answer."""
    owner, _, name = path.partition("/")
    parts = " ".join(f"p{n}: pullRequest(number: {n}) {{{_REVIEWS}}}" for n in numbers)
    repository = f"repository(owner: $owner, name: $name) {{{parts}}}"
    query = f"query($owner: String!, $name: String!) {{{repository}}}"
    found = api.graphql(query, owner=owner, name=name)
    pages = {number: _at(found, "repository", f"p{number}", "reviews") for number in numbers}
    return {
        number: [{**node, "id": _integer(node.get("id"))} for node in _nodes(page)]
        for number, page in pages.items()
        if isinstance(page, dict) and not _at(page, "pageInfo", "hasNextPage")
    }


def profiles(api: Api, handles: Sequence[str], *, emails: bool) -> dict[str, dict[str, Any] | None]:
    """What some accounts say of themselves, by handle; None for one that is gone.

    Their public e-mail addresses need a token that may read users' profiles.
    """
    owner = _OWNER.replace("EMAIL", "email" if emails else "")
    names = ", ".join(f"$l{number}: String!" for number in range(len(handles)))
    parts = [f"a{n}: repositoryOwner(login: $l{n}) {{{owner}}}" for n in range(len(handles))]
    variables = {f"l{number}": handle for number, handle in enumerate(handles)}
    found = api.graphql(f"query({names}) {{ {' '.join(parts)} }}", **variables)
    return {handle: _account(found.get(f"a{number}")) for number, handle in enumerate(handles)}


def _account(node: Any) -> dict[str, Any] | None:  # noqa: ANN401 (a part of an answer)
    if not isinstance(node, dict):
        return None
    languages = [
        _at(repository, "primaryLanguage", "name")
        for repository in _nodes(node.get("repositories"))
    ]
    return {
        **node,
        "followers": _total(node.get("followers")),
        "social": _nodes(node.get("socialAccounts")),
        "languages": list(dict.fromkeys(name for name in languages if isinstance(name, str))),
    }


def _reactions(node: dict[str, Any]) -> dict[str, int]:
    groups = node.get("reactionGroups")
    return {
        _REACTIONS.get(str(group.get("content")), str(group.get("content")).lower()): _total(
            group.get("reactors")
        )
        for group in (groups if isinstance(groups, list) else [])
        if isinstance(group, dict)
    }


def _at(value: Any, *keys: str) -> Any:  # noqa: ANN401 (a part of an answer)
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _nodes(page: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (a part of an answer)
    nodes = _at(page, "nodes")
    return [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []


def _integer(value: Any) -> Any:  # noqa: ANN401 (a part of an answer)
    """A large number, which GraphQL writes as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _total(page: Any) -> int:  # noqa: ANN401 (a part of an answer)
    count = _at(page, "totalCount")
    return count if isinstance(count, int) else 0


def _after(page: Any, before: str | None) -> str | None:  # noqa: ANN401 (a part of an answer)
    """Where the next page begins; none where the server would send us round in a circle."""
    info = _at(page, "pageInfo")
    end = _at(info, "endCursor") if _at(info, "hasNextPage") is True else None
    return end if isinstance(end, str) and end != before else None
