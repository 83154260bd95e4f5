"""Find the weights of `crmtool/identity/weights.py` from histories with a `.mailmap`.

    python -m benchmarks.fit_identities FOLDER REPOSITORY...

prints the table to put there. FOLDER keeps the workspaces from one run to the next. The histories
that `bench_identity` reports must not be among them. A pair that `.mailmap` does not join counts in
full where it mentions both, else less: most duplicates that nobody wrote down are duplicates.
"""

from __future__ import annotations

import json
import math
import os
import sys
from pathlib import Path

import numpy as np

from benchmarks.truths import KEY, exported, imported, script
from crmtool.app.opening import Asked, open_scene
from crmtool.identity.blocking import candidates
from crmtool.identity.evidence import Witness
from crmtool.identity.portraits import portraits
from crmtool.model.keyed import Keyed
from crmtool.store.sightings import sightings

_UNWRITTEN = 0.4
_RIDGE = 0.5

Example = tuple[set[str], bool, float]
"""The parts of a pair's evidence, whether they are one, and what the pair counts."""


def examples(repository: Path, folder: Path) -> list[Example]:
    """Every candidate pair of one history, as crmtool sees it."""
    root = imported(repository, folder, "plain")
    rows = truth_of(repository, root)
    scene = open_scene(Asked(root))
    keyed = Keyed(bytes.fromhex(KEY))
    seen = sightings(scene.community.feeds)
    everybody = portraits(scene.community, seen, lambda word: keyed.sign("local", word))
    witness = Witness(everybody.values())
    found: list[Example] = []
    for a, b in sorted(candidates(everybody.values())):
        if a in rows and b in rows:
            evidence = witness.compare(everybody[a], everybody[b])
            parts = {part for one in evidence for part in one.parts}
            same = not {name for name, _ in rows[a]}.isdisjoint({name for name, _ in rows[b]})
            looked_at = any(known for _, known in rows[a]) and any(known for _, known in rows[b])
            found.append((parts, same, 1.0 if same or looked_at else _UNWRITTEN))
    return found


def truth_of(repository: Path, root: Path) -> dict[str, set[tuple[str, bool]]]:
    """Of each slug and unclaimed identity, who it truly is, and whether `.mailmap` mentions it."""
    rows: dict[str, set[tuple[str, bool]]] = {}
    known = {(t.name, t.email): t for t in script().read_truth(repository)}
    for line in exported(root):
        if true := known.get((line["name"] or "", line["email"] or "")):
            key = line["person"] or f"{line['network']}:{line['handle']}"
            rows.setdefault(key, set()).add((true.canonical, true.in_mailmap))
    return rows


def regress(found: list[Example]) -> dict[str, float]:
    """Weights in bits, by Newton's method with a ridge; the constant is called ``."""
    parts = sorted({part for one, _, _ in found for part in one})
    column = {part: at for at, part in enumerate([*parts, ""])}
    table = np.zeros((len(found), len(column)))
    table[:, -1] = 1
    for row, (one, _, _) in enumerate(found):
        table[row, [column[part] for part in one]] = 1
    same = np.array([float(is_same) for _, is_same, _ in found])
    count = np.array([weight for _, _, weight in found])
    ridge = np.diag([_RIDGE] * len(parts) + [0.01])
    solution = np.zeros(len(column))
    for _ in range(60):
        chance = 1 / (1 + np.exp(-table @ solution))
        slope = table.T @ (count * (chance - same)) + ridge @ solution
        curve = (table * (count * chance * (1 - chance))[:, None]).T @ table + ridge
        step = np.linalg.solve(curve, slope)
        solution -= step
        if np.abs(step).max() < 1e-8:
            break
    return {part: solution[at] / math.log(2) for part, at in column.items()}


def main(arguments: list[str]) -> str:
    """The table, as Python."""
    os.environ["CRMTOOL_KEY"] = KEY
    folder, *repositories = map(Path, arguments)
    found = [one for path in repositories for one in examples(path, folder)]
    weights = regress(found)
    lines = [f"BASE: Final = {weights.pop(''):.2f}", "", "WEIGHTS: Final[dict[str, float]] = {"]
    lines += [f"    {json.dumps(part)}: {weight:.2f}," for part, weight in weights.items()]
    right = sum(same for _, same, _ in found)
    return "\n".join([f"# {len(found):,} pairs, {right:,} of one human", *lines, "}"])


if __name__ == "__main__":
    print(main(sys.argv[1:]))
