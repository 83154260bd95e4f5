"""A git-backed, plaintext community CRM with a static site."""

from __future__ import annotations

__version__ = "0.1.0"
