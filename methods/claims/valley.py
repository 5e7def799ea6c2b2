"""Checks of what the introduction says of the Gier valley (§10–12): the figures of the fifth chapter."""
from __future__ import annotations

from data.words import OCCUPATIONS
from methods.claims.finding import DOES_NOT, HOLDS, PARTLY, Finding, Tables, finding
from methods.segregation import basic_interval, redraw
from methods.territory import residentialisation

__all__ = ["valley_residential"]


def valley_residential(tables: Tables) -> Finding:
    """Holds when skilled residents for one worker, over France, rise beyond noise from 1982 to 2011 in the valley and in every commune.

    Holds partly when they do in the valley but not in every commune; does not hold when the valley's rise is within noise.
    """
    counts, france = tables("case_communes_occupations"), tables("france_occupations")
    counts = counts[counts["commune"].str[:2].isin(["42", "69"])].assign(all="valley")
    whole, each = residentialisation(counts, france, "all").loc["valley"], residentialisation(counts, france)
    drawn = {}
    for year in (1982, 2011):
        people = redraw(counts[counts["year"] == year].set_index("commune")[OCCUPATIONS], 0.25, 1.5, seed=year).sum(axis=1)
        nation = france.set_index("year").loc[year]
        skilled = people[:, OCCUPATIONS.index("managers")] + people[:, OCCUPATIONS.index("intermediate")]
        drawn[year] = skilled / people[:, -1] * nation["workers"] / (nation["managers"] + nation["intermediate"])
    rise, rose = whole[2011] - whole[1982], each[2011] > each[1982]
    low, high = basic_interval(rise, drawn[2011] - drawn[1982])
    return finding(rise, f"managers and intermediate occupations for one worker, France at 1: {whole[1982]:.2f} in 1982, {whole[2011]:.2f} in "
                    f"2011; higher in {rose.sum()} of {len(rose)} communes", DOES_NOT if low <= 0 else HOLDS if rose.all() else PARTLY, low, high)
