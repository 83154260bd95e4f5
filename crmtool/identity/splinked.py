"""Suggestions by splink: the same portraits in a table, compared in DuckDB, or in Spark at scale.

An extra (`pip install "crmtool[splink]"`) behind the interface of `matcher`. What is common is
estimated from the community itself; what agrees in one human is set.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from crmtool.identity.matcher import SHOWN, were_told_apart
from crmtool.identity.names import sound
from crmtool.identity.portraits import Form, Portrait, Seal, portraits
from crmtool.model.community import Community
from crmtool.model.sighting import Sighting
from crmtool.model.suggestion import Reason, Suggestion

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPISubClass

_SEED: Final = 1
_PAIRS: Final = 1_000_000
_DUPLICATES: Final = 0.3
"""So many others of one human are expected for each candidate."""
_AGREE: Final[dict[str, tuple[list[int], list[float], str]]] = {
    "sounds": ([2, 1], [0.6, 0.25, 0.15], "names that share {} words"),
    "handles": ([1], [0.6, 0.4], "logins or local parts that are one, or made of one name"),
    "hosts": ([1], [0.15, 0.85], "addresses of one organisation"),
    "marks": ([1], [0.1, 0.9], "a page, picture or machine that both have"),
}
"""Of each column: how many shared values make a level, and how often one human reaches each."""


class SplinkMatcher:
    """The same interface as `Matcher`, for communities that one machine's Python is slow for.

    `database` is one of splink's (`SparkAPI(session)`); by default DuckDB in this process.
    """

    def __init__(
        self,
        sightings: Mapping[str, Sighting],
        seal: Seal | None,
        least: float = SHOWN,
        database: DatabaseAPISubClass | None = None,
    ) -> None:
        self._sightings, self._seal, self._least = sightings, seal, least
        self._database = database

    def __call__(self, community: Community) -> Iterator[Suggestion]:
        """Every pair worth asking about, the surest first; never one that was answered with no."""
        everybody = portraits(community, self._sightings, self._seal)
        if len(everybody) < 2:  # noqa: PLR2004
            return iter(())
        found = []
        for row in self._predict(everybody):
            a, b = sorted((row["unique_id_l"], row["unique_id_r"]))
            reasons = _reasons(row)
            if len(reasons) > 1 and not were_told_apart(everybody[a], everybody[b]):
                found.append(Suggestion(a, b, row["match_probability"], reasons))
        return iter(sorted(found, key=lambda s: (-s.score, s.a, s.b)))

    def _predict(self, everybody: Mapping[str, Portrait]) -> list[dict[str, Any]]:
        import pandas as pd
        from splink import DuckDBAPI, Linker

        logging.getLogger("splink").setLevel(logging.ERROR)  # it thinks aloud
        database = self._database or DuckDBAPI()
        table = database.register(pd.DataFrame([_row(p) for p in everybody.values()]))
        linker = Linker(table, _settings(len(everybody)))
        linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
        found = linker.inference.predict(threshold_match_probability=self._least)
        records: list[dict[str, Any]] = found.as_record_list()
        return records


def _row(portrait: Portrait) -> dict[str, Any]:
    words = {sound(word) for name in portrait.full_names for word in name.words if word[1:]}
    made = {text for text, form in portrait.forms.items() if form <= Form.INITIAL}
    return {
        "unique_id": portrait.key,
        "sounds": sorted(words) or None,
        "handles": sorted(made | portrait.words.keys()) or None,
        "hosts": sorted(portrait.hosts) or None,
        "marks": sorted(portrait.marks) or None,
    }


def _settings(people: int) -> Any:  # noqa: ANN401 (splink's own type, which mypy cannot see)
    from splink import SettingsCreator, block_on
    from splink import comparison_library as library

    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=min(_DUPLICATES / people, 0.1),
        comparisons=[
            library.ArrayIntersectAtSizes(column, sizes).configure(m_probabilities=often)
            for column, (sizes, often, _) in _AGREE.items()
        ],
        blocking_rules_to_generate_predictions=[
            block_on(column, arrays_to_explode=[column])
            for column in ("handles", "sounds", "marks")
        ],
        retain_intermediate_calculation_columns=True,
    )


def _reasons(row: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What each column added, the weightiest first; of one that says nothing, nothing."""
    found = []
    for column, (sizes, _, words) in _AGREE.items():
        level = int(row[f"gamma_{column}"])
        if level > 0:
            shared = sizes[len(sizes) - level]
            found.append(Reason(words.format(shared), round(row[f"mw_{column}"], 1)))
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))
