"""Typical wrong answers to the coding exercises of chapter 05; each docstring is a piece of the hint that it must get."""


def rise_between__level(inside):
    """the level of 2011"""
    people = counts[counts["year"] == 2011]
    people = people.groupby(people["commune"].map(inside))[OCCUPATIONS].sum()
    return dissimilarity(people["workers"], people["managers"])


def rise_between__communes(inside):
    """over the 25 communes"""
    level = {year: dissimilarity(people["workers"], people["managers"]) for year, people in counts.groupby("year")}
    return level[2011] - level[1982]


def rise_between__turned(inside):
    """The sign is turned"""
    parts = counts.groupby([counts["commune"].map(inside), "year"])[OCCUPATIONS].sum()
    level = {year: dissimilarity(people["workers"], people["managers"]) for year, people in parts.groupby("year")}
    return level[1982] - level[2011]


def rise_between__this_rule_only(inside):
    """Use `inside`"""
    parts = counts.groupby([counts["commune"].map(near), "year"])[OCCUPATIONS].sum()
    level = {year: dissimilarity(people["workers"], people["managers"]) for year, people in parts.groupby("year")}
    return level[2011] - level[1982]


def last_step__not_split(firms):
    """still one code"""
    return saturation(incidence(FIRST, list(BOOK)))["new"].iloc[-1]


def last_step__heard_once(firms):
    """how many themes are heard only once"""
    kinds = ["residents next door", "firms next door"]
    split = {name: [kinds[name in firms] if code == "neighbours" else code for code in codes] for name, codes in FIRST.items()}
    book = [code for code in BOOK if code != "neighbours"]
    return (incidence(split, [*book, *kinds]).sum() == 1).sum()


def last_step__s7_only(firms):
    """use `firms`"""
    kinds = ["residents next door", "firms next door"]
    split = {name: [kinds[name == "s7"] if code == "neighbours" else code for code in codes] for name, codes in FIRST.items()}
    book = [code for code in BOOK if code != "neighbours"]
    return saturation(incidence(split, [*book, *kinds]))["new"].iloc[-1]
