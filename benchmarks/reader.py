"""The least that reading a history in Python can cost: commits and trailers, counted by author."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

from crmtool.importers.git import FIELDS

command = ["git", "-C", sys.argv[1], "log", "-z", "--no-mailmap", f"--format={FIELDS}"]
authors: Counter[str] = Counter()
trailers: Counter[str] = Counter()
width = FIELDS.count("%x00") + 1
rest = ""
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as process:
    assert process.stdout is not None
    while chunk := process.stdout.read(1 << 20):
        *fields, rest = (rest + chunk).split("\0")
        whole = len(fields) // width * width
        for at in range(0, whole, width):
            authors[fields[at + 2]] += 1
            trailers.update(line.partition(":")[0] for line in fields[at + 6].splitlines())
        rest = "\0".join([*fields[whole:], rest])
print(len(authors), authors.total(), trailers.total())
