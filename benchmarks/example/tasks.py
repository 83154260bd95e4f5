"""The tasks of the example: what was promised, to whom, and by when."""

from __future__ import annotations

from benchmarks.example.shapes import Task
from benchmarks.example.tasks_earlier import EARLIER
from benchmarks.example.tasks_later import LATER

TASKS: list[Task] = [*EARLIER, *LATER]
