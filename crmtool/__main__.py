"""The program: `crmtool`, or `python -m crmtool`."""

from __future__ import annotations

import gc
import os
import sys

_OBJECTS = 200_000
"""So many new ones before garbage is looked for: starting makes half of them, and no garbage."""


def run() -> None:
    """Run the command line in a process of its own, and exit with its code."""
    # Pydantic would ask all that is installed whether it wants to look on.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    from crmtool.cli.main import main

    try:
        main()
    finally:
        # The process ends, and all goes at once; Python need not look at each object before.
        # DuckDB counts what is left of its own, and complains of it.
        if "duckdb" not in sys.modules:
            gc.freeze()


if __name__ == "__main__":
    run()
