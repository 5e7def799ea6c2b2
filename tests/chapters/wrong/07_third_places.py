"""Typical wrong answers to the coding exercises of chapter 07; each docstring is a piece of the hint that it must get."""


def three_by__people(column):
    """use `column`"""
    return quotients(places, people, three)["quotient"]


def three_by__all_tiers(column):
    """group the zones by `three`"""
    return quotients(places, zones[column], tier)["quotient"]


def three_by__mean_of_the_zones(column):
    """Add up first, divide last"""
    return quotients(places, zones[column])["quotient"].groupby(three).mean()


def three_by__rates(column):
    """compares each with that of the whole country"""
    return places.groupby(three).sum() / zones[column].groupby(three).sum()


def three_by__jobs_only(column):
    """Use `column`"""
    return quotients(places, zones["employment_2015"], three)["quotient"]


def three_by__the_whole_table(column):
    """a table (DataFrame) where a Series is asked"""
    return quotients(places, zones[column], three)


def narrower__what_is_left(name):
    """what is left of the width"""
    given = quotients(places, people, tier, law="binomial").loc[name]
    return (given["high"] - given["low"]) / (by_zone.loc[name, "high"] - by_zone.loc[name, "low"])


def narrower__other_base(name):
    """not by the narrower one"""
    given = quotients(places, people, tier, law="binomial").loc[name]
    return (by_zone.loc[name, "high"] - by_zone.loc[name, "low"]) / (given["high"] - given["low"]) - 1


def narrower__difference(name):
    """divide it by the usual width"""
    given = quotients(places, people, tier, law="binomial").loc[name]
    return by_zone.loc[name, "high"] - by_zone.loc[name, "low"] - (given["high"] - given["low"])


def narrower__same_law(name):
    """Nothing shrinks"""
    given = quotients(places, people, tier).loc[name]
    return 1 - (given["high"] - given["low"]) / (by_zone.loc[name, "high"] - by_zone.loc[name, "low"])


def narrower__paris_only(name):
    """Use `name`"""
    given, usual = quotients(places, people, tier, law="binomial").loc["Paris"], by_zone.loc["Paris"]
    return 1 - (given["high"] - given["low"]) / (usual["high"] - usual["low"])


def dealt_among__all_zones(keep):
    """That is for all zones"""
    return permutation_test(places, people, three).p_value


def dealt_among__eight_tiers(keep):
    """deal `three`"""
    return permutation_test(places[keep], people[keep], tier[keep]).p_value


def dealt_among__coworking(keep):
    """take all the third places"""
    return permutation_test(zones.loc[keep, "coworking"], people[keep], three[keep]).p_value


def dealt_among__how_much(keep):
    """How often do random deals differ as much?"""
    return permutation_test(places[keep], people[keep], three[keep]).observed


def dealt_among__few_only(keep):
    """Use `keep`, not `few`"""
    return permutation_test(places[few], people[few], three[few]).p_value
