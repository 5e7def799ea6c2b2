# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Reading the issue together
#
# **The article.** All of them: Gros-Balthazard and Talandier, introduction of the special issue, *EchoGéo* no. 63, 2023
# ([read it](https://journals.openedition.org/echogeo/25035)) {cite:p}`introduction`, and the seven articles that it
# presents.
#
# **Its claim.** Industry is new in Genouillé, reconsidered in the Gier valley, in transformation in Mons; relations, space
# and governance decide what becomes of it (introduction §9–12). Together, the articles say that production can be kept,
# restored or expanded, if its tensions with homes, inhabitants and the environment are foreseen (§16).
#
# :::{admonition} On our figures: towns counted by the hundred get a verdict, case studies hardly any
# :class: verdict
# Of {glue:text}`claims` claims of the issue, our figures give {glue:text}`tested` a verdict: {glue:text}`holds` hold,
# {glue:text}`partly` hold partly, {glue:text}`fails` do not. Of the {glue:text}`theme_claims` on relations, space and
# governance they reach {glue:text}`theme_tested`. The {glue:text}`own_claims` claims of this chapter are readings, and
# {glue:text}`own_tested` can be tested here; so the page reads, twice, and counts how far two readings agree. In the first,
# space is surely a tension in more of the three case studies than relations are; in the second it is not. And one tension
# does show in figures: towns with many workers lose people {glue:text}`twice:.1f` times as often as other towns.
#
# *What would change it:* industrial jobs counted at the workplace after 2011; interviews, coded by people who are not us; a
# record of conflicts by place.
# :::

# %% tags=["hide-input"]
import altair as alt
import numpy as np
import pandas as pd

from data import OCCUPATIONS, load, region_of
from methods.concentration import quotients
from methods.crossreading import (agreement_of_readings, can_be_said, carried_by,
                                  differences, from_cells, matrix, support)
from methods.representation import over_representation
from methods.shiftshare import shift_share, total
from methods.specialisation import index_interval, specialisation_index
from methods.synthesis import evidence_wanted, rank_in_class, same_order, verdict_counts
from methods.towns import size_class
from widgets import CATEGORIES, CONTEXT, INDUSTRY, SERVICES, Points, base_map, radius
from widgets import check, data_used, figure, glue, ledger, show_claims, show_map, start
from widgets import table
from widgets.charts import interval_dots, named_lines

start()
claims = ledger(checked=False)
coding = load("case_readings").sort_values(["coder", "passage"])

# %% tags=["hide-input"]
show_claims("09_cross_reading")

# %% [markdown]
# The next picture counts the verdicts of [the claims ledger](../book/claims.md) by the thread of the argument. Grey is
# everything that we could not test.

# %%
by_thread = verdict_counts(claims, "thread")

# %% tags=["hide-input"]
from widgets.explorers.claims import COLOURS, counted_bars

three = ["relations", "space and planning", "governance"]
seven = claims[claims["chapter"] == "09_cross_reading"]
whole = by_thread.sum()
glue(claims=len(claims), tested=int(whole["tested"]), holds=int(whole["holds"]),
     partly=int(whole["holds partly"]), fails=int(whole["does not hold"]),
     theme_claims=int(by_thread.loc[three, "claims"].sum()),
     theme_tested=int(by_thread.loc[three, "tested"].sum()), own_claims=len(seven),
     own_tested=int(verdict_counts(seven, "thread")["tested"].sum()) or "none")
most = (by_thread["tested"] / by_thread["claims"]).idxmax()
best, themes = by_thread.loc[most], by_thread.loc[three].sum()
title = (f"Figures reach {best['tested']} of {best['claims']} claims on {most}, "
         f"{themes['tested']} of {themes['claims']} on relations, space and governance")
words = "; ".join(f"{name}: {row.tested} of {row.claims}"
                  for name, row in by_thread.iterrows())
figure(counted_bars(by_thread).properties(title=title, height=230), data=["claims"],
       note="verdicts on our figures, recomputed by the tests of this book",
       alt_text="Bars of claims by thread and verdict. With a verdict from figures: "
       f"{words}.")

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** put several case studies on one grid and say which passage carries each cell;
# measure how far two readings agree; tell what a grid surely says from what it perhaps says; lay the measures of several
# methods along one axis; and name the evidence that a claim is waiting for.
#
# **Time.** {planned-minutes}. **You need** a look at two other chapters of your choice. No Python is needed to read.

# %% tags=["hide-input"]
data_used("claims", "case_readings", "urban_units", "urban_units_occupations",
          "size_class_occupations", "france_occupations", "employment_zones",
          "third_places_by_commune_class", "case_communes_occupations",
          "case_communes_2021", "case_facts", "communes", "mons_municipalities")

# %% [markdown]
# ## The question
#
# Seven articles, eight chapters, one argument. Does it hold together? An introduction to a special issue does what this
# chapter does: it reads different studies side by side and says what they have in common. That is a method too, even if
# it is rarely called one. It has its units (passages), its codes (themes), its samples (which studies), its errors (a second
# reader would have read otherwise). We do it in the open, so that you can do it otherwise.
#
# Then we turn to the figures of the other chapters and ask the same of them. Laid along one axis, from the countryside to the
# metropolis, do they tell one story?
#
# ## What differs from the issue
#
# - **What is read.** We read what the introduction says of each article, a few sentences for each. The articles say more,
#   and what they say beyond these sentences is not in our matrix.
# - **Who reads.** Both readings are ours. The authors chose their three themes; they coded nothing as *asset* or *tension*. That
#   is our question, taken from their last paragraph (§16).
# - **Which cases.** The introduction groups Genouillé, the Gier valley and Mons as its case studies (§9) and puts
#   Romans-sur-Isère among its new objects (§13–15). We let Romans stand beside the three.
# - **What is counted.** Our figures count *workers* where they live, up to 2011. None of the case studies does that.
#
# ## By hand: a toy of eight passages
#
# Three invented places, two themes, eight passages, two readers. An *asset* is something that is said to help production
# there, a *tension* something that stands in its way; *unclear* is said of a passage that does not tell.

# %%
toy = pd.DataFrame([
    ("P", "ties", "firms lend each other tools", "asset", "asset"),
    ("P", "land", "the last plot is sold", "tension", "tension"),
    ("Q", "ties", "everybody knows everybody", "asset", "tension"),
    ("Q", "ties", "a club helps newcomers", "asset", "asset"),
    ("Q", "land", "an old mill stands empty", "unclear", "asset"),
    ("R", "ties", "the two families do not speak", "tension", "tension"),
    ("R", "land", "plots are cheap", "asset", "asset"),
    ("R", "land", "trucks cross the village", "tension", "tension"),
], columns=["study", "theme", "said", "first", "second"])
table(toy, "The toy, whole", kind="toy")

# %% [markdown]
# **Matrix.** Themes in rows, places in columns. A cell where all passages help is an *asset*, one where all hinder a
# *tension*, one with some of each is *both*. If no passage tells, the cell is unknown, which is no fourth kind of answer.
# Fill the first reader's six cells with a pencil.

# %%
ROWS, PLACES = ["ties", "land"], ["P", "Q", "R"]
toy_one = matrix(toy.rename(columns={"first": "pull"}), ROWS, PLACES)
toy_two = matrix(toy.rename(columns={"second": "pull"}), ROWS, PLACES)
toy_one.fillna("?")

# %% [markdown]
# **What can be said.** "Land is a tension in more places than ties are": true? In the first reading ties are a tension in
# one place, R, and nothing is unknown. Land is one in P and R, and Q may hold anything: two or three. Two is more than one, so
# the sentence is **surely** true. Had P told nothing, land would be a tension in one to three places, and the
# sentence only **perhaps**.

# %%
toy_counts = support(toy_one)
print(toy_counts, can_be_said(toy_counts), sep="\n\n")

# %% tags=["hide-input"]
second_counts = support(toy_two)
check.choice(
    "Now the second reader of the toy. Is land a tension in more places than ties are?",
    answer={"surely": "Surely", "perhaps": "Perhaps: it hangs on an unknown cell",
            "no": "No, in as many or fewer"}[
                can_be_said(second_counts).loc["land", "ties"]],
    options={"Surely": "Everybody knowing everybody is a tension for the second reader: "
             "count the ties of Q again.",
             "Perhaps: it hangs on an unknown cell": "The second reader left no passage "
             "unclear. Is any cell still unknown?",
             "No, in as many or fewer": "Count the cells with a tension in each row, and "
             "those that are both as well."},
    why=f"Land is a tension in {second_counts.loc['land', 'least']} places, ties in "
    f"{second_counts.loc['ties', 'least']}. One word about people who know everybody "
    "decides whether the sentence stands.")

# %% [markdown]
# **Agreement.** The two know five cells in common. Put *tension*, *both* and *asset* on a ladder with three rungs. They stand
# on the same rung in four cells and one rung apart in the fifth, Q's ties. **Weighted kappa** compares these steps with
# those that would come up if each reader's words were dealt to the cells at random.

# %%
toy_agreement = agreement_of_readings(toy_one, toy_two)
toy_agreement[["cells", "both", "same", "kappa"]].round(2)

# %% tags=["hide-input"]
rungs = {"tension": 0, "both": 1, "asset": 2}
known = differences(toy_one, toy_two).dropna(subset=["one", "other"])
one, two = (known[side].map(rungs).to_numpy() for side in ("one", "other"))
seen = np.abs(one - two).mean()
by_chance = np.abs(np.subtract.outer(one, two)).mean()
check.number(
    "The five cells differ by one rung in all, in the mean 1/5. If words were dealt at "
    "random, each of the first reader’s five words would meet each of the second’s. What "
    "is the mean difference of these 25 meetings, in rungs, to two digits?",
    answer=by_chance, tolerance=0.011,
    hints={seen: "That is the difference that was seen. Let each word of one reader meet "
           "all five of the other.",
           by_chance * one.size ** 2: "That is the sum over all meetings: divide it by "
           "how many they are.",
           1 - seen / by_chance: "That is kappa already: one step too far."},
    otherwise="Write both rows of rungs, 0, 1 or 2, and subtract each from each.",
    why=f"Kappa is 1 − {seen:.2f} / {by_chance:.2f} = {1 - seen / by_chance:.2f}: so "
    "much of the difference that chance would bring is saved.")

# %% [markdown]
# ## On the issue itself
#
# ### Seventeen passages
#
# Now the introduction. Here is all that it says of the four places under the three themes, in our words, as the first reader
# coded it. The first reader keeps to what is said to be so. A goal ("planning should …") says nothing about how things are,
# so it stays unclear.

# %% tags=["hide-input"]
coding = coding.rename(columns={"issue_theme": "theme"})
readings = dict(list(coding.groupby("coder", observed=True)))
shown = readings["first"][["study", "theme", "paragraph", "said", "pull", "why"]]
shown = shown.assign(paragraph="§" + shown["paragraph"].astype("str"))
shown.columns = ["case study", "theme", "paragraph", "what is said", "pull", "why"]
table(shown.astype({"case study": "str", "theme": "str", "pull": "str"}),
      "Seventeen passages of the introduction, first reading", data=["case_readings"],
      name="first_reading")

# %% [markdown]
# ### The matrix
#
# Three themes by three case studies, and Romans beside them. Under each word stands the paragraph that carries it.

# %%
THEMES = ["relations", "space and planning", "governance"]
STUDIES = ["Genouillé", "Gier valley", "Mons"]
BESIDE = [*STUDIES, "Romans-sur-Isère"]
ORDER = [*STUDIES, "Romans"]
first, second = (matrix(readings[coder], THEMES, BESIDE) for coder in readings)
carried = [carried_by(readings[coder], THEMES, BESIDE) for coder in readings]

# %% tags=["hide-input"]
TINTS = {"tension": "#F0B88A", "both": "#E9DFF0", "asset": "#BFD9EA", "?": "#FFFFFF"}


def matrix_chart(words, paragraphs, other):
    """A matrix as cells: word, paragraph, a thick border where another differs."""
    long = words.rename_axis("theme").reset_index().melt("theme", var_name="study")
    long["under"] = paragraphs.melt()["value"].to_numpy()
    long["differs"] = long["value"].fillna("?") != other.melt()["value"].fillna("?")
    long = long.fillna("?").replace("Romans-sur-Isère", "Romans")
    long["cell"] = long["theme"] + ", " + long["study"]
    cells = alt.Chart(long).encode(
        alt.X("study:N", sort=ORDER, title=None, axis=alt.Axis(orient="top", labelAngle=0,
            ticks=False, domain=False, labelExpr="replace(datum.label, ' valley', '')")),
        alt.Y("theme:N", sort=THEMES, title=None, axis=alt.Axis(labelLimit=80, labelExpr=(
            "replace(datum.label, ' and planning', '')"), ticks=False, domain=False)))
    fill = alt.Color("value:N", legend=None, scale=alt.Scale(
        domain=list(TINTS), range=list(TINTS.values())))
    edge = alt.condition("datum.differs", alt.value(2.5), alt.value(0.6))
    boxes = cells.mark_rect(stroke="#6B7075").encode(fill=fill, strokeWidth=edge)
    word = cells.mark_text(dy=-7, fontSize=13).encode(alt.Text("value:N"))
    return boxes + word + cells.mark_text(dy=10, fontSize=11).encode(alt.Text("under:N"))


# %% tags=["hide-input"]
def read_out(words):
    """A matrix in words, row by row."""
    rows = words.fillna("unknown").iterrows()
    return "; ".join(f"{theme}: " + ", ".join(
        f"{study} {word}" for study, word in row.items()) for theme, row in rows)


pure = first[STUDIES].isin(["tension", "both"]).sum(axis=1)
tense = pure[pure > 0]
title = (f"First reading: all the tension lies in {tense.index[0]}" if len(tense) == 1
         else "First reading: tension lies in " + ", ".join(tense.index))
figure(matrix_chart(first, carried[0], first).properties(title=title, height=210),
       data=["case_readings"], note="?: no passage tells",
       alt_text=f"Matrix of the first reading. {read_out(first)}.")
glue(unknown_first=int(first[STUDIES].isna().sum().sum()), cells=first[STUDIES].size,
     tense_first=" and ".join(tense.index))

# %% [markdown]
# Read it by rows. **Relations** are an asset wherever they are spoken of: an encounter, an attachment, a commute. **Space** is
# an asset in the countryside, a tension in Mons, and both at once in the Gier valley, where homes press on workshops
# and one site mixes the two. **Governance** is told for Genouillé, where a mayor finds what is needed; elsewhere the
# introduction says what public action should do, and the first reader will not turn a *should* into an *is*. So
# {glue:text}`unknown_first` of {glue:text}`cells` cells stay unknown.
#
# ### A second reading
#
# The second reader argues: a goal names what is missing. Whoever wants to fight segregation has seen it. Whoever calls an ecosystem
# self-contained has also said that it may be closed. And a condition ("an asset *if* it is organised") admits that something is not
# there yet, and belongs to relations. Thick borders show where the two readings part.

# %% tags=["hide-input"]
cells = differences(first[STUDIES], second[STUDIES])
kinds = cells["relation"].value_counts()
agreed = agreement_of_readings(first[STUDIES], second[STUDIES])
glue(both=int(agreed["both"]), same=int(agreed["same"]), kappa=agreed["kappa"],
     half=int(kinds.get("half apart", 0)), one_knows=int(kinds.get("one knows", 0)),
     known_kappa=agreed["known_kappa"], opposed=int(agreed["opposed"]) or "never",
     alpha=agreed["alpha"])
other = second[STUDIES].isin(["tension", "both"]).sum(axis=1)
title = (f"Second reading: tension in {(other > 0).sum()} of {len(THEMES)} themes, and "
         f"{int(agreed['opposed']) or 'no'} word turned into its opposite")
figure(matrix_chart(second, carried[1], first).properties(title=title, height=210),
       data=["case_readings"], note="thick: not as in the first reading",
       alt_text=f"Matrix of the second reading. {read_out(second)}.")

# %% tags=["hide-input"]
lost = cells[(cells["relation"] == "one knows") & cells["one"].notna()].iloc[0]
gained = cells[(cells["relation"] == "one knows") & cells["one"].isna()].iloc[0]
names = [f"{theme}, {study}" for theme in THEMES for study in ORDER]
check.pick(
    "Pick the cell that the first reader knows and the second does not.",
    options=names, answer=f"{lost['theme']}, {lost['study']}", field="cell",
    hints={f"{gained['theme']}, {gained['study']}": "The other way round: here the "
           "second reader knows more."},
    otherwise="Look for a question mark inside a thick border.",
    why="The passage says that personal factors weigh more than economic ones. Whether "
    "that helps production or hinders it, it does not say. Knowing less can be the more "
    "careful reading.")

# %% [markdown]
# {glue:text}`both` of {glue:text}`cells` cells are known to both readers. They use the same word in {glue:text}`same`, stand half apart
# in {glue:text}`half`, and are {glue:text}`opposed` opposed. Weighted kappa is {glue:text}`kappa:.2f` and Krippendorff's alpha
# {glue:text}`alpha:.2f`, on cells that can be counted on two hands. On *whether anything is known* they differ in
# {glue:text}`one_knows` cells, and there kappa is {glue:text}`known_kappa:.2f`: worse than chance. The readers do not quarrel about the
# words. They quarrel about what counts as said.
#
# ### What the matrix surely says
#
# Is space a tension in more case studies than relations are? Count what is known, and what may be.

# %%
counts = {"first": support(first[STUDIES]), "second": support(second[STUDIES])}
said = {coder: can_be_said(rows) for coder, rows in counts.items()}
pd.concat(counts, axis=1).drop(columns=("second", "cells"))

# %% tags=["hide-input"]
glue(first_says=said["first"].loc["space and planning", "relations"],
     second_says={"no": "is not true"}.get(said["second"].loc[
         "space and planning", "relations"], "is perhaps true"),
     governance_least=int(counts["first"].loc["governance", "least"]),
     governance_most=int(counts["first"].loc["governance", "most"]))
rows = pd.concat({f"{coder} reading": n for coder, n in counts.items()}, names=["kind"])
rows = rows.rename_axis(["kind", "group"]).reset_index()
rows = rows.rename(columns={"least": "low", "most": "high"})
rows["value"] = rows["low"]
chart = interval_dots(rows, "case studies in which it is a tension", {
    "first reading": INDUSTRY, "second reading": SERVICES}, THEMES, form=".0f",
    height=190)
title = ("The first reader surely finds more tension in space than in relations, the "
         "second does not" if (said["first"].iloc[1, 0], said["second"].iloc[1, 0])
         == ("surely", "no") else "The two readings of tension, theme by theme")
figure(chart.properties(title=title), data=["case_readings"],
       note="dot: known cells; line: up to what unknown cells allow",
       alt_text="Number of case studies in which a theme is a tension: " + "; ".join(
           f"{r.group}, {r.kind}: {r.low} to {r.high}" for r in rows.itertuples()))

# %% [markdown]
# For the first reader the sentence is {glue:text}`first_says` true. Governance might be a tension in {glue:text}`governance_least` or in
# {glue:text}`governance_most` of the three: nothing follows. For the second reader the sentence {glue:text}`second_says`. So "the tensions
# are about space" is a fair summary of what the introduction *says* of its cases, and not of what it *implies*. A reader who quotes
# it owes us the word they chose.
#
# ### Your own matrix
#
# Now you. Write the words that you would defend, *asset*, *tension* or *both*, and leave out what you would not. With Python
# running, change a line and run the cell; without it, take a pencil to the matrix above.

# %%
mine = {
    ("relations", "Genouillé"): "asset", ("relations", "Gier valley"): "both",
    ("space and planning", "Genouillé"): "both",
    ("space and planning", "Gier valley"): "both",
    ("space and planning", "Mons"): "tension",
    ("governance", "Genouillé"): "asset", ("governance", "Gier valley"): "asset",
}
my_matrix = from_cells(mine, THEMES, STUDIES)
my_matrix.fillna("?")

# %%
def compared(own):
    """How an own matrix agrees with the two readings, and what it says of space."""
    for name, theirs in {"first": first, "second": second}.items():
        found = agreement_of_readings(own, theirs[STUDIES])
        print(f"with the {name} reading: {found['same']:.0f} of {found['both']:.0f} "
              f"cells alike, {found['opposed']:.0f} opposed, kappa {found['kappa']:.2f}")
    more = can_be_said(support(own)).loc["space and planning", "relations"]
    print(f"space more often a tension than relations: {more}")


compared(my_matrix)
farm = load("case_facts").set_index("fact").loc["genouille-farm", "low"]
glue(hectares=int(farm))

# %% [markdown]
# The matrix in the cell is a third one, put there to be contradicted. It calls Genouillé's land *both*: the
# {glue:text}`hectares` hectares bought in one block (public facts, [fourth chapter](04_arrival.ipynb)) are land that nobody else
# can farm. Is that said in the introduction? No. Is it wrong? Argue.
#
# ## Towns between metropolises and countryside
#
# ### One axis
#
# The chapters sorted towns by size again and again. Here are six of their measures on one axis, from the communes outside urban
# units to Paris, each computed by the function of its chapter. All are ratios, France = 1.

# %% tags=["hide-input"]
france = load("france_occupations")
sizes = load("size_class_occupations").sort_values(["size_class", "year"])
TIERS = sizes["size_class"].cat.categories.tolist()
sizes = sizes.astype({"size_class": "str"})
units = load("urban_units").set_index("urban_unit").sort_index()
zones = load("employment_zones").set_index("employment_zone").sort_index()
communes = load("third_places_by_commune_class").dropna().set_index("size_class")
index = specialisation_index(load("urban_units_occupations"), france)
known = index[2011].dropna()
size = units["size_class"].astype("str")

# %%
def of_group(group):
    """Share of an occupational group in each tier, over its share in France, 2011."""
    return specialisation_index(sizes, france, "size_class", group)[2011]


by_zone = quotients(zones["third_places"], zones["population_2018"],
                    zones["largest_town_size_class"].astype("str"))
by_commune = quotients(communes["third_places"], communes["population_2019"])
by_commune = by_commune.rename(index=str)
marked = over_representation(size.loc[known.index], known >= 1.25)

# %%
long = sizes.melt(["size_class", "year"], OCCUPATIONS, "group", "jobs")
parts = total(shift_share(long.rename(columns={"size_class": "unit"}), 1982, 2011))
after = parts["jobs"] + parts["change"]
axis = pd.DataFrame({
    "workers": of_group("workers"), "managers": of_group("managers"),
    "specialised units": marked["ratio"],
    "local effect": after / (after - parts["local"]),
    "third places, by zone": by_zone["quotient"],
    "third places, by commune": by_commune["quotient"]}).loc[TIERS]

# %% tags=["hide-input"]
check.guess(
    "Third places per inhabitant, by the size of the commune’s own town, France = 1. Set "
    "the bars as you expect them.", bars=axis["third places, by commune"].round(2),
    axis=(0, 2), form=".2f", name="third-places-along-the-axis",
    say="They thicken with size almost to the end, where workers thin out. Counted by "
    "employment zone, the same places lie otherwise: see the chart.",
    data=["third_places_by_commune_class"], note="places of 2018–2019")

# %% tags=["hide-input"]
FOUR = {"workers": INDUSTRY, "managers": SERVICES, "third places, by zone": CATEGORIES[2],
        "third places, by commune": CATEGORIES[5]}
lines = axis[list(FOUR)].reset_index(drop=True).rename_axis("year").reset_index()
lines = lines.melt("year", var_name="name").dropna()
lines = lines.assign(value=lines["value"].round(3),
                     label=lines["name"].str.replace(" by", ""))

# %% tags=["hide-input"]
chart = named_lines(lines, FOUR, "over France", room=0.75, rule=1, height=350,
                    steps=["outside", *TIERS[1:]])
falls = axis["workers"].is_monotonic_decreasing
rises = axis["managers"].is_monotonic_increasing
title = ("Workers thin out towards the metropolis and managers thicken; third places "
         "depend on the grain" if axis["workers"].iloc[0] > 1 > axis["workers"].iloc[-1]
         else "Four measures along the size of towns")
figure(chart.properties(title=title), data=[
    "size_class_occupations", "employment_zones", "third_places_by_commune_class"],
    note="residents at work in 2011, third places of 2018–2019; outside: outside urban "
    "units",
    alt_text="Lines from the countryside to Paris. " + "; ".join(
        f"{name}: {axis[name].dropna().iloc[0]:.2f} to {axis[name].iloc[-1]:.2f}"
        for name in FOUR) + ". Third places by zone have a trough at 20,000 to 99,999.")
glue(falls="at every step" if falls else "at most steps",
     rises="at every step" if rises else "at most steps")

# %% tags=["hide-input"]
shown = axis.round(2).rename_axis("tier").reset_index()
table(shown, "Six measures along the size of towns, France = 1", name="axis",
      data=["size_class_occupations", "urban_units_occupations", "employment_zones",
            "third_places_by_commune_class"],
      note="workers, managers: share of residents at work, 2011; specialised units: rate "
      "of units with an index of 1.25 or more; local effect: residents at work in 2011 "
      "over those that the mix of 1982 and France’s growth would give; third places per "
      "inhabitant; a dash: not defined there")

# %% [markdown]
# From tier to tier the share of workers falls {glue:text}`falls`, that of managers rises {glue:text}`rises`. The two lines of third
# places are the same list of places, counted twice. The table has two more measures: how often units are specialised, and the
# local effect of the third chapter.
#
# ### Together and apart
#
# Which measures put the tiers in the same order? Take every pair of tiers and ask whether two measures agree on which is higher.
# **Kendall's tau** is the share of pairs that agree less the share that oppose: 1 for the same order, −1 for the opposite one.

# %%
orders = same_order(axis.round(6))
orders.sort_values("tau", kind="stable").iloc[[0, 1, -2, -1]].round(2)

# %% tags=["hide-input"]
def pair(one, other):
    return orders[(orders["one"] == one) & (orders["other"] == other)].iloc[0]


grain = pair("third places, by zone", "third places, by commune")
against = pair("workers", "third places, by commune")
beside = pair("workers", "local effect")
glue(wm_opposed=int(pair("workers", "managers")["opposed"]),
     wm_pairs=int(pair("workers", "managers")["pairs"]), grain_tau=grain["tau"],
     wc_tau=against["tau"], wc_opposed=int(against["opposed"]),
     wc_pairs=int(against["pairs"]), local_tau=beside["tau"],
     zone_tau=pair("workers", "third places, by zone")["tau"])
shown = orders.sort_values(["tau", "one"], ascending=[False, True]).round(2)
shown.columns = ["measure", "and", "pairs of tiers", "same", "opposed", "tau"]
table(shown, "Which measures put the tiers in the same order", name="orders", data=[
    "size_class_occupations", "urban_units_occupations", "employment_zones",
    "third_places_by_commune_class"])

# %% [markdown]
# **What they say together.** Tiers with a larger share of workers have a smaller one of managers ({glue:text}`wm_opposed` of
# {glue:text}`wm_pairs` pairs of tiers opposed), more specialised units, and a better local effect (tau {glue:text}`local_tau:.2f`): the first
# three chapters tell one story, of a countryside and small towns where workers live and where residents at work held out
# better than their mix let expect.
#
# **Where they pull apart.** Third places counted by commune run against workers ({glue:text}`wc_opposed` of {glue:text}`wc_pairs`
# pairs opposed, tau {glue:text}`wc_tau:.2f`); counted by zone they hardly do (tau {glue:text}`zone_tau:.2f`), because a zone lends its villages the
# third places of its town. Two grains of one list agree with each other only so far (tau {glue:text}`grain_tau:.2f`). So the issue's
# sentence that third places favour both ends (§14) and its sentence that industry sits in smaller places (§7) can both be true
# and still not meet in the same towns.

# %% tags=["hide-input"]
RIGHT = "Where there are many workers in proportion, third places tend to be few"
ZONE = "It depends on whether one counts by zone or by commune"
check.choice(
    "Someone writes: “Third places are offsetting lost workers where these were many.” "
    "What does the table of orders allow?",
    answer=ZONE if against["tau"] + 0.3 < pair("workers", "third places, by zone")["tau"]
    else RIGHT,
    options={ZONE: "Compare the two rows on workers and third places.",
             RIGHT: "That is the row by commune. Read the row by zone as well.",
             "The sentence is shown to be right": "Neither table follows a job that was "
             "lost or made; they compare tiers at one date.",
             "The sentence is shown to be wrong": "Tiers are nine heaps of places. In "
             "one tier, third places may stand exactly where workers left."},
    why=f"Tau is {against['tau']:.2f} by commune and "
    f"{pair('workers', 'third places, by zone')['tau']:.2f} by zone; and an order of "
    "tiers says nothing about offsetting, which happens over time and in one place.")

# %% [markdown]
# ## Tensions and synergies
#
# The last paragraph expects synergies between production and housing, needs and expectations of inhabitants, and tensions to
# foresee (§16). No table of ours records a conflict. But one thing can be counted: do towns of many workers keep their people? Take the
# towns under 100,000 inhabitants, *specialised* in 2011 (an index of 1.25 or more) or not, and see which had fewer people in
# 2023 than in 2019.

# %%
towns = units[(units["size_class"] <= "50,000–99,999")]
towns = towns[towns.index.isin(known.index)]
special = known.loc[towns.index] >= 1.25
kind = special.map({True: "specialised", False: "other towns"})
loses = towns["population_2023"] < towns["population_2019"]
lost = over_representation(kind, loses)

# %% tags=["hide-input"]
several = pd.concat({
    name: over_representation(by[mask], loses[mask])
    for name, mask in {"specialised": special, "other towns": ~special}.items()
    for by in [size.loc[towns.index]]}).rename_axis(["kind", "group"]).reset_index()
where = region_of(towns["department"])
regional = {name: over_representation(kind[where == name], loses[where == name])["share"]
            for name in sorted(set(where))}
regional = pd.DataFrame(regional).T
every = (regional["specialised"] > regional["other towns"]).all()
ratio = lost.loc["specialised", "share"] / lost.loc["other towns", "share"]
glue(twice=ratio, lost_special=lost.loc["specialised", "share"],
     lost_other=lost.loc["other towns", "share"], specials=int(special.sum()),
     keep_special=1 - lost.loc["specialised", "share"], everywhere="every one" if every
     else "most", regions=len(regional))

# %% tags=["hide-input"]
chart = interval_dots(several.rename(columns={"share": "value"}).round(4),
                      "towns that lost people, 2019–2023",
                      {"specialised": INDUSTRY, "other towns": CONTEXT},
                      TIERS[1:6], form=".0%", height=300)
clear = several.pivot_table(["low", "high"], "group", "kind")
apart = clear["low"]["specialised"] > clear["high"]["other towns"]
title = (f"In {apart.sum()} of {len(apart)} size classes towns of many workers lose "
         "people clearly more often")
figure(chart.properties(title=title), data=["urban_units", "urban_units_occupations"],
       note="specialised: index of workers 1.25 or more in 2011; exact 95 % intervals",
       alt_text="Share of towns that lost people: " + "; ".join(
           f"{r.group}, {r.kind} {r.share:.0%}" for r in several.itertuples()))

# %% tags=["hide-input"]
table(regional.rename_axis("region").reset_index(), data=["urban_units",
      "urban_units_occupations"], name="losing_people",
      caption="The same inside each region",
      formats=dict.fromkeys(regional.columns, ".0%"),
      note="share of towns under 100,000 that lost people, 2019–2023; regions as in the "
      "second chapter")

# %% [markdown]
# {glue:text}`lost_special:.0%` of the {glue:text}`specials` specialised towns lost people, and {glue:text}`lost_other:.0%` of the others:
# {glue:text}`twice:.1f` times as many. It is no mere effect of the north-east, since it holds in {glue:text}`everywhere` of the
# {glue:text}`regions` regions. It is no cause either: what draws people to a town and what keeps workers there are not in the table. But
# it says what "productive *and* residential" (§12) is up against. And the other side belongs to it: {glue:text}`keep_special:.0%` of the
# specialised towns did not lose people. Whoever looks for synergies should look there first.

# %% tags=["hide-input"]
SURE = "Having many workers and losing people go together in these towns"
check.choice(
    "Which sentence do the last chart and table carry?", answer=SURE
    if ratio > 1.2 and every else "The north-east explains it",
    options={SURE: "Read the two columns of the table once more.",
             "Workers drive people away": "The table has two properties of a town, not "
             "what leads from one to the other.",
             "The north-east explains it": "Then the difference would vanish inside the "
             "regions. Read the table by rows.",
             "Towns that keep industry are doomed": "Look at those that are specialised "
             "and did not lose people; and workers by residence are not industry."},
    why=f"In {(regional['specialised'] > regional['other towns']).sum()} of "
    f"{len(regional)} regions the specialised towns lose people more often. It stays a "
    "difference between groups of towns, by residents, over four years.")

# %% [markdown]
# ## What evidence a verdict would need
#
# Every claim of the ledger says what would test it. For those that could not be tested here, sort these tests by the words in them. This is
# coding too, done by a list of words that you can change.

# %%
from widgets.explorers.claims import EVIDENCE

untested = claims[claims["verdict"] == "cannot be tested here"]
wanted = evidence_wanted(untested["test"], EVIDENCE)
needs = pd.crosstab(wanted.rename("evidence"), untested["claim_kind"].astype("str"))
needs = needs.assign(claims=needs.sum(axis=1)).sort_values("claims", ascending=False)
needs

# %% tags=["hide-input"]
words = pd.Series(EVIDENCE).str.replace("|", ", ").str.replace("\\b", "", regex=False)
shown = words.rename_axis("evidence").reset_index(name="words looked for")
glue(untested=len(untested), first_need=needs.index[0],
     first_n=int(needs["claims"].iloc[0]), second_need=needs.index[1],
     second_n=int(needs["claims"].iloc[1]))
table(shown, "The code book of words; the first kind found is taken", data=["claims"],
      name="evidence_words")

# %% [markdown]
# {glue:text}`untested` claims wait. The two longest queues are for *{glue:text}`first_need`* ({glue:text}`first_n`) and for
# *{glue:text}`second_need`* ({glue:text}`second_n`). The one is a matter of files: [the third chapter](03_recovery.ipynb) names them,
# and its functions take them as they are. The other is a matter of asking people, and of a second coder.
#
# ## Doing it again in another country
#
# Nothing above is French but the tables. Who wants to redo it elsewhere needs eight things.
#
# | what is needed | here | what to look for | mind |
# |---|---|---|---|
# | a town as a shape | INSEE urban units: built-up areas of 2,000 people or more | national built-up areas; Eurostat's degree of urbanisation on a grid | a bound of your own moves every result ([chapter 1](01_towns.ipynb)) |
# | a town as a flow | attraction areas (*aires d'attraction*) | functional urban areas of OECD and Eurostat; labour market or travel-to-work areas | functional urban areas begin at cities of 50,000 |
# | a town as an office | communes | municipalities, local administrative units (LAU) | after mergers a municipality is wider than its town |
# | who works there, over time | census, six occupational groups, by residence, one geography for all dates | census tables by occupation (ISCO major groups 7 to 9 come nearest) | without one geography, changes are those of borders |
# | jobs, where they are | not in our tables; for France INSEE and Urssaf | business register or structural business statistics, section C of NACE, by municipality | secrecy blanks small towns: read blanks as unknown |
# | people and homes | legal populations; census of dwellings | population register, housing census | registers count people where they are registered |
# | land | Mons: cadastral areas by use (Statbel) | land register by use; Corine Land Cover | classes change their meaning: look for steps |
# | words | the introduction, press facts, coded twice | interviews, plans, press | write the code book first, and have two readers |
#
# Begin with the first three rows, before any figure: whether "small town" means a shape, a flow or an office decides whether two
# countries can be compared at all.
#
# ## The explorer
#
# All claims of the ledger. Choose an article, a theme of the argument or a verdict; open the table for the claims themselves, with
# links to the figures and to the ledger's entry.

# %% tags=["hide-input"]
from widgets.explorers.claims import Claims

Claims()

# %% [markdown]
# Choose *relations*, then *governance*: everything is grey, and the tests ask for words. Choose *towns and industry* and sort
# the verdicts: here numbers decide. Then choose an article that you have read, and ask of each grey claim whether you would
# rather bring a table or a tape recorder.
#
# ## The map
#
# Where are the places that the issue speaks of, and what kind of places are they? For each French town that the introduction names,
# and for the case studies, we ask where it stands among the others of its size class, by the index of workers.

# %% tags=["hide-input"]
NAMED = {"26501": "case study, new objects (§15)", "12302": "small and isolated (§7)",
         "21205": "small and isolated (§7)", "49501": "stands for the Choletais (§7)",
         "43203": "stands for eastern Haute-Loire (§7)",
         "57601": "stands for the Moselle valley (§7)",
         "25601": "stands for the region of Montbéliard (§7)"}
counts = load("case_communes_occupations")
home = load("case_communes_2021").set_index("commune").sort_index()
gier = home.index[home.index.str[:2].isin(["42", "69"])]
valley = counts[counts["commune"].isin(gier)].groupby("year")[OCCUPATIONS].sum()
valley = valley.reset_index().assign(place="Gier valley")
small = counts[counts["commune"] == "86104"].assign(place="Genouillé")
cases = specialisation_index(pd.concat([valley, small[["place", "year", *OCCUPATIONS]]]),
                             france, "place")

# %%
people = home.loc[gier, "population_2021"].sum()
as_one = size_class(pd.Series({"Gier valley": people}), [50_000, 100_000, 200_000],
                    TIERS[4:8])
values = pd.concat([index[2011], cases[2011]])
groups = pd.concat([size, as_one.astype("str")])
stand = rank_in_class(values, groups, [*NAMED, "Gier valley"])

# %% tags=["hide-input"]
at_work = small.set_index("year")[OCCUPATIONS].sum(axis=1)
nation = france.set_index("year")
nation = nation["workers"] / nation[OCCUPATIONS].sum(axis=1)
low, high = index_interval(small.set_index("year")["workers"], at_work, nation, 0.25, 1.5)
own_units = units["main_commune"].isin(gier).sum()
glue(genouille=cases.loc["Genouillé", 2011], genouille_low=low[2011],
     genouille_high=high[2011], genouille_work=int(at_work[2011]),
     rural=of_group("workers")[TIERS[0]], own_units=int(own_units) or "none",
     valley_communes=len(gier), ranked=len(stand), lowest_rank=stand["share"].min(),
     above_quarter=int((stand["share"] > 0.75).sum()))

# %% tags=["hide-input"]
point = load("communes").set_index("commune").loc[["42207", "86104"], ["lon", "lat"]]
mons = load("mons_municipalities").set_index("name").loc[["Mons"], ["lon", "lat"]]
point = pd.concat([point.set_axis(["Gier valley", "Genouillé"]), mons])
point["people"] = [people, home.loc["86104", "population_2021"], np.nan]
point["name"] = ["Gier valley (at Saint-Chamond)", "Genouillé", "Mons (Belgium)"]
town = units.loc[list(NAMED), ["lon", "lat", "name"]].assign(
    people=units.loc[list(NAMED), "population_2023"])
places = pd.concat([town, point])
places["index"] = values.reindex(places.index)
places = places.join(stand[["class", "others", "share"]])
places["role"] = pd.Series(NAMED).reindex(places.index).fillna("case study (§9)")
places["class"] = places["class"].fillna("–")
study = places["role"].str.startswith("case")
LEGEND = {"case study": INDUSTRY, "town named in §7": SERVICES, "urban unit": "#C9C4B8"}

# %% tags=["hide-input"]
ground = base_map()
tips = (units["name"] + index[2011].map(", index {:.2f}".format)).fillna(units["name"])
Points(units.sort_values(["population_2023", "name"], ascending=[False, True]),
       "urban units", "#C9C4B8", radius(units["population_2023"], 12),
       tips).add_to(ground)
told = places["name"] + ": " + places["role"] + places["index"].map(
    lambda v: f", index {v:.2f}" if v == v else ", no French figures") + places[
    "share"].map(lambda v: f", above {v:.0%} of its class" if v == v else "")
Points(places[~study], "towns named in §7", SERVICES, 7.0, told[~study]).add_to(ground)
Points(places[study], "case studies", INDUSTRY, 8.5, told[study]).add_to(ground)
title = (f"The places the issue names are no average: {(stand['share'] > 0.75).sum()} of "
         f"{len(stand)} stand above three quarters of their size class")
show_map(ground, title, "Orange circles, the case studies: Genouillé in the west, the "
         "Gier valley and Romans in the south-east, Mons beyond the northern border. "
         "Blue circles, towns named in §7, from Decazeville to the Moselle. Grey: all "
         "urban units.", LEGEND,
         data=["urban_units", "urban_units_occupations", "case_communes_occupations",
               "communes", "mons_municipalities"],
         note="index of workers by residence, 2011; one town stands for a cluster, our "
         "choice")

# %% [markdown]
# *How to read it.* Point at a coloured circle: it says its role, its index and the share of its class that it stands above. The Gier
# valley is ranked as if its {glue:text}`valley_communes` communes were one town.

# %% tags=["hide-input"]
twin = places.sort_values(["share", "name"], ascending=[False, True], na_position="last")
twin = twin[["name", "role", "class", "index", "others", "share"]]
twin.columns = ["place", "role", "size class", "index 2011", "others in the class",
                "above this share of them"]
table(twin, "The places of the issue among their like", name="places",
      data=["urban_units", "urban_units_occupations", "case_communes_occupations"],
      formats={"above this share of them": ".0%"},
      note="a dash: Genouillé lies outside urban units, Mons outside France")

# %% [markdown]
# {glue:text}`above_quarter` of the {glue:text}`ranked` places that can be ranked stand above three quarters of their class; the lowest stands
# above {glue:text}`lowest_rank:.0%` of it. They were named for being industrial, so this is no surprise; but
# it warns against reading them as *the* small and medium-sized town. And the three case studies are hardly towns in INSEE's sense:
# Genouillé lies outside all urban units, Mons outside France, and {glue:text}`own_units` of the {glue:text}`valley_communes`
# communes of the Gier is the centre of a unit of its own. Genouillé's index of {glue:text}`genouille:.2f` rests on
# {glue:text}`genouille_work` people at work, so that it may as well be {glue:text}`genouille_low:.2f` or {glue:text}`genouille_high:.2f`; the
# communes outside urban units together have {glue:text}`rural:.2f`.
#
# ## How far can this be trusted?
#
# - **A reading of a reading.** The matrix codes what an introduction says of articles. Three steps lie between the ground and a cell.
# - **Both readers are ours.** They differ by rule, not by temper: the real spread between readers is likely larger.
# - **Few cells.** Nine cells bear no statistics. Kappa is here to show how it is done and which cells to talk about.
# - **Verdicts are not votes.** A claim that holds on a stand-in is not proved, a grey one is not refuted. Counting them tells
#   where figures reach, nothing about how good an article is.
# - **One axis hides the rest.** Nine tiers are nine averages. Region and neighbours matter as much, as the second chapter shows.
# - **What does not move.** That figures reach the claims about towns and hardly those about relations and governance, whatever way one
#   counts; and that the two readings are never opposed.
#
# ## Exercises
#
# :::{exercise}
# :label: together-read
# *Read.* In the first matrix, which column has no tension at all? Does that mean that there is none in that place?
# :::
#
# :::{solution} together-read
# :class: dropdown
# Genouillé, and Romans where only one cell is known. It means that no passage of the introduction names one. A factory in farmland may well
# meet opposition: the introduction says in general that tensions are to be foreseen (§16). An empty place in a text is no empty place on
# the ground.
# :::
#
# :::{exercise}
# :label: together-hand
# *By hand.* In the toy, suppose the first reader codes the empty mill as a tension. How does the matrix change, and what can now be said of land and
# ties? Then check.
# :::
#
# :::{solution-start} together-hand
# :class: dropdown
# :::

# %%
other_toy = toy.rename(columns={"first": "pull"}).replace("unclear", "tension")
changed = matrix(other_toy, ROWS, PLACES)
print(changed, can_be_said(support(changed)), sep="\n\n")

# %% [markdown]
# Land is now a tension in all three places: the sentence stays surely true, with nothing left unknown.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: together-sure
# *Change the code.* `support` counts both what is known and what may be. Write `sure_assets(words)`, which gives for each theme of a matrix the number
# of case studies in which it is known to be an asset, whatever else it is there too.
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_sure_assets(sure_assets):
    """Counted cell by cell, on the second reading, where *both* is common."""
    def count(*words, unknown=False):
        return pd.Series({theme: sum(word in words or (unknown and word != word)
                                     for word in second.loc[theme, STUDIES])
                          for theme in THEMES})
    wrong = [(count("asset"), "A cell that is both is an asset too: count it."),
             (count("asset", "both", unknown=True), "You counted unknown cells: those "
              "only may be assets."),
             (count("tension", "both"), "These are the tensions."),
             (count("asset", "both").sum(), "That is the sum over all themes: give one "
              "number for each.")]
    return check.compare(sure_assets(second[STUDIES]), count("asset", "both"), wrong,
                         otherwise="`words.isin([…])` is True where a cell holds one of "
                         "several words; sum along each row.")


glue(assets_second=int(support(second[STUDIES], "asset").loc["relations", "least"]))

# %% [markdown]
# :::{solution-start} together-sure
# :class: dropdown
# :::

# %% tags=["exercise"]
def sure_assets(words):
    """In how many case studies each theme is known to be an asset."""
    return words.isin(["asset", "both"]).sum(axis=1)


check_sure_assets(sure_assets)

# %% [markdown]
# In the second reading relations are an asset in {glue:text}`assets_second` of the three for sure; Mons may be a third.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: together-reach
# *Compute.* How far do figures reach? Write `reach(by)`, which gives for each group of claims (by `"article"`, `"thread"` or `"claim_kind"`) the share that
# got a verdict from figures: *holds*, *holds partly* or *does not hold*.
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_reach(reach):
    """Counted by a mean of True and False."""
    verdict, words = claims["verdict"].astype("str"), list(COLOURS)[:3]

    def share(column, given):
        return verdict.isin(given).groupby(claims[column].astype("str")).mean()
    right = share("thread", words)
    wrong = [(share("thread", words[:2]), "A claim that does not hold was tested too."),
             (share("thread", [*words, "sources differ"]), "Where sources differ no "
              "figure of ours decided: leave these out."),
             (right * by_thread["claims"], "These are numbers of claims: divide by all "
              "claims of the group.")]
    return check.compare(reach("thread"), right, wrong, otherwise="`verdict_counts` has "
                         "the two columns you need.") or check.compare(
        reach("claim_kind"), share("claim_kind", words), otherwise="Use `by`.")


kinds = verdict_counts(claims, "claim_kind")
reached = kinds["tested"] / kinds["claims"]
glue(reach_read=reached["qualitative"], reach_compare=reached["comparative"])

# %% [markdown]
# :::{solution-start} together-reach
# :class: dropdown
# :::

# %% tags=["exercise"]
def reach(by):
    """Share of the claims of each group that figures gave a verdict."""
    counted = verdict_counts(claims, by)
    return counted["tested"] / counted["claims"]


check_reach(reach)

# %% [markdown]
# By kind of claim it is {glue:text}`reach_compare:.0%` of the comparisons and {glue:text}`reach_read:.0%` of the readings.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: together-open
# *Open.* Choose one cell that the two readings leave apart. Read the article itself, find the passage that would decide, and write the code and one
# sentence of reason. Then choose one grey claim of the ledger and write the half page that asks for the evidence: which table or which
# people, how many, who codes, and what result would make you give the claim up.
# :::
#
# :::{solution} together-open
# :class: dropdown
# There is no one answer. A good one quotes a passage with its paragraph, keeps *is* and *should* apart, says what would count against its own reading,
# and asks for evidence that could fail: a number with a threshold fixed beforehand, or a code book with two readers.
# :::
#
# ## Summary
#
# {glue:text}`tested` of {glue:text}`claims` claims have a verdict from figures, most of them on towns counted by the hundred; on the three themes of the case
# studies it is {glue:text}`theme_tested` of {glue:text}`theme_claims`. A matrix of our own shows relations as an asset, and tension in
# {glue:text}`tense_first` alone, as long as a *should* is not read as an *is*; a second reading keeps every word within half a step
# and loses that sentence. Along the size of towns workers and managers pull apart, and third places with one or the other according to the grain. Towns of many
# workers lose people {glue:text}`twice:.1f` times as often as others. What is waited for is jobs at the workplace and people's own words.
#
# ## Further reading
#
# The introduction {cite:p}`introduction`; the articles: {cite:t}`glita`, {cite:t}`recovery`, {cite:t}`ferru`, {cite:t}`perinaud`, {cite:t}`gilbart`,
# {cite:t}`baudelle` and {cite:t}`fomperie`. On agreement that forgives near misses: {cite:t}`cohen1968`; on comparing orders: {cite:t}`kendall1938`.
