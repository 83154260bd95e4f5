"""The baseline of importing from GitHub: download the same, `json.load` it, throw it away."""

from __future__ import annotations

import json
import sys

import requests

from benchmarks.githubs import AUTHORS


def main(url: str) -> None:
    """Follow the pages of a list to its end, then ask for the profiles behind it."""
    session, here, count = requests.Session(), f"{url}/repos/tern/core/issues", 0
    while here:
        answer = session.get(here, timeout=60)
        count += len(json.loads(answer.content))
        here = answer.links.get("next", {}).get("url", "")
    for number in range(AUTHORS):
        json.loads(session.get(f"{url}/users/person-{number}", timeout=60).content)
    print(count)


if __name__ == "__main__":
    main(sys.argv[1])
