"""How the second chapter's text is read on other figures: what is put in another's place, and what stays.

A rule is (old, new); white space in the old text matches any. Each must be found, so that an edit of the chapter is noticed.
``{first}``, ``{last}``, ``{many}``, ``{what}``, ``{label}``, ``{people}``, ``{years}`` and ``{words}`` are filled in.
"""
from __future__ import annotations

__all__ = ["ABOUT_KEPT", "BANNER", "LEDGER", "BESIDE", "GENERAL", "KEPT", "RULES", "VERDICT"]

#: Stands below the title.
BANNER = """:::{{admonition}} This copy of the chapter runs on your figures
:class: important
Counted here: **{label}**. Every number in sentences, every chart, map, table and explorer is computed from your tables. The words
around the numbers ("rises", "most", "in the west") and the titles of charts were written for the book's figures, workers by
residence, 1982–2011: where a word and its number part, believe the number. Questions and guesses are marked on your figures too.
:::"""

#: In place of the ledger's page.
LEDGER = """# The claims ledger

What the special issue claims, claim by claim, in our own words, and what figures say of it. Claims that the second chapter tests
are tested on yours, **{label}**: their verdict is computed from your tables, and what it is on the book's workers by residence,
1982–2011, stands under it. All other claims keep the book's figures, and say so.

```{{claims-ledger}}
```
"""

#: In place of the chapter's verdict.
VERDICT = """:::{{admonition}} On your figures
:class: verdict
Of the towns under 100,000 inhabitants {{glue:text}}`rate_small:.1%` are specialised in {last}, of the larger units
{{glue:text}}`rate_large:.1%`, of the towns of 50,000 or more {{glue:text}}`rate_50:.1%`. The most specialised type is
{{glue:text}}`ne_ratio:.1f` times as common in the north-east as in France. {{glue:text}}`new_towns` towns became specialised after
{first}; in {{glue:text}}`no_rise` of them the share of {people} did not rise; beyond doubt one by one: {{glue:text}}`clear`.

*What would change it:* industrial jobs counted where they are. What depends on choices is measured at the end of the page.
:::"""

#: A cell that sets the two results side by side, after the first picture.
BESIDE = """from data.loading import book_table
from methods.beside import side_by_side
from methods.specialisation import specialisation_index

book_index = specialisation_index(book_table("urban_units_occupations"), book_table("france_occupations"))
beside = side_by_side((book_index, book_table("urban_units").set_index("urban_unit")), (index, units),
                      ("the book: workers by residence", "yours: {what}"))
table(beside, "Two results side by side", data=["urban_units_occupations", "urban_units_{by}"], name="beside")"""

#: Stands below the heading from which nothing is changed.
ABOUT_KEPT = "*This part is about the book's own stand-in, workers, and stays as it is: your figures count industry itself.*"

#: From this heading to that one nothing is changed: it is about the book's own figures.
KEPT = ("### How good is the stand-in?", "## By hand: a toy of three towns")

RULES: list[tuple[str, str]] = [
    ("- **What is counted.** The article studies industrial employment. We count *workers* aged 25–54 where they live. A town of commuters",
     "- **What is counted.** The article studies industrial employment. We count {people}, aged 25–54, where they live. A town of commuters"),
    ("The article covers 1962 to 2019, we have five censuses from 1982 to 2011. Neither the end of the growth years nor the turn that the "
     "issue sees after 2016 is in them.", "The article covers 1962 to 2019, these are {many} censuses from {first} to {last}."),
    ("Saint-Nazaire (66104) has no figures in 1982; it stays *missing* there, which is not a state.",
     "A unit without figures at a census stays *missing* there, which is not a state."),
    ("for 2006 and 2011 we keep one in four, which is an assumption", "from 2006 on we keep one in four, which is an assumption"),
    ("In France the share of workers fell from", "In France the share of {people} went from"),
    ('shades = ["#BFC3C7", "#9AA0A6", "#757C83", "#50585F", INDUSTRY]',
     'greys = np.linspace(191, 80, index.shape[1] - 1).astype(int)\nshades = [*(f"#{{g:02X}}{{g:02X}}{{g:02X}}" for g in greys), INDUSTRY]'),
    ("different sequences out of 1,024 that four states and five censuses allow", "different sequences out of {words} that four states and {many} censuses allow"),
    ("Each town becomes a word of five letters.", "Each town becomes a word of {many} letters."),
    ("in 1982, 1990, 1999, 2006, 2011", "in {years}"),
    ("plain_cells = len(towns) * (len(towns) - 1) // 2 * 25", "plain_cells = len(towns) * (len(towns) - 1) // 2 * index.shape[1] ** 2"),
    ("crossing.isin([1990, 1999])", "(crossing <= 1999)"), ("crossing.isin([2006, 2011])", "(crossing > 1999)"),
    ("it does not say that factories stand there. In the former Rhône-Alpes the stand-in hides industry: read the map with the one above.",
     "it does not say that factories stand there."),
    ("{{glue:text}}`ra_high:.2f`: just average. Here **our figures don't show what the introduction reports** (§7), and the stand-in may be the "
     "reason: it hides industry there more than anywhere.", "{{glue:text}}`ra_high:.2f`; the introduction reports old strongholds there (§7)."),
    ("Our table knows workers, not what they make. It neither", "This table knows industry as a whole, not its branches. It neither"),
    (", as far as these four years, eight and more after the last index, can tell", ", as far as these four years can tell"),
    ("- **A stand-in.** Workers by residence, not industrial jobs. It errs by region, and most where the article sees an old industrial region, "
     "the former Rhône-Alpes.", "- **By residence.** Industry is counted where people live, not where the jobs are: commuters are at home."),
    ("- **A window.** 1982–2011 is inside the article's 1962–2019. What happened before is the starting level here; what happened after is not seen.",
     "- **A window.** These censuses run from {first} to {last}, the article's years from 1962 to 2019."),
    ("Units are those of 2010, projected back. A town that was a village in 1982", "Units are those of the composition that you gave, projected back. A town that was a village in {first}"),
    ("and the north-east leads under every choice that we tried.", "and how the north-east stands under every choice that we tried is in the table above."),
    ("what its neighbours are, and what the stand-in may hide there.", "and what its neighbours are."),
    ("and keeps apart workers who live there and jobs that are there", "and keeps apart people who live there and jobs that are there"),
    ("climbing and newly specialised towns are most common in the west, and as a group they are more than noise. The former Rhône-Alpes stays an "
     "open question that these figures can't answer.", "where climbing and newly specialised towns are most common, and whether they are more than noise, the tables above say."),
    ("The high type is most over-represented in the north-east under every choice;", "The north-east under every choice is in the table of what remains;"),
    ("from data import OCCUPATIONS, REGIONS, load, region_of",
     "from data import REGIONS, load, region_of\nfrom data.words import INDUSTRY as OWN\n\nSECTORS = list(OWN.groups)"),
]

#: Everywhere else, in this order: regular expression, what takes its place.
GENERAL: list[tuple[str, str]] = [
    (r"\bOCCUPATIONS\b", "SECTORS"), (r"(urban_units|france|size_class)_occupations", r"\1_{by}"),
    (r'"workers"', '"{group}"'), (r"1982", "{first}"), (r"2011", "{last}"), (r"_82\b", "_first"),
    (r"workers by residence", "{what}"), (r"many workers already", "many {people} already"),
    (r"(?<![=\w])five censuses", "{many} censuses"), (r"at the five\b", "at the {many}"), (r"all five censuses", "all {many} censuses"),
    (r"mean of the five censuses", "mean of the {many} censuses"), (r"five letters", "{many} letters"),
    (r"towns at five \"", 'towns at {many} "'), (r"(share of|loses|that) workers\b", r"\1 {people}"),
    (r"\bworkers\b", "in_{group}"), (r"\boccupations\b", "{by}"),        # names of variables in code
]
