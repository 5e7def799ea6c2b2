"""Typical wrong answers to the coding exercises of chapter 08; each docstring is a piece of the hint that it must get."""


def refused__zero(initiative, dimension):
    """is unknown, not 0"""
    cells = first[FOUR].copy()
    cells.loc[initiative, dimension] = 0
    return score_interval(*bounds(cells), equal)


def refused__the_reading_itself(initiative, dimension):
    """work on a copy"""
    first.loc[initiative, dimension] = nan
    return score_interval(*bounds(first[FOUR]), equal)


def refused__nothing_refused(initiative, dimension):
    """the cell still has its level"""
    return score_interval(*bounds(first[FOUR]), equal)


def refused__one_initiative(initiative, dimension):
    """give all five"""
    cells = first[FOUR].copy()
    cells.loc[initiative, dimension] = nan
    return score_interval(*bounds(cells), equal).loc[initiative]


def refused__zeros_for_unknown(initiative, dimension):
    """You filled empty cells with 0"""
    cells = first[FOUR].copy()
    cells.loc[initiative, dimension] = nan
    return score_interval(*bounds(cells.fillna(0)), equal)


def refused__this_cell_only(initiative, dimension):
    """Use `initiative` and `dimension`"""
    cells = first[FOUR].copy()
    cells.loc["Pôle Sud", "social economy"] = nan
    return score_interval(*bounds(cells), equal)


def possible__first_grid_only(*grids):
    """pass all the grids on"""
    return dominance(*bounds(grids[0]))["possible"].sum()


def possible__all_pairs(*grids):
    """how many are possible?"""
    return len(dominance(*bounds(*grids))["possible"])


def possible__necessary(*grids):
    """the necessary ones"""
    return dominance(*bounds(*grids))["necessary"].sum()


def possible__these_grids_only(*grids):
    """Use the grids that are given"""
    return dominance(*bounds(first[FOUR], second[FOUR]))["possible"].sum()
