"""What it costs to find out who is who, beside SortingHat's way of matching.

    python -m benchmarks matching [22000]

Named baseline: what SortingHat 1 does to match by e-mail and name (strict filters, then one pandas
merge of the table with itself for each, then a set of matches for each identity), without its
database. All three look at the same identities, in processes of their own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.big_names import full_name
from benchmarks.measure import table
from crmtool.model.community import Community
from crmtool.model.config import Config, Tags
from crmtool.model.feeds import Profile
from crmtool.model.keyed import Keyed

_KEY = Keyed(bytes(32))
_HOSTS = ("gmail.com", "acme.example", "users.noreply.github.com", "web.de", "laptop.local")


def identities(number: int) -> list[tuple[str, str]]:
    """(name, e-mail) of people who come under one to four of them, each a little different."""
    found: list[tuple[str, str]] = []
    person = 0
    while len(found) < number:
        person += 1
        given, family = full_name(person * 7919).split()
        names = (f"{given} {family}", given + family, f"{given} {family}", f"{given[0]} {family}")
        for at in range(1 + (person % 4 if person % 3 == 0 else 0)):
            local = (f"{given}.{family}", f"{given[0]}{family}", f"{given}{person}")[at % 3].lower()
            found.append((names[at], f"{local}@{_HOSTS[(person + at // 2) % 5]}"))
    return found[:number]


def sortinghat(pairs: list[tuple[str, str]]) -> int:
    """Match by e-mail and name; how many identities match another one."""
    import pandas as pd

    rows = [{"uuid": str(n), "name": name, "email": mail} for n, (name, mail) in enumerate(pairs)]
    frame = pd.DataFrame(rows).sort_values("uuid")
    mails = frame[frame["email"].str.fullmatch(r"[^\s@]+@[^\s@.]+\.[^\s@]+")]
    names = frame[frame["name"].str.match(r"\w+\s\w+")]
    merged = pd.concat(
        [mails[["uuid", "email"]].merge(mails[["uuid", "email"]], on="email")[["uuid_x", "uuid_y"]],
         names[["uuid", "name"]].merge(names[["uuid", "name"]], on="name")[["uuid_x", "uuid_y"]]]
    )  # fmt: skip
    other = merged[merged["uuid_x"] != merged["uuid_y"]]
    return len(other.groupby("uuid_x")["uuid_y"].apply(set).to_dict())


def community(pairs: list[tuple[str, str]]) -> Community:
    """The same as an import keeps them."""
    from crmtool.model.address import account_of

    profiles: dict[str, Profile] = {}
    for name, address in pairs:
        account, email = account_of(address), _KEY.email(address, "hmac")
        identity = _KEY.git_actor(name, address)
        profiles[identity] = Profile(
            identity=identity,
            name=name,
            emails=[email] if email else [],
            same_as=[account.identity] if account else [],
            signs=_KEY.signs(address),
        )
    config = Config.model_validate({"community": {"name": "x"}})
    return Community(config, Tags(), {}, {}, {}, {}, {"core": profiles})


def join(made: Community) -> int:
    """Join unasked; how many groups there are."""
    from crmtool.identity.resolve import Listing
    from crmtool.sync.accounts import accounts_of
    from crmtool.sync.groups import make_groups

    listing = Listing.of({}, made.profiles)
    accounts = accounts_of(made.config, {}, made.profiles, Counter(), listing.contested)
    groups, _ = make_groups(accounts, listing, made.config.identity)
    return len(groups)


def suggest(made: Community) -> int:
    """Suggest from nothing joined, which is the most work; how many there are."""
    from crmtool.identity.matcher import Matcher

    return len([*Matcher({}, lambda word: _KEY.sign("local", word))(made)])


def _measured(what: str, number: int) -> str:
    pairs = identities(number)
    work: Callable[[], int]
    if what == "sortinghat":
        import pandas as pd

        pd.DataFrame([{"a": "b"}]).merge(pd.DataFrame([{"a": "b"}]), on="a")  # its start is no work
        work = lambda: sortinghat(pairs)  # noqa: E731
    else:
        made = community(pairs)
        work = lambda: join(made) if what == "join" else suggest(made)  # noqa: E731
    begun = time.process_time()
    found = work()
    used = time.process_time() - begun
    return f"{used} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024} {found}"


def main(arguments: list[str]) -> str:
    """The table."""
    if arguments and not arguments[0].isdigit():
        return _measured(arguments[0], int(arguments[1]))
    number = int(arguments[0]) if arguments else 22_000
    rows, base = [], 0.0
    for what in ("sortinghat", "join", "suggest"):
        command = [sys.executable, "-m", "benchmarks", "matching", what, str(number)]
        runs = [
            subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)
        ]
        cpu, memory, found = min(tuple(map(float, run.stdout.split())) for run in runs)
        base = base or cpu
        rows.append((what, number, cpu, f"{cpu / base:.1f}x", memory, int(found)))
    return table(("what", "identities", "CPU s", "of the baseline", "MB", "found"), rows)
