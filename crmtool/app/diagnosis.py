"""What would make crmtool fail in a workspace, or leak from it: each check a function of facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

from crmtool.app.showing import without_secrets
from crmtool.store.facts import Facts

Status = Literal["ok", "warn", "fail"]
Fix = Literal["", "gitignore", "site_dir", "journal", "cache"]

OLDEST_GIT: Final = (2, 31)
SITE: Final = "build/site"
_HOSTS: Final = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^/@]+@)?(?:www\.)?"
    r"(github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|git\.sr\.ht|gitee\.com)[:/](.+?)(?:\.git)?/?\Z"
)
_LOW: Final = 100 << 20


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found, why that matters, and what to do."""

    check: str
    status: Status
    what: str
    why: str = ""
    remedy: str = ""
    fix: Fix = ""
    """What `--fix` can do about it."""


Check = Callable[[Facts], Iterator[Result]]


def check_git(facts: Facts) -> Iterator[Result]:
    """Is git there, and young enough."""
    words = ".".join(map(str, facts.git.version))
    oldest = ".".join(map(str, OLDEST_GIT))
    if not facts.git.version:
        why = "records, history and imports all go through git"
        yield Result("git", "fail", "git does not run", why, f"install git {oldest} or later")
    elif facts.git.version < OLDEST_GIT:
        why = "crmtool uses what came with later versions"
        remedy = f"install git {oldest} or later"
        yield Result("git", "fail", f"git {words} is too old", why, remedy)
    else:
        yield Result("git", "ok", f"git {words}")


def check_repository(facts: Facts) -> Iterator[Result]:
    """Is the workspace under git, whole, and in a state to commit to."""
    git = facts.git
    if git.trouble:
        why = "until git reads the repository, no import can be committed"
        yield Result("repository", "fail", git.trouble, why, "do what git says, then look again")
    elif not git.is_repository:
        why = "an import makes a commit, and the past is asked of git"
        yield Result("repository", "fail", "the workspace is not under git", why, "run: git init")
    elif git.calm:
        what, remedy = git.calm
        yield Result("repository", "warn", what, "an import would be refused", remedy)
    elif git.shallow:
        why = "--rev and review see no commit older than the clone's first"
        remedy = "run: git fetch --unshallow"
        yield Result("repository", "warn", "the clone is shallow", why, remedy)
    else:
        yield Result("repository", "ok", "under git, nothing half done")


def check_identity(facts: Facts) -> Iterator[Result]:
    """Does git know who commits."""
    if not facts.git.is_repository:
        return
    if facts.git.identity:
        yield Result("identity", "ok", "git knows your name and address")
    else:
        why = "commits of yours will say crmtool <crmtool@localhost>"
        remedy = 'run: git config --global user.name "…" and user.email "…"'
        yield Result("identity", "warn", "git does not know who you are", why, remedy)


def check_config(facts: Facts) -> Iterator[Result]:
    """Can `crm.yml` be understood."""
    if facts.config_error:
        what, remedy = map(without_secrets, facts.config_error)
        yield Result("crm.yml", "fail", what, "no command can work without it", remedy)
    elif facts.config:
        yield Result("crm.yml", "ok", f"the community is {facts.config.community.name}")


def check_key(facts: Facts) -> Iterator[Result]:
    """Is the privacy key here, and the right one."""
    if facts.config is None:
        return
    if facts.key_error:
        what, remedy = facts.key_error
        missing = facts.config.privacy.key is not None
        why = "an import needs it, and another key would split every person in two"
        yield Result("key", "fail" if missing else "warn", what, why, remedy)
    else:
        yield Result("key", "ok", f"the privacy key {facts.config.privacy.key} is here")


def check_site_dir(facts: Facts) -> Iterator[Result]:
    """Would a build by hand empty a folder of the workspace, or publish it."""
    if facts.mkdocs is None:
        return
    found = re.search(r"^site_dir[ \t]*:[ \t]*(.*?)[ \t]*(?:#.*)?$", facts.mkdocs, re.MULTILINE)
    folder = found[1].strip("'\"") if found else "site"
    why = _trap(folder)
    if why:
        what = f"mkdocs.yml builds into {folder}" + ("" if found else " (its default)")
        yield Result("site_dir", "fail", what, why, f"set site_dir: {SITE}", "site_dir")
    else:
        yield Result("site_dir", "ok", f"mkdocs.yml builds into {folder}")


def _trap(folder: str) -> str:
    parts = PurePosixPath(folder).parts
    if folder.startswith("/") or ".." in parts:
        return "mkdocs build empties it, and it lies outside the workspace"
    if not parts or parts[0] in ("site", "people", "notes", "tasks", "sources", ".git", ".crm"):
        return "mkdocs build empties it, and it holds files of yours"
    if parts[0] == "public":
        return "a GitLab Pages job publishes what lies in public"
    return ""


def check_gitignore(facts: Facts) -> Iterator[Result]:
    """Are the built site and crmtool's own state kept out of commits."""
    missing = not_ignored(facts.gitignore)
    if missing:
        what = f".gitignore does not name {' and '.join(missing)}"
        why = "the built site and crmtool's own state would be committed"
        remedy = f"add the lines {' '.join(missing)}"
        yield Result("gitignore", "warn", what, why, remedy, "gitignore")
    elif facts.git.tracked_state:
        path = facts.git.tracked_state[0]
        why = "it is made on each machine anew, and may hold what you would not publish"
        remedy = "run: git rm -r --cached .crm build"
        yield Result("gitignore", "fail", f"{path} is under git", why, remedy)
    else:
        yield Result("gitignore", "ok", "/build/ and /.crm/ are ignored")


def not_ignored(text: str) -> list[str]:
    """Which lines a .gitignore lacks."""
    lines = {line.strip().strip("/") for line in text.splitlines()}
    return [f"/{name}/" for name in ("build", ".crm") if name not in lines]


def check_ignored_records(facts: Facts) -> Iterator[Result]:
    """Does a pattern hide records from git."""
    if facts.git.ignored:
        paths = facts.git.ignored
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        why = "they are on this machine alone: in no commit, no clone, no backup"
        remedy = f"run: git check-ignore -v {paths[0]}, and correct the pattern that it names"
        yield Result("ignored", "fail", f"git ignores {paths[0]}{more}", why, remedy)
    elif facts.git.is_repository:
        yield Result("ignored", "ok", "git ignores no record")


def check_remotes(facts: Facts) -> Iterator[Result]:
    """Could what is pushed be read by everybody. Not asked of the network."""
    if facts.config is None or not facts.git.is_repository:
        return
    example = facts.config.community.example
    shown = [(name, _HOSTS.match(address)) for name, address in facts.git.remotes]
    public = [(name, found) for name, found in shown if found]
    if not public or example:
        what = "an example community, which may be public" if example else "none on a public host"
        yield Result("remotes", "ok", what)
    for name, found in public if not example else ():
        address = f"https://{found[1]}/{found[2]}"
        why = "notes and contact data would be the whole world's, and a clone cannot be called back"
        remedy = f"open {address} in a private window: it must not be found"
        what = f"{name} is on {found[1]}, where repositories can be public"
        yield Result("remotes", "warn", what, why, remedy)


def check_programs(facts: Facts) -> Iterator[Result]:
    """Which programs git runs here on its own."""
    git = facts.git
    monitor = git.config.get("core.fsmonitor", "")
    hooks = git.config.get("core.hookspath", "")
    if monitor not in ("", "true", "false", "0", "1"):
        why = "git runs it at your own commands here; crmtool's reading does not"
        remedy = "if you did not set it: git config --unset core.fsmonitor"
        yield Result("programs", "warn", f"core.fsmonitor is the program {monitor}", why, remedy)
    if hooks and (facts.root / hooks).resolve().is_relative_to(facts.root.resolve()):
        why = "a pull request can change what git runs on your machine"
        remedy = "keep hooks outside the work tree: git config --unset core.hooksPath"
        yield Result("programs", "warn", f"git takes its hooks from {hooks}", why, remedy)
    if git.is_repository:
        what = f"hooks: {', '.join(git.hooks)}" if git.hooks else "no hooks"
        yield Result("programs", "ok", what)


def check_journal(facts: Facts) -> Iterator[Result]:
    """Was a command cut off."""
    if facts.journal == "open":
        why = "its edits are half made"
        remedy = "run: crmtool doctor --fix (any other command finishes it too)"
        yield Result("journal", "warn", "a command was cut off", why, remedy, "journal")
    elif facts.journal:
        why = "what a cut-off command had left to do is lost"
        remedy = "look at git status; when the files are right, delete it"
        yield Result("journal", "fail", facts.journal, why, remedy)
    else:
        yield Result("journal", "ok", "no command was cut off")


def check_lock(facts: Facts) -> Iterator[Result]:
    """Is another crmtool at work. A lock whose process has ended is none."""
    if facts.holder:
        why = "commands that write have to wait"
        what = f"the lock is held by {facts.holder}"
        yield Result("lock", "warn", what, why, "wait until it has ended, or end it")
    else:
        yield Result("lock", "ok", "nobody else is at work here")


def check_cache(facts: Facts) -> Iterator[Result]:
    """Can the cache be used."""
    if facts.cache == "damaged":
        why = "it is not used, so that every command reads everything anew"
        remedy = "delete .crm/cache/records; nothing is lost with it"
        yield Result("cache", "warn", "the cache is damaged", why, remedy, "cache")
    else:
        words = {
            "none": "there is none yet",
            "good": "whole",
            "other version": "of another version, and made anew at the next command",
        }
        yield Result("cache", "ok", words.get(facts.cache, facts.cache))


def check_names(facts: Facts) -> Iterator[Result]:
    """Can every file be checked out where case does not count (macOS, Windows)."""
    for one, other in facts.collisions:
        why = "on macOS and Windows one of them takes the other's place"
        yield Result("names", "fail", f"{one} and {other}", why, "rename one of them")
    if not facts.collisions:
        yield Result("names", "ok", "no two names differ by case alone")


def check_disk(facts: Facts) -> Iterator[Result]:
    """Can the workspace be written."""
    if not facts.writable:
        why = "nothing can be imported or remembered"
        yield Result(
            "disk", "fail", f"{facts.root} cannot be written", why, "check its permissions"
        )
    elif facts.free < _LOW:
        what = f"{facts.free >> 20} MB are left on the disk"
        yield Result("disk", "warn", what, "an import may not fit", "make room")
    else:
        yield Result("disk", "ok", f"{facts.free >> 30} GB are left")


def check_versions(facts: Facts) -> Iterator[Result]:
    """What runs here, to be quoted in a report of a bug."""
    missing = [name for name, found in facts.libraries.items() if found is None]
    if missing:
        what = f"{', '.join(missing)} not installed"
        why = "some commands will fail"
        yield Result("versions", "fail", what, why, "run: pip install --upgrade crmtool")
    known = ", ".join(f"{name} {found}" for name, found in facts.libraries.items() if found)
    yield Result("versions", "ok", f"Python {facts.python}, {known}")


CHECKS: Final[tuple[Check, ...]] = (
    check_git,
    check_repository,
    check_identity,
    check_config,
    check_key,
    check_remotes,
    check_gitignore,
    check_ignored_records,
    check_site_dir,
    check_programs,
    check_names,
    check_journal,
    check_lock,
    check_cache,
    check_disk,
    check_versions,
)


def diagnose(facts: Facts) -> list[Result]:
    """What every check says."""
    return [result for check in CHECKS for result in check(facts)]
