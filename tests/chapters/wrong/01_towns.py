"""Typical wrong answers to the coding exercises of chapter 01; each docstring is a piece of the hint that it must get."""


def held__people(low, high):
    """share of the people"""
    inside = (towns["people"] >= low) & (towns["people"] < high)
    return coverage(towns, inside, totals).loc["people", "share"]


def held__no_lower_bound(low, high):
    """leave out those under `low`"""
    return coverage(towns, towns["people"] < high, totals).loc["workers", "share"]


def held__a_number_of_workers(low, high):
    """divides it by all workers"""
    inside = (towns["people"] >= low) & (towns["people"] < high)
    return coverage(towns, inside, totals).loc["workers", "covered"]


def held__these_bounds_only(low, high):
    """use `low` and `high`"""
    return coverage(towns, towns["people"].between(20_000, 49_999), totals).loc["workers", "share"]


def held__the_whole_table(low, high):
    """a table (DataFrame) where one number is asked"""
    return coverage(towns, towns["people"].between(low, high - 1), totals)


def in_one__both(one, other):
    """Both definitions accept these"""
    return towns[one & other]


def in_one__first_only(one, other):
    """add those that only the second accepts"""
    return towns[one & ~other]


def in_one__either(one, other):
    """`|` keeps them"""
    return towns[one | other]


def in_one__how_many(one, other):
    """give their rows"""
    return (one ^ other).sum()
