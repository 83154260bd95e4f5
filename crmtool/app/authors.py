"""Who writes: whom git's user here is known as, and newcomers who are not known yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from crmtool.app.naming import person_named, visible_people
from crmtool.app.opening import Asked, Scene, open_scene
from crmtool.errors import KeyProblem, UsageError
from crmtool.identity.find import plain
from crmtool.identity.resolve import fold
from crmtool.model.address import account_of
from crmtool.model.plan import Change
from crmtool.model.scalars import IDENTITY
from crmtool.store.author import GitUser, git_user, recall, remember
from crmtool.store.keys import find_key
from crmtool.store.paths import find_workspace

# How an address may stand in a record, by `privacy.emails`.
_KEPT: Final = {"hmac": "email-hmac:", "plain": "email:", "none": ""}
Confirm = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a writer says of themselves."""

    author: str | None = None
    """Whom to take for the author, instead of git's user."""
    join: bool = False
    """Whether a newcomer wants a record, made in the same change."""
    confirm: Confirm | None = None
    """Asks somebody who is there; None: nobody is."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who a note is by: a slug or an account; and the record made for a newcomer."""

    name: str
    record: Change | None = None


def likely_author(asked: Asked, given: str | None) -> tuple[str, ...]:
    """The names to load for an author, so that finding them costs nothing more."""
    if given:
        return (given,)
    root = find_workspace(asked.folder)
    known = recall(root, git_user(root))
    return (known,) if known else ()


def find_author(scene: Scene, said: Introduction) -> Author:
    """The author of what is about to be written.

    Raises:
        UsageError: nobody is known by git's address, and no record for a newcomer is wanted.

    """
    if said.author:
        is_account = ":" in said.author and IDENTITY.match(said.author)
        if is_account and fold(said.author) not in map(fold, scene.community.actors):
            return Author(said.author)
        return Author(person_named(scene, said.author))
    user = git_user(scene.root)
    if (known := recall(scene.root, user)) and known in scene.community.people:
        return Author(known)
    whole = open_scene(scene.asked)
    if slug := _proven(whole, user) or _confirmed(whole, user, said.confirm):
        remember(scene.root, user, slug)
        return Author(slug)
    return _newcomer(whole, user, said)


def find_myself(scene: Scene) -> str:
    """The slug of who sits here, whom a command line calls `me`.

    Raises:
        UsageError: git's user is nobody who has a record.

    """
    try:
        return find_author(scene, Introduction()).name
    except UsageError as error:
        raise UsageError(
            f"{error.message}, so nobody can tell who `me` is",
            "name yourself by slug; if you are new, crmtool note add --join makes your record",
        ) from None


def _identities(scene: Scene, user: GitUser) -> Iterator[str]:
    """The identities that git's user proves to have, those first that a record may list."""
    if account := account_of(user.address):
        yield account.identity
    if user.address:
        yield f"email:{user.address}"
    try:
        keyed = find_key(scene.community.config.privacy.key)
    except KeyProblem:  # a volunteer need not have it
        return
    if hashed := keyed.email(user.address, "hmac"):
        yield hashed
    yield keyed.git_actor(user.name, user.address)


def _proven(scene: Scene, user: GitUser) -> str | None:
    actors = {fold(actor): slug for actor, slug in scene.community.actors.items()}
    return next((s for i in _identities(scene, user) if (s := actors.get(fold(i)))), None)


def _namesakes(scene: Scene, user: GitUser) -> list[str]:
    name = plain(user.name)
    return [s for s, r in visible_people(scene).items() if name and plain(r.data.name) == name]


def _confirmed(scene: Scene, user: GitUser, confirm: Confirm | None) -> str | None:
    """A name alone proves nothing, so whoever bears it is asked."""
    people = scene.community.people
    for slug in _namesakes(scene, user) if confirm else ():
        if confirm and confirm(f"Are you {people[slug].data.name} ({people[slug].path})?"):
            return slug
    return None


def _newcomer(scene: Scene, user: GitUser, said: Introduction) -> Author:
    if not plain(user.name):
        raise UsageError(
            "git does not know your name here, so a note would have no author",
            "run: git config user.name 'Your Name', or add --author SLUG",
        )
    wanted = said.join or (
        said.confirm is not None
        and said.confirm(f"Nobody here is known by git's address. Make a record of {user.name}?")
    )
    if not wanted:
        same = [f"--author {slug}" for slug in _namesakes(scene, user)]
        likely = f"if you are in people/ already, add {' or '.join(same) or '--author SLUG'}"
        raise UsageError(
            f"git's user {user.name[:80]!r} is nobody whom this workspace knows",
            f"{likely}; if you are new, add --join to be put there in the same change",
        )
    return _introduced(scene, user)


def _introduced(scene: Scene, user: GitUser) -> Author:
    """A record for a newcomer: the name, and an account or hashed address if the policy says so."""
    from crmtool.sync.people import person_path
    from crmtool.sync.slugs import new_slug
    from crmtool.text.render import record as render_record

    people, kept = scene.community.people, _KEPT[scene.community.config.privacy.emails]
    hidden = {"git:", *_KEPT.values()} - {kept, ""}
    identities = [i for i in _identities(scene, user) if not i.startswith(tuple(hidden))][:1]
    taken = {*people, *(alias for r in people.values() for alias in r.data.aliases)}
    slug = new_slug([user.name], [*identities, user.digest][0], taken)
    values = {"name": user.name, "identities": identities or None}
    path = person_path(scene.community, slug)
    remember(scene.root, user, slug)
    change = Change(path, None, render_record(values).encode(), "a newcomer who writes here")
    return Author(slug, change)
