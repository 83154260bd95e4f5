"""Decisions about who is who: worked out on a desk, shown, carried out in one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from crmtool.app.opening import open_community
from crmtool.errors import Refused, UsageError
from crmtool.identity.resolve import fold
from crmtool.model.clash import Clash, Side
from crmtool.model.community import Community
from crmtool.model.plan import Plan
from crmtool.model.protocols import Tree
from crmtool.model.scalars import check_slug
from crmtool.rules.base import guess
from crmtool.store.apply import apply
from crmtool.store.branch import commit_on_branch
from crmtool.store.history import last_change
from crmtool.store.objects import commit_tree, find_commit
from crmtool.store.tree import WorkTree
from crmtool.sync.desk import Desk, slug_of
from crmtool.sync.joining import Joiner, better_of, profile_of
from crmtool.sync.parting import Splitter, create, reject, reject_account, rename_person
from crmtool.sync.references import follow

TRAILER: Final = "Crmtool: "
Ask = Callable[[str, str, Clash], Side | None]
Verdict = Literal["accept", "reject"]


def ask_nobody(_keep: str, _gone: str, _clash: Clash) -> Side | None:
    """Ask nobody."""
    return None


@dataclass(frozen=True)
class How:
    """How a decision is to be carried out.

    `dry_run` is shown the plan, and nothing is written. `branch` names a new branch to commit on.
    `prefer` says which record is right where two contradict each other: a slug, or `newer`;
    `ask` is asked where it does not say.
    """

    dry_run: Callable[[Plan], None] | None = None
    commit: bool = True
    branch: str | None = None
    allow_mass_change: bool = False
    reason: str = ""
    prefer: str | None = None
    ask: Ask = ask_nobody


@dataclass(frozen=True, slots=True)
class Other:
    """Whose accounts are that are taken off: a slug, or a new record's, with this name if any."""

    slug: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Decided:
    """What was decided, in sentences, and the commit that holds it; empty where there is none."""

    plan: Plan
    lines: tuple[str, ...]
    commit: str = ""


@dataclass
class Work:
    """One command's decisions, made one after the other."""

    root: Path
    tree: Tree
    community: Community
    how: How
    lines: list[str] = field(default_factory=list)
    trailers: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def desk(self) -> Desk:
        """The records, being edited."""
        return Desk(self.community, self.tree.read)

    @cached_property
    def _joiner(self) -> Joiner:
        return Joiner(self.desk, self.community.profiles, self._ask)

    def find(self, name: str) -> str:
        """The slug of whoever is meant by a slug, an alias or an account; else the account.

        Raises:
            UsageError: nobody and nothing is called so.

        """
        return self.desk.current(find_somebody(self.community, name))

    def person(self, name: str) -> str:
        """The slug of somebody who has a record.

        Raises:
            UsageError: no such person.

        """
        found = self.find(name)
        if found not in self.desk.people:
            raise UsageError(
                f"{name} has no record yet",
                "give it to somebody with: crmtool identity accept SLUG ACCOUNT",
            )
        return found

    def merge(self, keep: str, gone: str) -> None:
        """Make one record of two."""
        moved = len(self.desk.people[gone].data.identities)
        self._joiner.merge(keep, gone)
        accounts = f"{moved} account{'' if moved == 1 else 's'}"
        self.tell(f"merge {gone} {keep}", f"Merge {gone} into {keep}, with {accounts}")

    def accept(self, a: str, b: str) -> None:
        """Make one person of two slugs or accounts."""
        first, second = self.find(a), self.find(b)
        if first == second:
            self.lines.append(f"{a} and {b} are one person already: {first}")
            return
        people = self.desk.people
        known = [slug for slug in (first, second) if slug in people]
        if len(known) == 2:  # noqa: PLR2004 (both)
            keep = better_of(people[first], people[second])
            self.merge(keep, second if keep == first else first)
            return
        account = second if first in known else first
        slug = known[0] if known else self._create([first, second], f"{first} is {second}")
        if known:
            self._joiner.attach(slug, account)
        self.tell(f"accept {slug} {account}", f"Give {account} to {slug}")

    def reject(self, a: str, b: str) -> None:
        """Remember that two slugs or accounts are two people.

        Raises:
            UsageError: they are one by now.

        """
        first, second = self.find(a), self.find(b)
        if first == second:
            raise UsageError(
                f"{a} and {b} are one person, {first}",
                f"part them with: crmtool person split {first} ACCOUNT",
            )
        people = self.desk.people
        if first not in people and second not in people:
            first = self._create([first], f"{first} is not {second}")
        if first in people and second in people:
            reject(self.desk, first, second)
        else:
            slug, account = (first, second) if first in people else (second, first)
            reject_account(self.desk, slug, account)
        self.tell(f"reject {first} {second}", f"Keep {first} and {second} apart")

    def _create(self, identities: list[str], why: str) -> str:
        profiles = [profile_of(self.community.profiles, i) for i in identities]
        names = [profile.name for profile in profiles if profile and profile.name]
        return create(self.desk, names, identities, why)

    def split(self, slug: str, identities: Sequence[str], to: str | None, name: str | None) -> None:
        """Take accounts off a record."""
        splitter = Splitter(self.desk, self.community.profiles)
        other = splitter.split(slug, identities, to, name)
        what = ", ".join(identities)
        self.tell(f"split {slug} {other}", f"{what} is {other}; notes and tasks stay with {slug}")

    def rename(self, old: str, new: str) -> None:
        """Give a record another slug."""
        rename_person(self.desk, old, new)
        self.tell(f"rename {old} {new}", f"Rename {old} to {new}")

    def tell(self, trailer: str, line: str) -> None:
        """Note what was decided, for git's history and for the user."""
        self.trailers.append(f"{TRAILER}{trailer}")
        self.lines.append(line)

    def _ask(self, keep: str, gone: str, clash: Clash) -> Side | None:
        prefer = self.how.prefer
        if prefer == "newer":
            times = [last_change(self.root, self.community.people[s].path) for s in (keep, gone)]
            return "b" if times[1] > times[0] else "a"
        if prefer is not None:
            sides: dict[str, Side] = {keep: "a", gone: "b"}
            if side := sides.get(self.find(prefer)):
                return side
        return self.how.ask(keep, gone, clash)

    def plan(self) -> Plan:
        """The edits of all decisions, references followed, with the commit's message."""
        follow(self.desk)
        changes = tuple(self.desk.changes())
        notes = (*self.notes, *(f"left as it is: {line}" for line in self.desk.left))
        return Plan(changes, self._message(), notes) if changes else Plan()

    def _message(self) -> str:
        lines = self.lines
        if len(lines) == 1:
            head, body = lines[0], []
        else:
            head, body = f"Decide who is who, {len(lines)} times", [*lines, ""]
        reason = " ".join(self.how.reason.split())  # no line of it may look like one of ours
        because = [f"Because {reason}", ""] if reason else []
        return "\n".join([head, "", *because, *body, *self.trailers]) + "\n"


def find_somebody(community: Community, name: str) -> str:
    """The slug of whoever a slug, an alias or an account means; of nobody's account, the account.

    Raises:
        UsageError: there is no such person, and no source has seen such an account.

    """
    people = community.people
    if name in people:
        return name
    if alias := next((slug for slug, r in people.items() if name in r.data.aliases), None):
        return alias
    if slug := community.actors.get(name):
        return slug
    spellings = {fold(i): s for i, s in community.actors.items()} if ":" in name else {}
    if slug := spellings.get(fold(name)):
        return slug
    if any(name in known for known in community.profiles.values()):
        return name
    for finding in community.findings:
        if finding.path.startswith("people/") and slug_of(finding.path) == name:
            raise Refused(
                f"{finding.path} cannot be read: {finding.message}",
                "crmtool check says how to mend it",
            )
    hint = guess(name, people, "give a file name in people/ without .md, or network:handle")
    raise UsageError(f"there is no person and no account {name[:64]!r}", hint)


def decide(root: Path, how: How, work: Callable[[Work], None]) -> Decided:
    """Work out decisions and carry them out in one commit, or show them.

    Raises:
        UsageError: there is nobody of that name.
        Refused: going on could lose something; nothing was done.

    """
    tree: Tree = commit_tree(root, find_commit(root, "HEAD")) if how.branch else WorkTree(root)
    job = Work(root, tree, open_community(tree, root), how)
    work(job)
    plan, lines = job.plan(), tuple(job.lines)
    if how.dry_run is not None:
        how.dry_run(plan)
        return Decided(plan, lines)
    if how.branch:
        commit = (
            commit_on_branch(root, plan, how.branch, allow_mass_change=how.allow_mass_change)
            if plan
            else ""
        )
        return Decided(plan, lines, commit)
    # Decided before the lock is taken, for somebody may be asked: the plan knows what it found.
    plan, commit = apply(
        root, lambda: plan, commit=how.commit, allow_mass_change=how.allow_mass_change
    )
    return Decided(plan, lines, commit)


def merge_people(root: Path, names: Sequence[str], into: str | None, how: How) -> Decided:
    """Make one record of several. The first stays, or the one that is to be merged into."""

    def work(job: Work) -> None:
        slugs = list(dict.fromkeys(job.person(name) for name in names))
        keep = job.person(into) if into else slugs[0]
        others = [slug for slug in slugs if slug != keep]
        if not others:
            what = f"{' and '.join(names)} are" if len(names) > 1 else f"{names[0]} is"
            raise UsageError(f"{what} one person: {keep}", "name somebody else to merge with")
        for other in others:
            job.merge(keep, other)

    return decide(root, how, work)


def split_person(
    root: Path, name: str, identities: Sequence[str], other: Other, how: How
) -> Decided:
    """Take accounts off a record, into a new one or into another."""

    def work(job: Work) -> None:
        to = job.person(other.slug) if other.slug else None
        job.split(job.person(name), identities, to, other.name)

    return decide(root, how, work)


def rename_somebody(root: Path, old: str, new: str, how: How) -> Decided:
    """Give a record another slug."""
    try:
        check_slug(new)
    except ValueError as error:
        raise UsageError(f"{new!r} {error}", "such as ada-lovelace") from None
    return decide(root, how, lambda job: job.rename(job.person(old), new))


def answer(root: Path, verdict: Verdict, a: str, b: str, how: How) -> Decided:
    """Answer whether two are one person."""
    return decide(
        root, how, lambda job: job.accept(a, b) if verdict == "accept" else job.reject(a, b)
    )
