"""`crmtool init --ci`: what a host runs for a workspace, and the forms it shows to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from crmtool import __version__
from crmtool.errors import Refused
from crmtool.model.community import Community, Record
from crmtool.model.plan import Change, Plan
from crmtool.model.records import Audience, Person
from crmtool.store.apply import apply
from crmtool.store.cache import RecordCache
from crmtool.store.load import load
from crmtool.store.tree import WorkTree
from crmtool.store.workspace import Workspace

HostName = Literal["github", "gitlab"]

_WORKFLOWS: Final = ("crm-check", "crm-trusted", "crm-import", "crm-intake", "crm-site")
_FORMS: Final = ("crm-note", "crm-task")
_TARGETS: Final[dict[HostName, dict[str, str]]] = {
    "github": {
        **{f"{name}.yml": f".github/workflows/{name}.yml" for name in _WORKFLOWS},
        **{f"{name}.yml": f".github/ISSUE_TEMPLATE/{name}.yml" for name in _FORMS},
        "pull_request_template.md": ".github/pull_request_template.md",
    },
    "gitlab": {
        "gitlab-ci.yml": ".gitlab-ci.yml",
        **{f"{name}.md": f".gitlab/issue_templates/{name}.md" for name in _FORMS},
        "merge_request_template.md": ".gitlab/merge_request_templates/Default.md",
    },
}
# What decides what a check lets pass, who sees what, and what runs with the project's rights.
_GUARDED: Final = (
    "/crm.yml",
    "/mkdocs.yml",
    "/site/overrides/",
    "/sources/*/source.yml",
    "/sources/forgotten.jsonl",
    "/people/stewards/",
    "/notes/stewards/",
    ".gitattributes",
    ".gitmodules",
)
_OWN: Final[dict[HostName, tuple[str, ...]]] = {
    "github": ("/.github/",),
    "gitlab": ("/.gitlab-ci.yml", "/.gitlab/"),
}
_OWNERS: Final = """\
# Written by `crmtool init --ci {host}`.
# Stewards agree to what guards everything else: make this required in the branch's settings.
"""
_NOBODY: Final = """\
# Name your stewards in crm.yml (privacy: audiences: stewards:), give each an identity on {host},
# and write this file anew; or put their names behind these paths by hand.
"""


def write_ci(root: Path, host: HostName, requirement: str | None) -> list[str]:
    """Write the files of a host into a workspace that is there; what was written, in words.

    Raises:
        Refused: one of them is there and says something else; the workspace is no repository's top.

    """
    workspace = Workspace(root)
    if workspace.is_repository() and workspace.place.prefix:
        raise Refused(
            "hosts read these files at the top of a repository, and this workspace is a folder in "
            "one, so nothing was written",
            "write them into an empty folder, then adapt them: crmtool init --ci",
        )
    community = load(WorkTree(root), RecordCache(root))
    wanted = ci_files(host, community, requirement)
    _refuse_others(root, wanted)
    changes = tuple(
        Change(path, None, text.encode(), f"what {host} runs and shows")
        for path, text in wanted.items()
        if not (root / path).exists()
    )
    apply(root, lambda: Plan(changes, f"Let {host} check, review and import"))
    return [f"wrote {change.path}" for change in changes] or ["all of it is there already"]


def _refuse_others(root: Path, wanted: Mapping[str, str]) -> None:
    for path, text in wanted.items():
        file = root / path
        if file.exists() and file.read_bytes() != text.encode():
            raise Refused(
                f"{path} is there and says something else, so nothing was written",
                "compare the two, or move yours away: crmtool writes it anew",
            )


def ci_files(host: HostName, community: Community, requirement: str | None) -> dict[str, str]:
    """Every file for a host, by its path.

    `requirement` is what pip installs; `.` stands for the repository itself, as the default branch
    has it; by default this version of crmtool.
    """
    own = requirement == "."
    asked = requirement or f"crmtool=={__version__}"
    words = {
        "@CRMTOOL@": "../trusted" if own else asked,
        "@CRMTOOL_HERE@": asked,
        "@BRANCH@": f'"{community.config.community.branch}"',
    }
    folder = files("crmtool.app") / "templates" / host
    found = {}
    for name, path in _TARGETS[host].items():
        text = (folder / name).read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        found[path] = text
    place = ".github/CODEOWNERS" if host == "github" else ".gitlab/CODEOWNERS"
    return {**found, place: "".join(_codeowners(host, community))}


def _codeowners(host: HostName, community: Community) -> Iterator[str]:
    names = sorted(_handles(host, community))
    yield _OWNERS.format(host=host)
    if not names:
        yield _NOBODY.format(host=host)
    mark, whom = ("", " ".join(names)) if names else ("# ", "@steward")
    paths = [*_OWN[host], *_GUARDED]
    width = max(map(len, paths))
    for path in paths:
        yield f"{mark}{path:{width}}  {whom}\n"


def _handles(host: HostName, community: Community) -> Iterator[str]:
    """The stewards' names on the host; those of an invented community belong to others there."""
    if community.config.community.example:
        return
    for slug in community.config.privacy.audiences.get(Audience.STEWARDS, []):
        record: Record[Person] | None = community.people.get(slug)
        for identity in record.data.identities if record else ():
            network, _, handle = identity.partition(":")
            if network in (host, f"{host}.com"):
                yield f"@{handle}"
