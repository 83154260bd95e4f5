"""A token on its way to git: in the environment, for its own host alone; `ps` shows arguments."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit


def token_env(url: str, token: str) -> dict[str, str]:
    """What makes git send a token to the host of an https address, empty for any other address."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not token:
        return {}
    login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.https://{parts.netloc.rpartition('@')[2]}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {login}",
    }
