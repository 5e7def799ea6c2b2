"""Typical wrong answers to the coding exercises of chapter 04; each docstring is a piece of the hint that it must get."""


def kappa_with__agreement(number, tie):
    """not kappa"""
    mine = second.set_index("sequence")["tie"].astype("str")
    mine[number] = tie
    return percent_agreement(first.set_index("sequence")["tie"].astype("str"), mine)


def kappa_with__first_recoded(number, tie):
    """Recode the second"""
    mine = first.set_index("sequence")["tie"].astype("str")
    mine[number] = tie
    return cohens_kappa(mine, second.set_index("sequence")["tie"].astype("str"))


def kappa_with__this_row_only(number, tie):
    """use `number` and `tie`"""
    mine = second.set_index("sequence")["tie"].astype("str")
    mine[2] = "unknown"
    return cohens_kappa(first.set_index("sequence")["tie"].astype("str"), mine)


def largest_with__as_before(plot):
    """set its `for sale`"""
    return contiguous(plots, meets.all(axis=1))["hectares"].max()


def largest_with__all_the_land(plot):
    """in two pieces"""
    now = meets.copy()
    now.loc[plot, "for sale"] = True
    return plots.loc[now.all(axis=1), "hectares"].sum()


def largest_with__how_many(plot):
    """give their hectares"""
    now = meets.copy()
    now.loc[plot, "for sale"] = True
    return contiguous(plots, now.all(axis=1))["number"].max()


def largest_with__plot_kept_anyhow(plot):
    """the other criteria still hold"""
    return contiguous(plots, free | (plots.index == plot))["hectares"].max()


def before_land__not_dated(year):
    """are not dated yet"""
    return tie_shares(first, 2018, "proximity")["accesses"].loc["before"]


def before_land__since(year):
    """since 2018"""
    dated = first.copy()
    dated.loc[dated["sequence"].between(5, 9), ["year_from", "year_to"]] = year
    return tie_shares(dated, 2018, "proximity")["accesses"].loc["since"]


def before_land__shares(year):
    """These are shares"""
    dated = first.copy()
    dated.loc[dated["sequence"].between(5, 9), ["year_from", "year_to"]] = year
    return tie_shares(dated, 2018, "proximity")["share"].loc["before"]


def before_land__this_year_only(year):
    """Use `year`"""
    dated = first.copy()
    dated.loc[dated["sequence"].between(5, 9), ["year_from", "year_to"]] = 2017
    return tie_shares(dated, 2018, "proximity")["accesses"].loc["before"]
