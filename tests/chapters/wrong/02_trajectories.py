"""Typical wrong answers to the coding exercises of chapter 02; each docstring is a piece of the hint that it must get."""


def brittany__all_towns(before, after):
    """Only those under the bound in 1982"""
    became = (towns[1982] < before) & (towns[2011] >= after)
    return over_representation(region, became).loc["Brittany", "ratio"]


def brittany__share(before, after):
    """divide it by that of France"""
    could = towns[1982] < before
    became = could & (towns[2011] >= after)
    return over_representation(region[could], became[could]).loc["Brittany", "share"]


def brittany__number(before, after):
    """how many could have been new"""
    return ((towns[1982] < before) & (towns[2011] >= after) & (region == "Brittany")).sum()


def brittany__these_bounds_only(before, after):
    """Use `before` and `after`"""
    could = towns[1982] < 0.9
    became = could & (towns[2011] >= 1.2)
    return over_representation(region[could], became[could]).loc["Brittany", "ratio"]


def kept__not_paired(number):
    """pair them with `match_labels`"""
    return (typology(hamming(states, costs), number) == types).mean()


def kept__optimal_matching(number):
    """still optimal matching"""
    return (match_labels(typology(match, number), types) == types).mean()


def kept__number_of_towns(number):
    """give their share"""
    return (match_labels(typology(hamming(states, costs), number), types) == types).sum()
