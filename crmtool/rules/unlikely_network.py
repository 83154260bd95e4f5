"""unlikely-network."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.identities import identities

_NETWORKS: Final = frozenset(
    """bitbucket bluesky codeberg crowdin dev discord discourse email email-hmac facebook fediverse
    forum git gitea github gitlab gitter gnome hachyderm irc kaggle launchpad lemmy libera linkedin
    mastodon matrix medium meetup npm oftc orcid peertube pixelfed pypi reddit rubygems signal slack
    sourcehut stackoverflow telegram transifex twitch twitter weblate wikimedia youtube
    zulip""".split()
)


def check(community: Community) -> Iterator[Finding]:
    """A network's name looks misspelt.

    What: the word before the `:` of an identity is no near miss of a network that is well known.
    What any source or another network is called is left alone.
    Why: nothing that the person does there will ever be found.
    Bad: `identities: [gihub:ada]`
    Good: `identities: [github:ada]`
    """
    used = {i.partition(":")[0] for known in community.profiles.values() for i in known}
    for path, key, identity in identities(community):
        network = identity.partition(":")[0]
        if network not in used and (meant := _meant(network)):
            hint = f"did you mean {meant}:?"
            yield RULE.finding(path, f"no network is known as {network!r}", hint, key)


@lru_cache(maxsize=1024)
def _meant(network: str) -> str | None:
    if network in _NETWORKS or "." in network:
        return None
    return next(iter(get_close_matches(network, _NETWORKS, n=1, cutoff=0.8)), None)


RULE: Final = Rule("unlikely-network", "warning", check, reach="faces")
