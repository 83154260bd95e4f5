"""Accounts of the example on their networks, and what each source says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.chance import Chance
from benchmarks.example.arcs import ARCS
from benchmarks.example.cast import CAST
from benchmarks.example.rhythm import END, MONTHS, text
from benchmarks.example.shapes import GitName, Member, digest
from benchmarks.records import Activity

Profile = dict[str, object]

# What a network says of a name where a human has since written it better in the record.
SAID = {"gu-mianzhou": "Mianzhou Gu", "wirasunu": "wirasunu wirasunu", "noor-vanderzwael": "n"}
BIOS = {
    "ottoline-brackwater": "Maps for people with muddy boots.",
    "dov-halpernik": "I maintain things, mostly Ginnel.",
    "sunneva-hallmundardottir": "Snow, and programs about snow.",
    "hana-mochizawa": "Paper, folded.",
    "oksana-verbotsvit": "PDF from the inside.",
    "wirasunu": "Lanes of Kotagede.",
    "tuuli-rantakivi": "Bogs and how to cross them.",
    "thandeka-mqonga": "Maps that everyone can read.",
}
# Accounts that no record lists yet: suggestions for the next Monday.
LOOSE = {
    "oksana_v": "Оксана Вербоцвіт",
    "emeka.obiladu": "Emeka Obiladu",
    "leeds-gethinp": "Gethin Prysddu",
}
LOOSE_GIT = ("Samir B.", "git:" + digest("loose", "samir", length=16))
PASSERS = tuple(
    f"{first}{second}"
    for second in ("boots", "mile", "path")
    for first in ("mossy", "slow", "quiet", "long", "paper", "north", "foggy", "stony", "late")
)


@dataclass(slots=True)
class Feed:
    """What one source has brought: activities, and profiles by identity."""

    activities: list[Activity] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)

    def add(
        self, at: datetime, kind: str, name: str, who: Mapping[str, str | None], **more: object
    ) -> bool:
        """Take an activity, unless it lies after the last import."""
        if at > END:
            return False
        entry: Activity = {"at": text(at), "type": kind, "id": name, **who}
        entry |= {key: value for key, value in more.items() if value}
        self.activities.append(entry)
        return True


def uid(network: str, handle: str) -> str:
    """Return the number that a network has for an account."""
    return str(10_000 + int(digest(network, handle, length=6), 16))


def hub(handle: str) -> dict[str, str]:
    """Return the two keys that say who acted on the hub."""
    return {"actor": f"github:{handle}", "actor_uid": uid("github", handle)}


def bench(handle: str) -> dict[str, str]:
    """Return the two keys that say who acted on the Bench."""
    return {"actor": f"forum.example.org:{handle}", "actor_uid": uid("forum", handle)}


def committer(chance: Chance, member: Member) -> str:
    """Return the identity that signs this commit: the usual pair, now and then another."""
    pairs = member.git
    pair = pairs[0] if len(pairs) == 1 or chance.hit(0.8) else chance.pick(pairs[1:])
    return member.git_actor(pair)


def _company(member: Member) -> str:
    current = member.front.get("affiliations", [])
    if not isinstance(current, list) or not current or "to" in current[-1]:
        return ""
    return CAST[str(current[-1]["organisation"])].name


def hub_profile(member: Member) -> Profile:
    """Return what the hub says of one of us."""
    name = SAID.get(member.slug, member.name)
    profile: Profile = {
        "identity": f"github:{member.hub}",
        "uid": uid("github", member.hub),
        "name": name,
    }
    applied = {"name": name}
    if member.kind == "bot":
        return profile | {"kind": "bot", "applied": applied}
    if member.front.get("restricted"):
        return profile
    extra = {"bio": BIOS.get(member.slug, ""), "company": _company(member)}
    location = str(member.front.get("location", ""))
    profile |= {key: value for key, value in extra.items() if value}
    if location:
        profile["location"] = applied["location"] = location
    if links := member.front.get("links"):
        profile["links"] = applied["links"] = links  # type: ignore[assignment]
    return profile | {"applied": applied}


def bench_profile(member: Member) -> Profile:
    """Return what the Bench says; it names the GitHub account of the few who linked it."""
    profile: Profile = {
        "identity": f"forum.example.org:{member.bench}",
        "uid": uid("forum", member.bench),
        "name": member.name,
    }
    if member.kind == "bot":
        profile["kind"] = "bot"
    if member.slug in {"hana-mochizawa", "kwabena-asare-fio", "tuuli-rantakivi"}:
        profile["same_as"] = [f"github:{member.hub}"]
    if not member.hub:
        profile["applied"] = {"name": member.name}
    return profile


def meetup_profile(member: Member) -> Profile:
    """Return what an attendance list says: a name."""
    return {"identity": f"meetups.example.org:{member.meetups}", "name": member.name}


def git_profile(member: Member, pair: GitName) -> Profile:
    """Return what is kept of one pair of name and address."""
    profile: Profile = {"identity": member.git_actor(pair), "name": pair.raw}
    if pair.how == "mail":
        profile["emails"] = [member.mail]
    elif pair.how == "noreply":
        profile["same_as"] = [f"github:{member.hub}"]
    if pair.raw == member.name and ARCS[member.slug].since == MONTHS[0]:
        profile["applied"] = {"name": pair.raw}
    return profile


def everybody() -> dict[str, dict[str, Profile]]:
    """Return all that the sources could say: by source, then by identity."""
    said: dict[str, list[Profile]] = {"core-git": [], "hub": [], "forum": [], "meetups": []}
    for member in CAST.values():
        said["core-git"] += [git_profile(member, pair) for pair in member.git]
        said["hub"] += [hub_profile(member)] if member.hub else []
        said["forum"] += [bench_profile(member)] if member.bench else []
        said["meetups"] += [meetup_profile(member)] if member.meetups else []
    for handle, name in LOOSE.items():
        said["forum"].append({**_who(bench(handle)), "name": name})
    said["core-git"].append(
        {
            "identity": LOOSE_GIT[1],
            "name": LOOSE_GIT[0],
            "emails": ["email-hmac:" + digest("loose", "mail", length=32)],
        }
    )
    for handle in PASSERS:
        said["hub"].append({**_who(hub(handle)), "name": handle})
        said["forum"].append({**_who(bench(handle)), "name": handle})
    return {
        source: {str(one["identity"]): one for one in profiles} for source, profiles in said.items()
    }


def _who(actor: dict[str, str]) -> Profile:
    return {"identity": actor["actor"], "uid": actor["actor_uid"]}
