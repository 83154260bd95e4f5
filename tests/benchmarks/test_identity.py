"""The benchmark of who is who, on a history of a few commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import bench_identity, bench_matching
from benchmarks.truths import name_of
from tests.gitrepo import Project

TRUTH = Path(__file__).parents[3] / "shared/bench/identity_truth.py"
MAILMAP = """\
Ada Lovelace <ada@gmail.com>
Ada Lovelace <ada@gmail.com> <countess@engines.example>
Ada Lovelace <ada@gmail.com> <countess@web.de>
Grace Hopper <grace@navy.example>
"""


@pytest.mark.skipif(not TRUTH.is_file(), reason="shared/bench does not lie beside the project")
def test_it_scores_a_history_under_both_policies(tmp_path: Path) -> None:
    project = Project(tmp_path / "numpy.git", bare=True)
    for author in (
        "Ada Lovelace <ada@gmail.com>",
        "Ada Lovelace <countess@web.de>",
        "al <countess@engines.example>",
        "Grace Hopper <grace@navy.example>",
    ):
        project.commit(author=author, files={".mailmap": MAILMAP})
    said = bench_identity.main([str(project.folder)])
    row = next(line for line in said.splitlines() if "suggestions answered" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:4] == ["numpy", "and suggestions answered", "1.000", "1.000"]
    assert cells[-4:] == ["1", "1.000", "1.000", "same"]


@pytest.mark.parametrize(("path", "name"), [
    ("/x/numpy+numpy/repo", "numpy"), ("/x/scipy.git", "scipy"), ("/x/sympy/.git", "sympy"),
])  # fmt: skip
def test_what_a_history_is_called(path: str, name: str) -> None:
    assert name_of(Path(path)) == name


def test_both_matchers_are_given_the_same_identities() -> None:
    pairs = bench_matching.identities(500)
    made = bench_matching.community(pairs)
    assert len(made.profiles["core"]) == len(set(pairs))
    assert 0 < bench_matching.join(made) < len(set(pairs))
