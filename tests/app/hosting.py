"""Two small hosts on loopback that answer as GitHub's and GitLab's documentation says.

Behind them lie real bare repositories; what they are asked to merge is merged by git.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "test-token"
WRITTEN = "2026-11-04"
Reply = tuple[int, object]


class FakeHost:
    """What both have: a web server, repositories, requests and issues with their comments."""

    kind = ""
    prefix = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.requests: list[dict[str, Any]] = []
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.locked: set[int] = set()
        """Requests and issues on which nobody may comment."""
        self.takes_statuses = True
        self.url = ""

    def answer(self, method: str, parts: list[str], query: dict[str, str], body: Any) -> Reply:
        """What one request is answered."""
        raise NotImplementedError

    def allowed(self, headers: dict[str, str]) -> bool:
        """Whether the request says who asks."""
        raise NotImplementedError

    def write_issue(self, number: int, title: str, body: str, label: str, author: str) -> None:
        """Keep what somebody wrote, as the host does."""
        raise NotImplementedError

    def repository(self, project: str) -> Path:
        """The bare repository of a project; made where there is none."""
        inside = str(self.folder).strip("/")  # GitLab's projects are named by their whole path
        folder = self.folder / f"{project.removeprefix(inside).strip('/')}.git"
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            run("init", "--quiet", "--bare", "--initial-branch=main", str(folder))
        return folder

    def commit_of(self, project: str, branch: str) -> str:
        """The commit that a branch points to, empty where there is no such branch."""
        try:
            return run("-C", str(self.repository(project)), "rev-parse", f"refs/heads/{branch}")
        except subprocess.CalledProcessError:
            return ""

    def merge(self, number: int) -> None:
        """What a maintainer does with the green button."""
        request = self.requests[number - 1]
        base, head = self.repository(request["into"]), self.repository(request["from"])
        run("-C", str(base), "fetch", "--quiet", str(head), f"+refs/heads/{request['branch']}")
        made = run("-C", str(base), "merge-tree", "--write-tree", "main", "FETCH_HEAD")
        who = ("-c", "user.name=Host", "-c", "user.email=host@example.org")
        commit = run("-C", str(base), *who, "commit-tree", made.split()[0], "-p", "main", "-p",
                     "FETCH_HEAD", "-m", "Merge")  # fmt: skip
        run("-C", str(base), "update-ref", "refs/heads/main", commit)
        request["state"] = "merged"

    def say(self, number: int, body: str, *, ours: bool = False) -> None:
        """A comment, by crmtool's own account or by somebody else."""
        said = self.comments.setdefault(number, [])
        said.append({"id": 100 * number + len(said), "body": body, "ours": ours})


def run(*args: str) -> str:
    return subprocess.run(["git", *args], check=True, capture_output=True, text=True).stdout.strip()


class FakeGitHub(FakeHost):
    """The parts of GitHub's REST and GraphQL that crmtool uses."""

    kind = "github"

    def allowed(self, headers: dict[str, str]) -> bool:
        return headers.get("authorization") == f"Bearer {TOKEN}"

    def answer(  # noqa: PLR0911 (one answer a question)
        self, method: str, parts: list[str], query: dict[str, str], body: Any
    ) -> Reply:
        match method, parts:
            case "POST", ["graphql"]:
                return self.graphql(body["query"], body["variables"])
            case "GET", ["repos", owner, name, "pulls"]:
                return 200, [self.shown(r) for r in self.open(f"{owner}/{name}", query)]
            case "POST", ["repos", owner, name, "pulls"]:
                return self.opened(f"{owner}/{name}", body)
            case "POST", ["repos", _, _, "statuses", commit] if self.takes_statuses:
                self.statuses[commit] = body
                return 201, {"state": body["state"]}
            case "GET", ["repos", _, _, "issues"]:
                return 200, [i for i in self.issues.values() if query["labels"] in names(i)]
            case "GET", ["repos", _, _, "issues", number] if int(number) in self.issues:
                return 200, self.issues[int(number)]
        return 404, {"message": "Not Found"}

    def open(self, project: str, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        for request in self.requests:
            head = f"{request['from'].split('/')[0]}:{request['branch']}"
            same = request["into"] == project and query.get("head", head) == head
            if same and request["state"] == "open":
                yield request

    def shown(self, request: dict[str, Any]) -> dict[str, Any]:
        sha = self.commit_of(request["from"], request["branch"])
        into = self.repository(request["into"])
        run("-C", str(into), "fetch", "--quiet", str(self.repository(request["from"])),
            f"+refs/heads/{request['branch']}:refs/pull/{request['number']}/head")  # fmt: skip
        return {
            "number": request["number"],
            "state": request["state"],
            "html_url": f"{self.url}/{request['into']}/pull/{request['number']}",
            "head": {"sha": sha, "ref": request["branch"]},
            "base": {"ref": request["base"]},
        }

    def opened(self, project: str, body: dict[str, Any]) -> Reply:
        owner, _, branch = body["head"].partition(":")
        source = f"{owner}/{project.split('/')[1]}"
        if not self.commit_of(source, branch):
            return 422, {"message": "Validation Failed"}
        request = {
            "number": len(self.requests) + 1, "state": "open", "into": project, "from": source,
            "branch": branch, **{key: body[key] for key in ("title", "body", "base")},
        }  # fmt: skip
        self.requests.append(request)
        return 201, self.shown(request)

    def graphql(self, query: str, variables: dict[str, Any]) -> Reply:
        if query.lstrip().startswith("query"):
            number = variables["number"]
            nodes = [
                {"id": c["id"], "body": c["body"], "viewerDidAuthor": c["ours"]}
                for c in self.comments.get(number, [])
            ]
            subject = {"id": f"S{number}", "comments": {"nodes": nodes}}
            return 200, {"data": {"repository": {"issueOrPullRequest": subject}}}
        if variables["id"] in {f"S{number}" for number in self.locked}:
            return 200, {"data": None, "errors": [{"message": "it is locked"}]}
        if "addComment" in query:
            self.say(int(variables["id"][1:]), variables["body"], ours=True)
        else:
            number, place = divmod(variables["id"], 100)
            self.comments[number][place]["body"] = variables["body"]
        return 200, {"data": {"x": {"clientMutationId": None}}}

    def write_issue(self, number: int, title: str, body: str, label: str, author: str) -> None:
        """What GitHub keeps of a form: a heading for each label, the answers between them."""
        self.issues[number] = {
            "number": number, "title": title, "body": body, "user": {"login": author},
            "state": "open", "created_at": f"{WRITTEN}T10:00:00Z",
            "labels": [{"name": label}],
        }  # fmt: skip


def names(issue: dict[str, Any]) -> list[str]:
    return [label["name"] for label in issue["labels"]]


class FakeGitLab(FakeHost):
    """The parts of GitLab's REST that crmtool uses."""

    kind = "gitlab"
    prefix = "api/v4/"

    def allowed(self, headers: dict[str, str]) -> bool:
        return headers.get("private-token") == TOKEN

    def answer(  # noqa: PLR0911 (one answer a question)
        self, method: str, parts: list[str], query: dict[str, str], body: Any
    ) -> Reply:
        match method, parts:
            case "GET", ["user"]:
                return 200, {"id": 7, "username": "crm-bot"}
            case "GET", ["projects", project]:
                return 200, {"id": project}
            case "GET", ["projects", project, "merge_requests"]:
                return 200, [self.shown(r) for r in self.open(project, query)]
            case "POST", ["projects", project, "merge_requests"]:
                return self.opened(project, body)
            case "GET", ["projects", _, _, number, "notes"]:
                return 200, [self.note(c) for c in self.comments.get(int(number), [])]
            case "POST", ["projects", _, _, number, "notes"] if int(number) in self.locked:
                return 403, {"message": "403 Forbidden"}
            case "POST", ["projects", _, _, number, "notes"]:
                self.say(int(number), body["body"], ours=True)
                return 201, {"id": 1}
            case "PUT", ["projects", _, _, number, "notes", note]:
                self.comments[int(number)][int(note) % 100]["body"] = body["body"]
                return 200, {"id": int(note)}
            case "POST", ["projects", _, "statuses", commit] if self.takes_statuses:
                self.statuses[commit] = body
                return 201, {"status": body["state"]}
            case "GET", ["projects", _, "issues"]:
                return 200, [i for i in self.issues.values() if query["labels"] in i["labels"]]
            case "GET", ["projects", _, "issues", number] if int(number) in self.issues:
                return 200, self.issues[int(number)]
        return 404, {"message": "404 Not Found"}

    def note(self, comment: dict[str, Any]) -> dict[str, Any]:
        author = {"id": 7 if comment["ours"] else 8}
        return {"id": comment["id"], "body": comment["body"], "author": author}

    def open(self, project: str, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        for request in self.requests:
            same = query.get("source_branch", request["branch"]) == request["branch"]
            if request["into"] == project and same and request["state"] == "open":
                yield request

    def shown(self, request: dict[str, Any]) -> dict[str, Any]:
        sha = self.commit_of(request["from"], request["branch"])
        into = self.repository(request["into"])
        run("-C", str(into), "fetch", "--quiet", str(self.repository(request["from"])),
            f"+refs/heads/{request['branch']}:refs/merge-requests/{request['number']}/head")  # fmt: skip
        return {
            "iid": request["number"],
            "state": "opened",
            "web_url": f"{self.url}/{request['into']}/-/merge_requests/{request['number']}",
            "sha": sha,
            "target_branch": request["base"],
        }

    def opened(self, project: str, body: dict[str, Any]) -> Reply:
        if not self.commit_of(project, body["source_branch"]):
            return 400, {"message": "source branch does not exist"}
        request = {
            "number": len(self.requests) + 1, "state": "open", "from": project,
            "into": body.get("target_project_id", project), "branch": body["source_branch"],
            "title": body["title"], "body": body["description"], "base": body["target_branch"],
        }  # fmt: skip
        self.requests.append(request)
        return 201, self.shown(request)

    def write_issue(self, number: int, title: str, body: str, label: str, author: str) -> None:
        """What GitLab keeps of a description that began with a template."""
        self.issues[number] = {
            "iid": number, "title": title, "description": body,
            "author": {"username": author}, "state": "opened", "created_at": f"{WRITTEN}T10:00:00.000Z",
            "labels": [label],
        }  # fmt: skip


@contextmanager
def serving(host: FakeHost) -> Iterator[FakeHost]:
    """The host, answering on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(host))
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(host: FakeHost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Be quiet."""

        def respond(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size) or b"null")
            where = urlsplit(self.path)
            host.asked.append(f"{self.command} {where.path}")
            query = {key: values[0] for key, values in parse_qs(where.query).items()}
            path = where.path.removeprefix("/").removeprefix(host.prefix)
            parts = [unquote(part) for part in path.split("/")]
            if host.allowed({k.lower(): v for k, v in self.headers.items()}):
                status, data = host.answer(self.command, parts, query, body)
            else:
                status, data = 401, {"message": "Bad credentials"}
            said = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = respond  # noqa: N815 (the names that http.server asks for)

    return Handler


Make = Callable[[Path], FakeHost]
