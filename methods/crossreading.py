"""Reading several case studies on one grid: a matrix of themes, two readings of it, what can be said in spite of gaps."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from methods._words import plain
from methods.agreement import cohens_kappa, krippendorff_alpha

__all__ = ["PULLS", "CELLS", "matrix", "carried_by", "from_cells", "support", "can_be_said", "differences", "agreement_of_readings"]

#: What a passage may be coded as, and what a cell of the matrix may hold, from hindering to helping.
PULLS = ["tension", "unclear", "asset"]
CELLS = ["tension", "both", "asset"]


def _cells(themes: Sequence[str], studies: Sequence[str]) -> tuple[list[str], list[str]]:
    """Themes and studies as lists, each name once."""
    rows, columns = list(themes), list(studies)
    for names, what in ((rows, "theme"), (columns, "study")):
        if not names or len(set(names)) < len(names):
            raise ValueError(f"the matrix needs each {what} once, and at least one; got {plain(names)}")
    return rows, columns


def _coded(passages: pd.DataFrame, themes: Sequence[str], studies: Sequence[str]) -> pd.DataFrame:
    """The passages that pull one way, inside the matrix."""
    pull = passages["pull"].astype("str")
    strange = sorted(set(pull) - set(PULLS))
    if strange:
        raise ValueError(f"a passage pulls {plain(strange)}: code each as one of {PULLS}")
    kept = passages["theme"].isin(themes) & passages["study"].isin(studies) & (pull != "unclear")
    return passages.assign(pull=pull, theme=passages["theme"].astype("str"), study=passages["study"].astype("str"))[kept]


def matrix(passages: pd.DataFrame, themes: Sequence[str], studies: Sequence[str]) -> pd.DataFrame:
    """One reader's passages as a matrix: what each theme is in each case study.

    Parameters
    ----------
    passages : DataFrame, one row per passage
        Columns `study`, `theme` and `pull`, one of `PULLS`. Passages on other themes or studies are left aside.
    themes, studies : sequence of str
        Rows and columns, in order, each once.

    Returns
    -------
    DataFrame (themes, studies)
        "asset" when all that is said helps, "tension" when all of it hinders, "both" when some does the one and some
        the other; missing when no passage tells.

    Raises
    ------
    ValueError
        For another pull, or a theme or study named twice.

    Examples
    --------
    >>> said = pd.DataFrame({"study": ["A", "A", "B"], "theme": ["land"] * 3, "pull": ["asset", "tension", "unclear"]})
    >>> matrix(said, ["land"], ["A", "B"]).fillna("?").to_numpy().tolist()
    [['both', '?']]
    """
    rows, columns = _cells(themes, studies)
    coded = _coded(passages, rows, columns)
    found = pd.DataFrame(np.nan, rows, columns, dtype=object)
    for (theme, study), pulls in coded.groupby(["theme", "study"])["pull"]:
        found.loc[theme, study] = "both" if len(set(pulls)) > 1 else pulls.iloc[0]
    return found


def carried_by(passages: pd.DataFrame, themes: Sequence[str], studies: Sequence[str]) -> pd.DataFrame:
    """Which paragraphs carry each cell of the matrix.

    Parameters
    ----------
    passages, themes, studies
        As for `matrix`, with a column `paragraph`.

    Returns
    -------
    DataFrame of str (themes, studies)
        "§10", or "§10, §12"; empty where no passage pulls either way.

    Raises
    ------
    ValueError
        As for `matrix`.

    Examples
    --------
    >>> said = pd.DataFrame({"study": ["A", "A"], "theme": ["land"] * 2, "pull": ["asset", "tension"], "paragraph": [12, 3]})
    >>> carried_by(said, ["land"], ["A", "B"]).to_numpy().tolist()
    [['§3, §12', '']]
    """
    rows, columns = _cells(themes, studies)
    found = pd.DataFrame("", rows, columns, dtype=object)
    for (theme, study), paragraphs in _coded(passages, rows, columns).groupby(["theme", "study"])["paragraph"]:
        found.loc[theme, study] = ", ".join(f"§{number}" for number in sorted(set(paragraphs)))
    return found


def _checked(table: pd.DataFrame) -> pd.DataFrame:
    values = {value for value in table.to_numpy().ravel().tolist() if not pd.isna(value)}
    strange = sorted(map(str, values - set(CELLS)))
    if strange:
        raise ValueError(f"a cell holds {plain(strange)}: write one of {CELLS}, or nothing where no passage tells")
    return table


def from_cells(cells: Mapping[tuple[str, str], str], themes: Sequence[str], studies: Sequence[str]) -> pd.DataFrame:
    """A matrix out of a reader's own cells.

    Parameters
    ----------
    cells : mapping of (theme, study) to one of `CELLS`
        Cells that are left out are unknown.
    themes, studies : sequence of str
        Rows and columns, in order, each once.

    Returns
    -------
    DataFrame (themes, studies)

    Raises
    ------
    ValueError
        For a cell outside the matrix, or another word in it.

    Examples
    --------
    >>> from_cells({("land", "B"): "asset"}, ["land"], ["A", "B"]).fillna("?").to_numpy().tolist()
    [['?', 'asset']]
    """
    rows, columns = _cells(themes, studies)
    found = pd.DataFrame(np.nan, rows, columns, dtype=object)
    for (theme, study), word in cells.items():
        if theme not in rows or study not in columns:
            raise ValueError(f"there is no cell {plain((theme, study))}: the themes are {plain(rows)}, the studies {plain(columns)}")
        found.loc[theme, study] = word
    return _checked(found)


def support(table: pd.DataFrame, code: str = "tension") -> pd.DataFrame:
    """In how many case studies a theme is a tension (or an asset), from the least to the most that unknown cells allow.

    Parameters
    ----------
    table : DataFrame (themes, studies)
        A matrix. A cell that is "both" counts as a tension and as an asset.
    code : {"tension", "asset"}

    Returns
    -------
    DataFrame of whole numbers, one row per theme
        `least` (cells that are known to be so), `most` (and those that are unknown) and `cells`.

    Raises
    ------
    ValueError
        For another code, or a word in a cell that is not one of `CELLS`.

    Examples
    --------
    >>> support(from_cells({("land", "A"): "both"}, ["land"], ["A", "B"])).to_numpy().tolist()
    [[1, 2, 2]]
    """
    if code not in ("tension", "asset"):
        raise ValueError(f"count a 'tension' or an 'asset', got {code!r}")
    least = _checked(table).isin([code, "both"]).sum(axis=1)
    return pd.DataFrame({"least": least, "most": least + table.isna().sum(axis=1), "cells": table.shape[1]})


def can_be_said(counts: pd.DataFrame) -> pd.DataFrame:
    """Which theme can be said to have more of something than which other, in spite of unknown cells.

    Parameters
    ----------
    counts : DataFrame, one row per theme
        Columns `least` and `most`, from `support`.

    Returns
    -------
    DataFrame of str (themes, themes)
        For "row has more than column": "surely" when it does whatever the unknown cells hold, "perhaps" when it does
        for some of what they may hold, "no" when it never does; empty on the diagonal.

    Examples
    --------
    >>> can_be_said(pd.DataFrame({"least": [2, 0], "most": [2, 1]}, index=["space", "ties"])).loc["space", "ties"]
    'surely'
    """
    least, most = counts["least"].to_numpy(), counts["most"].to_numpy()
    words = np.where(least[:, None] > most, "surely", np.where(most[:, None] > least, "perhaps", "no")).astype(object)
    np.fill_diagonal(words, "")
    return pd.DataFrame(words, counts.index, counts.index)


def differences(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Two matrices cell by cell.

    Parameters
    ----------
    one, other : DataFrame (themes, studies)
        With the same rows and columns, in any order.

    Returns
    -------
    DataFrame, one row per cell in the order of `one`
        `theme`, `study`, `one`, `other`, and `relation`: "same", "half apart" (one of them is "both"), "opposed",
        "one knows" or "neither knows".

    Raises
    ------
    ValueError
        When the two have other rows or columns, or a cell holds another word.

    Examples
    --------
    >>> mine, yours = ({("land", "A"): "asset"}, {("land", "A"): "both", ("land", "B"): "tension"})
    >>> differences(*(from_cells(cells, ["land"], ["A", "B"]) for cells in (mine, yours)))["relation"].tolist()
    ['half apart', 'one knows']
    """
    for mine, yours, what in ((one.index, other.index, "theme"), (one.columns, other.columns, "study")):
        odd = mine.symmetric_difference(yours)
        if len(odd):
            raise ValueError(f"the {what} {plain(odd[0])} is in one matrix only: give both the same")
    left, right = _checked(one), _checked(other).loc[one.index, one.columns]
    known = left.notna().to_numpy().astype(int) + right.notna().to_numpy()
    steps = {word: step for step, word in enumerate(CELLS)}
    apart = (left.map(steps.get).astype(float) - right.map(steps.get).astype(float)).abs().to_numpy()
    words = np.select([known == 0, known == 1, apart == 0, apart == 1], ["neither knows", "one knows", "same", "half apart"], "opposed")
    return pd.DataFrame({"theme": np.repeat(left.index, left.shape[1]), "study": np.tile(left.columns, len(left)),
                         "one": left.to_numpy().ravel(), "other": right.to_numpy().ravel(), "relation": words.ravel()})


def agreement_of_readings(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """How far two matrices agree: on what is known, and on whether anything is.

    Parameters
    ----------
    one, other : DataFrame (themes, studies)

    Returns
    -------
    Series of float
        `cells`, `both` (known to both), `same`, `opposed`; `kappa` (Cohen, linear weights: "both" is half way) over
        cells that both know, missing without any; `alpha` (Krippendorff, ordinal), over the same; `known_kappa`, on
        whether a cell is known at all.

    Raises
    ------
    ValueError
        As for `differences`.

    Examples
    --------
    >>> mine = from_cells({("land", "A"): "asset", ("ties", "A"): "tension"}, ["land", "ties"], ["A"])
    >>> agreement_of_readings(mine, mine)[["both", "same", "kappa"]].tolist()
    [2.0, 2.0, 1.0]
    """
    cells = differences(one, other)
    both = cells.dropna(subset=["one", "other"])
    codes = both[["one", "other"]].reset_index(drop=True)
    nan = float("nan")
    kappa = cohens_kappa(codes["one"], codes["other"], "linear", CELLS) if len(codes) else nan
    alpha = krippendorff_alpha(codes, "ordinal", CELLS) if len(codes) else nan
    return pd.Series({"cells": len(cells), "both": len(both), "same": (cells["relation"] == "same").sum(),
                      "opposed": (cells["relation"] == "opposed").sum(), "kappa": kappa, "alpha": alpha,
                      "known_kappa": cohens_kappa(cells["one"].notna(), cells["other"].notna())}, dtype=float)
