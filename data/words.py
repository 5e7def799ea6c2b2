"""Words that several tables, methods and chapters share: occupational groups, and the regions that the introduction names."""
from __future__ import annotations

import pandas as pd

__all__ = ["OCCUPATIONS", "REGIONS", "region_of"]

#: The six occupational groups: columns of every table of occupations.
OCCUPATIONS = ["farmers", "self_employed", "managers", "intermediate", "clerical", "workers"]

#: Regions of the introduction (§7) as lists of départements. The articles' own limits are not known: these are ours.
REGIONS = {
    "north-east": ["02", "08", "10", "25", "39", "51", "52", "54", "55", "57", "59", "60", "62", "67", "68", "70", "80", "88", "90"],
    "former Rhône-Alpes": ["01", "07", "26", "38", "42", "69", "73", "74"],
    "Brittany": ["22", "29", "35", "56"],
    "Pays de la Loire": ["44", "49", "53", "72", "85"],
}


def region_of(departments: pd.Series) -> pd.Series:
    """Region of each département, "elsewhere" when it is in none of `REGIONS`.

    Parameters
    ----------
    departments : Series of str
        Codes of départements.

    Returns
    -------
    Series of str

    Examples
    --------
    >>> region_of(pd.Series(["67", "35", "2A"])).tolist()
    ['north-east', 'Brittany', 'elsewhere']
    """
    known = {code: name for name, codes in REGIONS.items() for code in codes}
    return departments.astype("str").map(known).fillna("elsewhere")
