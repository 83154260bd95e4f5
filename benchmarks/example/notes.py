"""All notes of the example, by date."""

from __future__ import annotations

from benchmarks.example.notes_autumn import AUTUMN
from benchmarks.example.notes_late import LATE
from benchmarks.example.notes_spring import SPRING
from benchmarks.example.shapes import Note

NOTES: list[Note] = [*AUTUMN, *SPRING, *LATE]
