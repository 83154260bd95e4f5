"""A few inputs for each target on every run, always the same; `make fuzz` feeds as long as one likes."""

from __future__ import annotations

import pickle

import pytest

from tests.fuzz import __main__ as parent
from tests.fuzz.__main__ import again, feed
from tests.fuzz.targets import TARGETS

FEW = 25
NAMES = list(TARGETS)
GROUPS = (NAMES[:3], NAMES[3:9], NAMES[9:])


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: names[0])
def test_targets_survive_what_they_are_fed(names: list[str]) -> None:
    fed = feed(names, examples=FEW)
    assert not fed.trouble, f"{fed.trouble}\npython -m tests.fuzz --again {fed.kept}"
    assert min(fed.survived.values()) >= FEW


@pytest.mark.parametrize(
    ("name", "words"), [("crash", "killed by signal 11"), ("hang", "in _hang"), ("fail", "assert number < 1000")]
)  # fmt: skip
def test_what_does_not_survive_is_seen_and_its_input_kept(
    name: str, words: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUZZ_HANG", "0.2")
    monkeypatch.setattr(parent, "KEPT", tmp_path_factory.mktemp("kept"))
    fed = feed([name], examples=500)
    assert words in fed.trouble
    assert fed.kept
    target, drawn = pickle.loads(fed.kept.read_bytes())  # noqa: S301
    assert (target, type(drawn)) == (name, int)
    if name == "fail":
        assert drawn == 1000, "Hypothesis made it small"
        with pytest.raises(AssertionError):
            again(fed.kept)
