"""Typical wrong answers to the coding exercises of chapter 09; each docstring is a piece of the hint that it must get."""


def sure_assets__only_the_word(words):
    """A cell that is both is an asset too"""
    return (words == "asset").sum(axis=1)


def sure_assets__unknown_too(words):
    """You counted unknown cells"""
    return (words.isin(["asset", "both"]) | words.isna()).sum(axis=1)


def sure_assets__tensions(words):
    """These are the tensions"""
    return support(words)["least"]


def sure_assets__all_themes(words):
    """give one number for each"""
    return int(words.isin(["asset", "both"]).to_numpy().sum())


def sure_assets__by_study(words):
    """sum along each row"""
    return words.isin(["asset", "both"]).sum()


def reach__without_failures(by):
    """A claim that does not hold was tested too"""
    counted = verdict_counts(claims, by)
    return (counted["holds"] + counted["holds partly"]) / counted["claims"]


def reach__sources_differ(by):
    """Where sources differ no figure of ours decided"""
    counted = verdict_counts(claims, by)
    return 1 - counted["cannot be tested here"] / counted["claims"]


def reach__numbers(by):
    """These are numbers of claims"""
    return verdict_counts(claims, by)["tested"]


def reach__threads_only(by):
    """Use `by`"""
    counted = verdict_counts(claims, "thread")
    return counted["tested"] / counted["claims"]
