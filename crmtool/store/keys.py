"""The privacy key: outside the repository, in `CRMTOOL_KEY` or the user's configuration folder."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Final

from crmtool.errors import KeyProblem
from crmtool.model.keyed import Keyed

VARIABLE: Final = "CRMTOOL_KEY"
_HEX: Final = re.compile(r"[0-9a-fA-F]{64}\Z")


def key_folder() -> Path:
    """Where the user's keys lie, one file a fingerprint."""
    from platformdirs import user_config_path

    return user_config_path("crmtool") / "keys"


def _parse(text: str, where: str) -> Keyed:
    if not _HEX.match(text.strip()):
        raise KeyProblem(f"{where} does not hold a key", "a key is 64 hexadecimal digits")
    return Keyed(bytes.fromhex(text.strip()))


def new_key() -> Keyed:
    """Make a key, or take the one in `CRMTOOL_KEY`, and keep it for this user."""
    if given := os.environ.get(VARIABLE):
        return _parse(given, VARIABLE)
    secret = secrets.token_bytes(32)
    keyed = Keyed(secret)
    folder = key_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / keyed.fingerprint, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secret.hex() + "\n")
        file.flush()
        os.fsync(handle)
    return keyed


def trial_key() -> Keyed:
    """A key for looking at what would happen, of which nothing is kept."""
    given = os.environ.get(VARIABLE)
    return _parse(given, VARIABLE) if given else Keyed(secrets.token_bytes(32))


def find_key(fingerprint: str | None) -> Keyed:
    """The key that a workspace was begun with.

    Raises:
        KeyProblem: it is not here, or another one is. A new one is never made in its place: it
            would split every person in two.

    """
    if fingerprint is None:
        raise KeyProblem(
            "this workspace names no privacy key (privacy.key in crm.yml)",
            "crmtool init makes one; or add privacy: {emails: …, key: FINGERPRINT}",
        )
    if given := os.environ.get(VARIABLE):
        keyed = _parse(given, VARIABLE)
        if keyed.fingerprint != fingerprint:
            raise KeyProblem(
                f"the key in {VARIABLE} is {keyed.fingerprint}, this workspace was begun with "
                f"{fingerprint}",
                f"set {VARIABLE} to the right key, or unset it",
            )
        return keyed
    file = key_folder() / fingerprint
    if not file.is_file():
        raise KeyProblem(
            f"the privacy key {fingerprint} of this workspace is not on this machine",
            f"ask a maintainer for it and put it into {file}, or into the variable {VARIABLE}",
        )
    keyed = _parse(file.read_text(), str(file))
    if keyed.fingerprint != fingerprint:
        raise KeyProblem(f"{file} holds another key", "put the right key back")
    return keyed
