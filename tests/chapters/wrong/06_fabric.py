"""Typical wrong answers to the coding exercises of chapter 06; each docstring is a piece of the hint that it must get."""


def outside__the_steps(threshold):
    """you want the years that are none"""
    split = in_steps(mons[FACTORIES], threshold)
    return split["up"] + split["down"]


def outside__whole_change(threshold):
    """the whole change, steps and all"""
    return in_steps(mons[FACTORIES], threshold)["total"]


def outside__usual_bound(threshold):
    """pass `threshold` on"""
    return in_steps(mons[FACTORIES])["rest"]


def outside__all_municipalities(threshold):
    """take the line of Mons"""
    return in_steps(total, threshold)["rest"]


def outside__this_bound_only(threshold):
    """Use `threshold` for the bound"""
    return in_steps(mons[FACTORIES], 0.05)["rest"]


def recoded__the_plots_themselves(plot, criterion, code):
    """work on a copy"""
    plots.loc[plot, criterion] = code
    return adjusted_rand(plots["by eye"], plot_classes(plots[CRITERIA], 4))


def recoded__not_grouped_again(plot, criterion, code):
    """the agreement before the change"""
    other = plots[CRITERIA].copy()
    other.loc[plot, criterion] = code
    return adjusted_rand(plots["by eye"], plots["by machine"])


def recoded__machine_with_itself(plot, criterion, code):
    """compare it with the eye"""
    other = plots[CRITERIA].copy()
    other.loc[plot, criterion] = code
    return adjusted_rand(plots["by machine"], plot_classes(other, 4))


def recoded__one_plot_only(plot, criterion, code):
    """Use `plot`, `criterion` and `code`"""
    other = plots[CRITERIA].copy()
    other.loc["P10", "access"] = "street"
    return adjusted_rand(plots["by eye"], plot_classes(other, 4))
