"""Two results of the second chapter side by side: the book's on workers, and another's on other figures."""
from __future__ import annotations

import pandas as pd

from methods.quality import adjusted_rand
from methods.typology import types_of_trajectories

__all__ = ["side_by_side"]

SPECIALISED, LARGEST, NUMBER = 1.25, 5, 6


def _result(index: pd.DataFrame, units: pd.DataFrame) -> tuple[dict[str, str], pd.Series]:
    """The figures of one result in words, and the type of each town by its main commune of today."""
    small = units["size_class"].reindex(index.index).cat.codes <= LARGEST
    known, towns = index.iloc[:, -1].dropna(), index[small].dropna()
    marked = known >= SPECIALISED
    types = types_of_trajectories(towns, number=NUMBER)
    eligible = towns.iloc[:, 0] < 1
    new = eligible & (towns.iloc[:, -1] >= SPECIALISED)
    sizes = types.value_counts().sort_index()
    words = {"censuses": f"{index.columns[0]}–{index.columns[-1]}", "urban units": f"{len(index):,}",
             "towns under 100,000 that are specialised": f"{marked[small.reindex(known.index)].mean():.1%}",
             "larger units that are specialised": f"{marked[~small.reindex(known.index)].mean():.1%}",
             "towns in the six types, the most specialised first": " · ".join(f"{size:,}" for size in sizes),
             "newly specialised towns, of those that could": f"{new.sum():,} of {eligible.sum():,}"}
    return words, types.set_axis(units.loc[types.index, "main_commune_2026"].to_numpy())


def side_by_side(ours: tuple[pd.DataFrame, pd.DataFrame], theirs: tuple[pd.DataFrame, pd.DataFrame], names: tuple[str, str]) -> pd.DataFrame:
    """What two sets of figures say of the same questions.

    Towns are matched by the commune of today that is their main one, since the codes of units change with the zoning.

    Parameters
    ----------
    ours, theirs : (DataFrame, DataFrame)
        Specialisation index, one row per urban unit and one column per census; units with ``size_class`` and
        ``main_commune_2026``, indexed by the same codes.
    names : (str, str)
        What each counts.

    Returns
    -------
    DataFrame, one row per question
        ``question``, then one column a result, as text. The last row is the agreement of the two typologies: the adjusted
        Rand index over the towns that both have.

    Raises
    ------
    ValueError
        When the two results have no town in common.
    """
    (one, types), (other, their_types) = _result(*ours), _result(*theirs)
    both = types.index[types.index.isin(their_types.index)]
    if both.empty:
        raise ValueError("the two results have no town in common: units must carry main_commune_2026, the code of a commune of today")
    agreement = f"{adjusted_rand(types[both], their_types[both]):.2f} over {len(both):,} towns"
    rows = [[question, one[question], other[question]] for question in one]
    return pd.DataFrame([*rows, ["agreement of the two typologies (1: the same)", agreement, agreement]], columns=["question", *names])
