"""identity-malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crmtool.model.community import Community
from crmtool.model.finding import Finding
from crmtool.rules.base import Rule
from crmtool.rules.identities import identities

_HOST: Final = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}"
_FEDIVERSE: Final = rf"[\w.-]{{1,64}}@{_HOST}"
# How handles look, and an example. What is not here may look as it likes.
_NETWORKS: Final[dict[str, tuple[str, str]]] = {
    "bluesky": (rf"did:[a-z]+:[\w.:%-]+|{_HOST}", "ada.bsky.social"),
    "email": (r"[^@\s]+@[^@\s]+", "ada@example.org"),
    "fediverse": (_FEDIVERSE, "ada@social.example.org"),
    "git": (r"[0-9a-f]{16}", "0123456789abcdef"),
    "github": (r"[a-z0-9][a-z0-9-]{0,38}(?:_[a-z0-9]{1,20})?(?:\[bot\])?", "ada"),
    "gitlab": (r"[\w][\w.-]{0,254}", "ada"),
    "mastodon": (_FEDIVERSE, "ada@social.example.org"),
    "matrix": (r"@[a-z0-9._=/+-]+:[a-z0-9.:\[\]-]+", "@ada:example.org"),
    "orcid": (r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", "0000-0002-1825-0097"),
    "pypi": (r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", "ada"),
    "stackoverflow": (r"\d+", "12345"),
    "telegram": (r"[a-z]\w{3,31}", "ada_l"),
    "twitter": (r"\w{1,15}", "ada"),
}
_FORMS: Final = {
    # An account that took over another one's handle carries its number as well.
    network: re.compile(rf"(?:{form})(?:#\w{{1,40}})?\Z", re.IGNORECASE | re.ASCII)
    for network, (form, _) in _NETWORKS.items()
}
_LINK: Final = re.compile(r"(?://|https?:|www\.)", re.IGNORECASE)


def check(community: Community) -> Iterator[Finding]:
    """A handle cannot exist on its network.

    What: behind `github:`, `mastodon:`, `matrix:`, `orcid:` and others stands what that network
    gives out: no address of a page, no `@` before a name that has none.
    Why: no account is called that, so nothing that the person does will ever be found.
    Bad: `identities: [github:https://github.com/ada, mastodon:ada]`
    Good: `identities: [github:ada, mastodon:ada@social.example.org]`
    """
    for path, key, identity in identities(community):
        network, _, handle = identity.partition(":")
        form = _FORMS.get(network)
        if form and not form.match(handle):
            hint = f"write it as {network}:{_NETWORKS[network][1]}"
            yield RULE.finding(path, f"{_short(identity)} is no account of {network}", hint, key)
        elif not form and _LINK.match(handle):
            hint = f"write {network}: and the name of the account; a page belongs in links"
            yield RULE.finding(path, f"{_short(identity)} is an address, no account", hint, key)


def _short(identity: str) -> str:
    """The identity as a message shows it, without what may be somebody's address."""
    return (
        repr(identity[:60])
        if "@" not in identity
        else f"what stands behind {identity.partition(':')[0]}:"
    )


RULE: Final = Rule("identity-malformed", "error", check)
