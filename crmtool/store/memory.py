"""Work that makes many objects and no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection: what is made here is in use, and each pass would go over it again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def settle() -> None:
    """Let the oldest generation take in all that there is, which spares a first look at each."""
    gc.freeze()
    gc.unfreeze()


@contextmanager
def passed_over() -> Iterator[None]:
    """Garbage collection of what is made here alone: what was there before is in use."""
    gc.freeze()
    try:
        yield
    finally:
        # At the program's end libraries count what is left, and complain of what stays frozen.
        gc.unfreeze()
