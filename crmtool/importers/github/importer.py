"""The GitHub importer: which repositories, in which order their lists, then who all these are."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from crmtool.errors import BadAnswer
from crmtool.importers.contract import Context, Cursor, Importer, Line
from crmtool.importers.github import graphql
from crmtool.importers.github.accounts import Accounts
from crmtool.importers.github.api import Api, is_absent, network_of
from crmtool.importers.github.dumps import read_dump
from crmtool.importers.github.items import Items
from crmtool.importers.github.streams import DONE, State, Streams
from crmtool.importers.github.wire import Item, Repository
from crmtool.model.feeds import Profile


class GitHubImporter(Importer[Item]):
    """Issues, pull requests, reviews, comments, discussions, releases, stars, forks, sponsors."""

    type: ClassVar[str] = "github"
    resumable: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.accounts = Accounts(context, network_of(context.source))
        month = f"{context.clock.now():%Y-%m}"
        self.items = Items(self.accounts, context.config.privacy, month, self.outcome)

    def fetch(self, cursor: Cursor) -> Iterator[Item]:
        """Everything that changed in the target's repositories, then the profiles behind it."""
        api = Api(self.context, self.outcome)
        states = self._states(cursor)
        if not self.context.source.target:
            self.outcome.note("it has no `target` to ask, and holds what came from files")
            return
        owners = dict[str, str]()
        if api.token is None:
            self.outcome.note(
                "without a token GitHub answers 60 requests an hour, and has no discussions and no "
                "sponsorships to read; see docs/sources/github.md"
            )
        for repository in api.repositories():
            yield from self._repository(api, repository, states)
            owner = repository.full_name.partition("/")[0]
            owners.setdefault(owner.lower(), owner)
        for owner in owners.values() if api.token else ():
            yield from self._optional("sponsorships", graphql.sponsorships(api, owner))
        yield from self._profiles(api)
        _unmark(states)

    def _states(self, cursor: Cursor) -> dict[str, Any]:
        """Where each repository was left, by its number: its name may change."""
        known = cursor.get("repositories")
        states = copy.deepcopy(known) if isinstance(known, dict) else {}
        self.outcome.cursor = {"repositories": states}
        return states

    def _repository(self, api: Api, repository: Repository, states: State) -> Iterator[Item]:
        key = str(repository.id or repository.full_name)
        state = states.get(key)
        if not isinstance(state, dict) or not isinstance(state.get("name"), str):
            state = states[key] = {"name": repository.full_name}
        channel, path = str(state["name"]), repository.full_name
        data = msgspec.to_builtins(repository)
        yield Item("repository", data, channel)
        reviewed = partial(graphql.reviews, api, path) if api.token else None
        streams = Streams(api, channel, path, state, reviewed)
        yield from streams.all()
        if api.client.moved and path.lower() == self.context.source.target.lower():
            self.outcome.note(f"{path} has moved: write its new name as the target")
        if api.token and repository.has_discussions:
            read = partial(graphql.discussions, api, path, channel, streams.state("discussions"))
            yield from streams.once("discussions", lambda: self._optional("discussions", read()))

    def _optional(self, what: str, items: Iterator[Item]) -> Iterator[Item]:
        """What the token may not be allowed to read, or a server may not have."""
        try:
            yield from items
        except BadAnswer as error:
            if not is_absent(error):
                raise
            self.outcome.note(f"its {what} cannot be read: {error.message}")

    def _profiles(self, api: Api) -> Iterator[Item]:
        """What accounts say of themselves: those not asked yet, those met again once a month."""
        handles = self.accounts.to_ask()
        ways = [True, False] if api.token else []
        while handles and ways:
            batch = handles[: graphql.BATCH]
            try:
                found = graphql.profiles(api, batch, emails=ways[0])
            except BadAnswer as error:
                if not is_absent(error):
                    raise
                ways.pop(0)  # without addresses, then one by one
                continue
            handles = handles[graphql.BATCH :]
            for handle, account in found.items():
                if account is None:
                    self.accounts.missed(handle)
                else:
                    yield Item("account", account)
        for handle in handles:
            yield from self._profile(api, handle)

    def _profile(self, api: Api, handle: str) -> Iterator[Item]:
        try:
            yield Item("account", api.client.get(f"/users/{handle}", msgspec.Raw).data)
        except BadAnswer as error:
            if not is_absent(error):
                raise
            self.accounts.missed(handle)

    def normalise(self, raw: Item) -> list[Line]:
        """What one thing says; what cannot be understood is counted by its kind."""
        try:
            return list(self.items.lines(raw))
        except msgspec.ValidationError:
            self.outcome.skip(f"malformed: {raw.kind}")
            return []

    def close(self) -> Iterator[Profile]:
        """Everybody who was met."""
        yield from self.accounts.met.values()

    def read(self, file: Path) -> Iterator[Item]:
        """Webhook payloads and answers of the API (`gh api`) out of a file, or a folder of them."""
        yield from read_dump(self.context, self.outcome, file)


def _unmark(states: dict[str, Any]) -> None:
    """Forget which lists were read to their end: everything was."""
    for state in states.values():
        for name, part in [*state.items()] if isinstance(state, dict) else ():
            if isinstance(part, dict):
                part.pop(DONE, None)
                if not part:
                    del state[name]
