"""GitLab, on gitlab.com or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from crmtool.app.hosts.host import STATUS, Issue, OpenRequest, Place, Request, text_of
from crmtool.importers.client import Client
from crmtool.model.forge import Forge

_PAGE: Final = 100
_SAID: Final = 140
_PLACES: Final[dict[Place, str]] = {"request": "merge_requests", "issue": "issues"}


@dataclass(frozen=True)
class GitLab:
    """A project on GitLab."""

    client: Client
    forge: Forge

    @property
    def _project(self) -> str:
        return _path(self.forge)

    def existing(self, asked: Request) -> str | None:
        params = {"source_branch": asked.branch, "state": "opened"}
        found = self.client.get(f"{self._project}/merge_requests", params=params).data
        return text_of(found[0], "web_url") if found else None

    def create(self, asked: Request) -> str:
        """Open it in the project that the branch is in, towards the one it is for."""
        body: dict[str, object] = {
            "source_branch": asked.branch,
            "target_branch": asked.base,
            "title": asked.title,
            "description": asked.body,
        }
        if asked.head.project != asked.target.project:
            body["target_project_id"] = self.client.get(self._project).data["id"]
        made = self.client.write("POST", f"{_path(asked.head)}/merge_requests", body).data
        return text_of(made, "web_url")

    def open_requests(self) -> list[OpenRequest]:
        params: dict[str, str | int] = {"state": "opened", "per_page": _PAGE}
        return [
            OpenRequest(
                int(found["iid"]),
                text_of(found, "sha"),
                f"refs/merge-requests/{int(found['iid'])}/head",
                text_of(found, "target_branch"),
            )
            for page in self.client.pages(f"{self._project}/merge_requests", params=params)
            for found in page.data
        ]

    def comment(self, place: Place, number: int, mark: str, body: str) -> None:
        notes = f"{self._project}/{_PLACES[place]}/{number}/notes"
        me = self.client.get("user").data["id"]
        ours = [
            note
            for page in self.client.pages(notes, params={"per_page": _PAGE})
            for note in page.data
            if note["author"]["id"] == me and str(note["body"]).startswith(mark)
        ]
        if not ours:
            self.client.write("POST", notes, {"body": body})
        elif ours[0]["body"] != body:
            self.client.write("PUT", f"{notes}/{int(ours[0]['id'])}", {"body": body})

    def status(self, commit: str, *, good: bool, words: str) -> None:
        body = {
            "state": "success" if good else "failed",
            "name": STATUS,
            "description": words[:_SAID],
        }
        self.client.write("POST", f"{self._project}/statuses/{commit}", body)

    def issue(self, number: int) -> Issue:
        return _issue(self.client.get(f"{self._project}/issues/{number}").data)

    def issues(self, label: str) -> list[Issue]:
        params: dict[str, str | int] = {"labels": label, "state": "opened", "per_page": _PAGE}
        pages = self.client.pages(f"{self._project}/issues", params=params)
        return [_issue(item) for page in pages for item in page.data]


def _path(forge: Forge) -> str:
    return f"projects/{quote(forge.project, safe='')}"


def _issue(found: Any) -> Issue:  # noqa: ANN401 (what a server answered)
    labels = tuple(str(label) for label in found.get("labels", ()))
    author = text_of(found, "author", "username")
    number = int(found["iid"])
    return Issue(
        number,
        text_of(found, "title"),
        found.get("description") or "",
        author,
        labels,
        text_of(found, "created_at")[:10],
        found.get("state") == "opened",
    )
