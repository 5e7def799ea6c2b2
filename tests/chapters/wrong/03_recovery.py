"""Typical wrong answers to the coding exercises of chapter 03; each docstring is a piece of the hint that it must get."""


def local_effects__in_jobs(start, end):
    """That is in jobs"""
    return total(shift_share(by_class, start, end, nation))["local"]


def local_effects__whole_period(start, end):
    """divide by its years"""
    return per_year(total(shift_share(by_class, start, end, nation)), 1)["local"]


def local_effects__structural(start, end):
    """the structural part"""
    return per_year(total(shift_share(by_class, start, end, nation)), end - start)["structural"]


def local_effects__all_parts(start, end):
    """take the column `local`"""
    return per_year(total(shift_share(by_class, start, end, nation)), end - start)


def local_effects__these_years_only(start, end):
    """Use `start` and `end`"""
    return per_year(total(shift_share(by_class, 1990, 2006, nation)), 16)["local"]


def winners__always_france(reference):
    """Hand `reference` on"""
    some = workers[workers["unit"].isin(units.index[units["size_class"] <= "50,000–99,999"])]
    return (shift_share(some, 1990, 2011, nation_workers)["local"] > 0).sum()


def winners__always_their_sum(reference):
    """the result has to change with it"""
    some = workers[workers["unit"].isin(units.index[units["size_class"] <= "50,000–99,999"])]
    return (shift_share(some, 1990, 2011)["local"] > 0).sum()


def winners__all_sizes(reference):
    """towns of all sizes"""
    return (shift_share(workers, 1990, 2011, reference)["local"] > 0).sum()


def winners__added_up(reference):
    """Keep the workers of the small towns"""
    some = workers[workers["unit"].isin(units.index[units["size_class"] <= "50,000–99,999"])]
    return shift_share(some, 1990, 2011, reference)["local"].abs().sum()


def clear_turns__clear_or_not(design):
    """clear or not"""
    trends = trend_reversal(workers, [1999, 2006, 2011], FRACTION, design)
    return trends["trend"].isin(TURNS).sum()


def clear_turns__losses_twice(design):
    """losses twice"""
    return trend_reversal(workers, [1999, 2006, 2011], FRACTION, design)["clear"].sum()


def clear_turns__old_design(design):
    """in place of `DESIGN`"""
    trends = trend_reversal(workers, [1999, 2006, 2011], FRACTION, DESIGN)
    return (trends["trend"].isin(TURNS) & trends["clear"]).sum()


def clear_turns__simple_only(design):
    """Use `design`."""
    trends = trend_reversal(workers, [1999, 2006, 2011], FRACTION, 1)
    return (trends["trend"].isin(TURNS) & trends["clear"]).sum()
