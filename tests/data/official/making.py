"""Small files in the official layouts, from known truth.

A truth is a dictionary: (commune, census) -> people by group. Every trap of the real files can be asked for: line breaks in
headers, columns in another order, numbers as text with decimal commas, empty and suppressed cells, codes as numbers, districts.
"""
from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

SECTORS = {"agriculture": "Agriculture", "industry": "Industrie", "construction": "Bâtiment et travaux publics", "services": "Tertiaire"}
OCCUPATIONS = {"farmers": "Agriculteurs", "self_employed": "Artisans, commerçants, chefs d’entreprise",
               "managers": "Cadres et professions intellectuelles supérieures", "intermediate": "Professions intermédiaires",
               "clerical": "Employés", "workers": "Ouvriers"}
EDITIONS = {2011: [1968, 1975, 1982, 1990, 1999, 2006, 2011], 2020: [1968, 1975, 1982, 1990, 1999, 2006, 2011, 2016, 2020],
            2022: [1968, 1975, 1982, 1990, 1999, 2006, 2011, 2016, 2022]}
Truth = Mapping[tuple[str, int], Mapping[str, float]]


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these rows in its sheets."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell not in (None, ""):
                        sheet.write(place, column, cell)
    return path


def _halves(kind: str, group: str, year: int) -> list[tuple[str, str]]:
    """Headers of a group's two columns, and whether people are in work: men and women, or in work and unemployed."""
    halves = ["Hommes", "Femmes"] if kind == "sectors" else ["Actifs ayant un emploi", "Chômeurs"]
    words = (SECTORS if kind == "sectors" else OCCUPATIONS)[group]
    return [(f"{words}\n{half}\nRP{year}", half) for half in halves]


def _split(value: float | str | None, half: str) -> float | str | None:
    """What stands in the column of one half: women are three in eight; the unemployed are not part of the truth."""
    if half == "Chômeurs":
        return None if value in (None, "") else 7.5
    if half == "Actifs ayant un emploi" or not isinstance(value, (int, float)):
        return value
    return value * (0.375 if half == "Femmes" else 0.625)


def _written(value: Any, comma: bool) -> Any:
    """A figure as a number, or as French text."""
    if not comma or not isinstance(value, (int, float)):
        return value
    return f"{value:,.6f}".replace(",", "\u202f").replace(".", ",")


def _sheet(level: str, year: int, kind: str, rows: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], *, comma: bool = False,
           shuffle: int | None = None, numbers: bool = False, extra: int = 0, said: int | None = None) -> list[list[Any]]:
    """The rows of a sheet COM_YYYY or DEP_YYYY."""
    groups = SECTORS if kind == "sectors" else OCCUPATIONS
    commune = level == "COM"
    keys = (["Région \nen géographie courante", "Département\nen géographie courante", "Commune\nen géographie courante",
             "Indicateur de stabilité de la commune", "Département\nen géographie 2024", "Libellé de commune"] if commune
            else ["Région", "Département", "Libellé de\ndépartement"])
    halves = [(group, header, half) for group in groups for header, half in _halves(kind, group, year)]
    header, technical = [*keys, *(h for _, h, _ in halves)], [*(["RR", "DR", "CR", "STABLE", "DR24", "LIBELLE"] if commune else
                                                               ["RR24", "DR24", "LIBELLE24"]),
                                                             *(f"nes4xlot{i}s1rp{year}" for i in range(len(halves)))]
    body = []
    for code, figures in rows.items():
        first, rest = (code[:3], code[3:]) if code.startswith("97") else (code[:2], code[2:])
        dep, com = (int(first) if numbers and first.isdigit() else first), (int(rest) if numbers and rest else rest)
        own = ["84", dep, com, 1, dep, names.get(code, code)] if commune else ["84", dep, names.get(code, code)]
        body.append([*own, *(_written(_split(figures.get(group), half), comma) for group, _, half in halves)])
    order = list(range(len(header)))
    if shuffle is not None:
        random.Random(shuffle).shuffle(order)
    titles = [[f"Recensement de la population de {said or year}"], ["Personnes de 25 à 54 ans ayant un emploi"], *[[]] * (8 + extra),
              ["", "", "", "SA"], ["", "", "", "SEXE"], *[[]] * (2 * commune)]
    return [*titles, *([line[i] for i in order] for line in (header, technical, *body)), [], ["Source : Insee, RP"]]


def census(path: Path, truth: Truth, names: Mapping[str, str] | None = None, kind: str = "sectors", **traps: Any) -> Path:
    """A workbook of censuses; the sheets of départements hold the sums of the truth."""
    groups, years = SECTORS if kind == "sectors" else OCCUPATIONS, sorted({year for _, year in truth})
    sheets: dict[str, list[list[Any]]] = {"Présentation": [["Insee"]], "Documentation": [["…"]], "Modifications_territoriales": [["…"]]}
    for year in years:
        rows = {code: figures for (code, when), figures in truth.items() if when == year}
        sums: dict[str, dict[str, float]] = {}
        for code, figures in rows.items():
            own = sums.setdefault(code[:3] if code.startswith("97") else code[:2], dict.fromkeys(groups, 0.0))
            for group in groups:
                own[group] += figures.get(group) if isinstance(figures.get(group), (int, float)) else 0
        sheets[f"DEP_{year}"] = _sheet("DEP", year, kind, sums, {}, **traps)
        sheets[f"COM_{year}"] = _sheet("COM", year, kind, rows, names or {}, **traps)
    return workbook(path, sheets)


def zoning(path: Path, zones: Mapping[str, tuple[str, str]], column: str = "UU2020", category: Mapping[str, str] | None = None) -> Path:
    """A composition: commune -> (zone, label)."""
    header = ["CODGEO", "LIBGEO", column, "LIB" + column, *(["CATE" + column] if category else []), "DEP", "REG"]
    body = [[code, f"Commune {code}", zone, label, *([category[code]] if category else []), code[:2], "84"] for code, (zone, label) in zones.items()]
    return workbook(path, {column: [["Liste"]], "Composition_communale": [[f"Composition communale — {column}"], ["Géographie au 01/01/2024"], [],
                                                                         ["Code", "Libellé"], header, *body], "Documentation": [["…"]]})


NAMES = ["region", "ancienne_region", "departement", "zone_d_emploi", "epci", "commune", "intitule_commune", "grand_secteur_d_activite",
         "secteur_na17", "secteur_na38", "secteur_na88", "ape", "code_region", "code_departement", "code_zone_d_emploi", "code_epci",
         "code_commune", "code_ape"]
LABELS = {"region": "Région", "intitule_commune": "Intitulé commune", "grand_secteur_d_activite": "Grand secteur d’activité",
          "secteur_na17": "Secteur NA17", "code_commune": "Code commune", "code_ape": "Code APE"}


def described(code: str, sector: str, activity: str, ape: str = "1071A") -> list[str]:
    """The eighteen columns that name a row of Urssaf's file."""
    return ["84 Auvergne-Rhône-Alpes", "82 Rhône-Alpes", f"{code[:2]} Ain", "8405 Bourg-en-Bresse", "200071751 CA du Bassin de Bourg-en-Bresse",
            f"{code} Évosges", "Évosges", sector, activity, "CA Industrie agroalimentaire", "10 Industries alimentaires",
            f"{ape} Fabrication industrielle de pain et de pâtisserie fraîche", "84", code[:2], "8405", "200071751", code, ape]


def jobs(path: Path, rows: Sequence[tuple[str, str, str, Mapping[int, tuple[Any, Any]]]], years: Sequence[int], *, labels: bool = False,
         encoding: str = "utf-8", separator: str = ";", comma: bool = False, zeros: bool = True) -> Path:
    """Urssaf's file: (commune, large sector, NA17, year -> (establishments, jobs))."""
    def figure(value: Any) -> str:
        return str(value).replace(".", ",") if comma else str(value)

    figures = [f"{what}_{year}" for what in ("nombre_d_etablissements", "effectifs_salaries") for year in years]
    header = [LABELS.get(name, name) for name in NAMES] if labels else NAMES
    figures = [name.replace("nombre_d_etablissements_", "Nombre d’établissements ").replace("effectifs_salaries_", "Effectifs salariés ")
               for name in figures] if labels else figures
    lines = [separator.join([*header, *figures])]
    for code, sector, activity, values in rows:
        own = described(code if zeros else code.lstrip("0"), sector, activity)
        lines.append(separator.join([*(f'"{cell}"' if separator in cell else cell for cell in own),
                                     *(figure(values[year][what]) for what in (0, 1) for year in years)]))
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def places(path: Path, rows: Sequence[Mapping[str, Any]], separator: str = ";", encoding: str = "utf-8") -> Path:
    """A list of third places with the columns of the 2018–2019 base."""
    header = ["ID", "NOM", "INSEECOM", "TYPO", "LAT", "LONG", "METRO", "INSEE_ZE"]
    lines = [separator.join(header), *(separator.join(str(row.get(name, "")) for name in header) for row in rows)]
    path.write_bytes("\n".join(lines).encode(encoding) + b"\n")
    return path
