"""GitHub and GitHub Enterprise. Comments go by GraphQL: it alone tells which of them are ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from crmtool.app.hosts.host import STATUS, Issue, OpenRequest, Place, Request, text_of
from crmtool.errors import SourceError
from crmtool.importers.client import Client
from crmtool.model.forge import Forge

_COMMENTS: Final = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      ... on Issue { id comments(last: 100) { nodes { id body viewerDidAuthor } } }
      ... on PullRequest { id comments(last: 100) { nodes { id body viewerDidAuthor } } }
    }
  }
}"""
_ADD: Final = """
mutation($id: ID!, $body: String!) {
  addComment(input: {subjectId: $id, body: $body}) { clientMutationId }
}"""
_UPDATE: Final = """
mutation($id: ID!, $body: String!) {
  updateIssueComment(input: {id: $id, body: $body}) { clientMutationId }
}"""
_PAGE: Final = 100
_SAID: Final = 140


@dataclass(frozen=True)
class GitHub:
    """A project on GitHub."""

    client: Client
    forge: Forge

    @property
    def _repo(self) -> str:
        return f"repos/{self.forge.project}"

    def existing(self, asked: Request) -> str | None:
        params = {"head": f"{asked.head.owner}:{asked.branch}", "state": "open"}
        found = self.client.get(f"{self._repo}/pulls", params=params).data
        return text_of(found[0], "html_url") if found else None

    def create(self, asked: Request) -> str:
        body = {
            "title": asked.title,
            "head": f"{asked.head.owner}:{asked.branch}",
            "base": asked.base,
            "body": asked.body,
        }
        return text_of(self.client.write("POST", f"{self._repo}/pulls", body).data, "html_url")

    def open_requests(self) -> list[OpenRequest]:
        params: dict[str, str | int] = {"state": "open", "per_page": _PAGE}
        return [
            OpenRequest(
                int(found["number"]),
                text_of(found, "head", "sha"),
                f"refs/pull/{int(found['number'])}/head",
                text_of(found, "base", "ref"),
            )
            for page in self.client.pages(f"{self._repo}/pulls", params=params)
            for found in page.data
        ]

    def comment(self, place: Place, number: int, mark: str, body: str) -> None:  # noqa: ARG002
        name = self.forge.project.partition("/")[2]
        asked = {"owner": self.forge.owner, "name": name, "number": number}
        subject = self._graphql(_COMMENTS, asked)["repository"]["issueOrPullRequest"]
        ours = [
            node
            for node in subject["comments"]["nodes"]
            if node["viewerDidAuthor"] and node["body"].startswith(mark)
        ]
        if not ours:
            self._graphql(_ADD, {"id": subject["id"], "body": body})
        elif ours[-1]["body"] != body:
            self._graphql(_UPDATE, {"id": ours[-1]["id"], "body": body})

    def _graphql(self, query: str, variables: dict[str, Any]) -> Any:  # noqa: ANN401 (its answer)
        url = f"{self.forge.api.removesuffix('/v3')}/graphql"
        answer = self.client.write("POST", url, {"query": query, "variables": variables}).data
        if not isinstance(answer, dict) or answer.get("errors") or not answer.get("data"):
            raise SourceError(
                "", "GitHub does not answer about comments", "may the token read and write them?"
            )
        return answer["data"]

    def status(self, commit: str, *, good: bool, words: str) -> None:
        body = {
            "state": "success" if good else "failure",
            "context": STATUS,
            "description": words[:_SAID],
        }
        self.client.write("POST", f"{self._repo}/statuses/{commit}", body)

    def issue(self, number: int) -> Issue:
        return _issue(self.client.get(f"{self._repo}/issues/{number}").data)

    def issues(self, label: str) -> list[Issue]:
        params: dict[str, str | int] = {"labels": label, "state": "open", "per_page": _PAGE}
        pages = self.client.pages(f"{self._repo}/issues", params=params)
        # A pull request is an issue to this API.
        found = [item for page in pages for item in page.data if "pull_request" not in item]
        return [_issue(item) for item in found]


def _issue(found: Any) -> Issue:  # noqa: ANN401 (what a server answered)
    labels = tuple(text_of(label, "name") for label in found.get("labels", ()))
    author = text_of(found, "user", "login") if found.get("user") else "ghost"
    number = int(found["number"])
    return Issue(
        number,
        text_of(found, "title"),
        found.get("body") or "",
        author,
        labels,
        text_of(found, "created_at")[:10],
        found.get("state") == "open",
    )
