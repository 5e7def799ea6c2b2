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
# # A valley between two metropolises
#
# **The article.** Périnaud and Morel-Journel, on the Gier valley, title not checked, *EchoGéo* no. 63, 2023
# ([read it](https://journals.openedition.org/echogeo/24706)) {cite:p}`perinaud`.
#
# **Its claim.** Industry here is reconsidered rather than reconquered. The valley becomes residential under two neighbouring
# metropolises, Saint-Étienne and Lyon, and industry is more perceived as a nuisance. Yet people are attached to the place, and
# ties make a fairly self-contained ecosystem. Public action joins production with the fight against residential segregation
# (introduction §10–12).
#
# :::{admonition} On our figures: the hillsides fit the claim, the valley floor does not, and nothing shows which metropolis draws
# :class: verdict
# For each worker, the communes on the hillsides had {glue:text}`hill_first:.2f` times as many managers and intermediate
# occupations as France in 1982, and {glue:text}`hill_last:.2f` times in 2011; the towns on the valley floor went from
# {glue:text}`floor_first:.2f` to {glue:text}`floor_last:.2f`. Dissimilarity of workers and managers over the communes went from
# {glue:text}`d_first:.3f` to {glue:text}`d_last:.3f`. {glue:text}`d_sure` What has surely changed is where the line runs: in
# 2011 it runs between floor and hillsides. Of six figures, only vacant dwellings go with the distance to Lyon.
#
# *What would change it:* commuting figures, without which no ecosystem can be called self-contained; neighbourhoods instead of
# communes; another idea of where the valley floor ends. What the article draws from interviews cannot be redone here.
# :::

# %% tags=["hide-input"]
import altair as alt
import numpy as np
import pandas as pd

from data import OCCUPATIONS, load, outlines
from methods.segregation import basic_interval, dissimilarity, isolation, redraw
from methods.segregation import segregation
from methods.specialisation import share, share_interval
from methods.territory import along_line, beta_convergence, distances_to, outline_area
from methods.territory import residentialisation, sigma_convergence
from methods.towns import agreement
from widgets import CONTEXT, INDUSTRY, SERVICES
from widgets import check, data_used, figure, glue, show_claims, show_map, start, table
from widgets.charts import interval_dots, named_lines, state_bars
from widgets.maps import base_map

start()
communes = load("communes").set_index("commune").sort_index()
counts = load("case_communes_occupations").sort_values(["commune", "year"])
homes = load("case_communes_2021").set_index("commune").sort_index()
france = load("france_occupations").sort_values("year")
shapes = {shape["id"]: shape for shape in outlines("gier")["features"]}

# %% tags=["hide-input"]
show_claims("05_valley")

# %% [markdown]
# The next picture is the verdict: one line for the towns on the valley floor, one for the communes on the hillsides, beside France,
# which is set to 1 at each census. What "floor" means is our choice; we come to it.

# %% tags=["hide-input"]
PARTS = {"valley floor": INDUSTRY, "hillsides": SERVICES}
TABLES = ["case_communes_occupations", "france_occupations", "communes"]
valley = communes.loc[sorted(shapes)]
km2 = pd.Series({code: outline_area(shapes[code]["geometry"]) for code in valley.index})
valley = valley.assign(km2=km2, density=valley["population_2023"] / km2)
floor = valley["density"] >= 500
part = floor.map({True: "valley floor", False: "hillsides"})
counts = counts[counts["commune"].isin(valley.index)]
counts = counts.assign(part=counts["commune"].map(part))
by_part = residentialisation(counts, france, place="part")

# %% tags=["hide-input"]
FRACTION, DESIGN = 0.25, 1.5
nation = france.set_index("year")
nation = (nation["managers"] + nation["intermediate"]) / nation["workers"]


def part_bounds(year):
    """The index of both parts with its bounds, by redrawing the sample."""
    people = counts[counts["year"] == year].groupby("part")[OCCUPATIONS].sum()
    drawn = redraw(people, FRACTION, DESIGN)
    index = (drawn[..., 2] + drawn[..., 3]) / drawn[..., 5] / nation[year]
    at = by_part[year].sort_index()
    return [(name, year, value, *basic_interval(value, column))
            for (name, value), column in zip(at.items(), index.T, strict=True)]


lines = pd.DataFrame([row for year in nation.index for row in part_bounds(year)],
                     columns=["name", "year", "value", "low", "high"]).round(4)

# %% tags=["hide-input"]
lines["label"] = lines["name"] + lines["value"].map(", {:.2f}".format)
spans = alt.Chart(lines).mark_rule(strokeWidth=6, opacity=0.3).encode(
    alt.X("year:Q"), alt.Y("low:Q"), alt.Y2("high:Q"),
    alt.Color("name:N", legend=None))
chart = named_lines(lines, PARTS, "skilled residents for one worker, France = 1",
                    rule=1, height=300, room=0.55)
glue(hill_first=by_part.loc["hillsides", 1982], hill_last=by_part.loc["hillsides", 2011],
     floor_first=by_part.loc["valley floor", 1982],
     floor_last=by_part.loc["valley floor", 2011])
title = "The hillsides have caught up with France; the valley floor has not"
words = "; ".join(f"{name} {row.iloc[0]:.2f} in 1982, {row.iloc[-1]:.2f} in 2011"
                  for name, row in by_part.iterrows())
figure((chart + spans).properties(title=title), data=TABLES,
       note="skilled: managers and intermediate occupations aged 25–54, by residence; "
       "bands: 95 % intervals; dashed: France",
       alt_text=f"Two lines at five censuses, France at 1: {words}.")

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** lay a territory out along a line and say what a classification of places owes to you;
# measure residentialisation, segregation and convergence, and tell them from noise; code statements with a code book, and say
# how far two coders agree and whether you have heard enough; and treat a career as a sequence.
#
# **Time.** {planned-minutes}. **You need** [the second chapter](02_trajectories.ipynb) for the sampling intervals and for
# sequences. No Python is needed to read.

# %% tags=["hide-input"]
data_used("case_communes_occupations", "case_communes_2021", "communes",
          "france_occupations", "case_facts", "published_figures", "gier")

# %% [markdown]
# ## The question
#
# An old industrial valley lies between two metropolises. The introduction says that it undergoes *residentialisation*, and that industry
# is more perceived as a nuisance (§11). We take the word to mean that a place is lived in more and more, and worked in less, by its
# own residents. Industry is still there, active but discreet, hard to fit in (§11): small firms in metal, mechanics and textiles, after
# the dereliction of 1970–1990, and one local job in five (quoted from the article's first paragraphs).
#
# Two kinds of material answer two kinds of questions. *Figures*: who lives where, and are the groups drifting apart? *Words*: how do
# people speak of industry, and what ties them to the place? The article worked with interviews on personal and professional
# trajectories (§10). We have no interview. So this chapter asks the first kind of question of real figures, and teaches the
# second kind on invented examples, marked as such.
#
# ## What differs from the article
#
# - **The interviews.** We don't know how many there were, with whom, or how they were read. Nothing below stands in for them.
# - **The perimeter.** Ours is 25 communes that we call the Gier valley; the article's is not known to us.
# - **What is counted.** Workers, managers and the other groups aged 25–54, *where they live*, at five censuses to 2011. Whether a
#   worker who lives in Rive-de-Gier works there, in Lyon or in a shop, these figures don't say.
# - **"One local job in five"** is the article's own figure. We have no figure of jobs by sector and commune to set beside it.
#
# ## By hand: a toy valley of four communes
#
# Two invented communes on a valley floor, two on the hillsides.

# %%
toy = pd.DataFrame({"part": ["floor", "floor", "hill", "hill"],
                    "managers": [5, 20, 15, 10], "intermediate": [10, 20, 10, 10],
                    "workers": [50, 30, 15, 5]}, index=list("ABCD"))
table(toy.reset_index(names="commune"), "The toy valley, whole", kind="toy")

# %% [markdown]
# **Residentialisation.** For one worker, how many managers and intermediate occupations, called *skilled* for short? In A: 5 and 10,
# over 50, is 0.3. If the country has one skilled resident for one worker, 0.3 is also the index. Work out D before you look.
#
# **Dissimilarity.** Put both groups on the same footing: what share of all workers lives in each commune, and what share of all
# managers? Add up the differences, without their signs, and take half. The result says which part of one group would have to move
# to be spread as the other is.

# %%
spread = toy[["workers", "managers"]] / toy[["workers", "managers"]].sum()
spread["difference"] = spread["workers"] - spread["managers"]
skilled = toy["managers"] + toy["intermediate"]
spread["skilled for one worker"] = skilled / toy["workers"]
print(spread.round(2))
print("dissimilarity", round(dissimilarity(toy["workers"], toy["managers"]), 3))

# %% [markdown]
# The differences are 0.4, −0.1, −0.15 and −0.15; half of 0.8 is 0.4. Do it once by your own hand, with the other column of
# skilled residents.

# %% tags=["hide-input"]
gaps = spread["workers"] - toy["intermediate"] / toy["intermediate"].sum()
check.number(
    "How great is the dissimilarity of workers and intermediate occupations over the "
    "four communes, to two digits?", tolerance=0.011,
    answer=dissimilarity(toy["workers"], toy["intermediate"]),
    hints={gaps.abs().sum(): "That is the whole sum. Who moves leaves one commune and "
           "comes to another, and is counted twice in it: take half.",
           round(gaps.sum(), 6): "With their signs the differences always cancel out.",
           dissimilarity(toy["workers"], toy["managers"]): "That is the managers’."},
    otherwise="Divide both columns by their sums, subtract, add up without the signs, "
    "take half.",
    why="That part of the workers would have to move to live as the others do, or that "
    "part of the others. It is less than for the managers, of whom fewer live in A.")

# %% [markdown]
# Now join the communes of each part and do it again: 0.8 of the
# workers and 0.5 of the managers live on the floor, so the dissimilarity *between the parts* is 0.3. Joining places can only lower
# it. If it hardly falls, the line that divides the groups is the one between the parts.

# %%
joined = toy.groupby("part")[["workers", "managers"]].sum()
print("between the parts", round(dissimilarity(joined["workers"], joined["managers"]), 3))
both = toy["workers"] + toy["managers"]
met = isolation(toy["workers"], both)
print(f"isolation of workers {met:.3f}")
print(f"if spread evenly {toy['workers'].sum() / both.sum():.3f}")

# %% [markdown]
# **Isolation** answers another question: of the people in one's own commune, what share is of one's own group? It depends on how
# large the group is. When workers become few everywhere, their isolation falls, whatever happens to the map.
#
# ## On real figures
#
# ### Where is the valley floor?
#
# No official list says it. We need a rule, and we want one that can be checked. Ours: the floor is where people live densely, 500
# inhabitants or more per square kilometre. The areas are those of our outlines.

# %%
dense = valley.sort_values("density", ascending=False)
dense[["name", "population_2023", "km2", "density"]].head(8).round(1)

# %% [markdown]
# {glue:text}`floor_towns` communes pass, and the next one has {glue:text}`next_density:.0f`: any bound between that and
# {glue:text}`least_density:.0f` gives the same list. These towns hold {glue:text}`floor_people:.0%` of the valley's inhabitants. From
# east to west they also make a line, so we let it be the line of the valley floor, from Givors to Saint-Chamond, and lay all
# communes out along it: how many kilometres down the line does each stand, and how far beside it?

# %%
stations = valley[floor].sort_values("lon", ascending=False)
position = along_line(valley, stations)
near = position["off"].abs() <= 1.5
same = agreement(floor, near)
print(" – ".join(stations["name"]), f"\n{position['along'].max():.1f} km long;",
      f"{near.sum()} town halls within 1.5 km; Jaccard index {same.jaccard:.2f}")

# %% tags=["hide-input"]
glue(floor_towns=int(floor.sum()), next_density=valley.loc[~floor, "density"].max(),
     least_density=valley.loc[floor, "density"].min(),
     floor_people=valley.loc[floor, "population_2023"].sum()
     / valley["population_2023"].sum(), near_towns=int(near.sum()),
     near_jaccard=same.jaccard, three_towns=valley["population_2023"].nlargest(3).sum()
     / valley["population_2023"].sum())
plan = valley.assign(part=part, **position).round(3).reset_index()
plan["label"] = plan["name"].where(floor.to_numpy(), "")
base = alt.Chart(plan).encode(
    alt.X("along:Q", title="km along the line, from Givors", scale=alt.Scale(nice=False)),
    alt.Y("off:Q", title="km beside the line (0: on it)"),
    tooltip=["name", "part", "along", "off", "population_2023"])
circles = base.mark_circle(opacity=0.85).encode(
    alt.Size("population_2023:Q", legend=None, scale=alt.Scale(range=[30, 900])),
    alt.Color("part:N", scale=alt.Scale(domain=list(PARTS), range=list(PARTS.values())),
              legend=alt.Legend(orient="bottom")))

# %% tags=["hide-input"]
axis = alt.Chart(pd.DataFrame({"off": [0]})).mark_rule(color=CONTEXT).encode(y="off:Q")
names = base.encode(text="label:N")
UP, DOWN = ["Givors", "Lorette", "L'Horme"], ["Rive-de-Gier", "Saint-Chamond"]
upper = names.transform_filter(alt.FieldOneOfPredicate("name", UP)).mark_text(
    dy=-16, dx=6, fontSize=11)
lower = names.transform_filter(alt.FieldOneOfPredicate("name", DOWN)).mark_text(
    dy=24, dx=10, fontSize=11, align="right")
title = "The valley unrolled: six towns in a row, villages on both sides"
figure((axis + circles + upper + lower).properties(title=title, height=320),
       kind="our coding", data=["communes", "gier"],
       note="circles: inhabitants in 2023, at town halls; between Lorette and L’Horme: "
       "La Grand-Croix; floor and hillsides: our rule",
       alt_text="Communes by their distance along the line of the valley floor and "
       f"beside it. {', '.join(stations['name'])} stand on the line; the other communes "
       "stand up to eight kilometres away on both sides of it.")

# %% [markdown]
# Another rule is as defensible: the floor is what lies within 1.5 km of that line. It takes in {glue:text}`near_towns` communes,
# six of them small, and the two lists agree by a Jaccard index of {glue:text}`near_jaccard:.2f` only. We go on with density and
# keep the second rule in the explorer and in the exercises. Whenever we say *floor* and *hillsides*, it is **our classification**.
#
# ### Who lives where, down the line
#
# The share of workers among residents at work, commune by commune, with the sampling intervals of the second chapter (one form in
# four, a design effect of 1.5).

# %%
now = counts[counts["year"] == 2011].set_index("commune").sort_index()
at_work = now[OCCUPATIONS].sum(axis=1)
low, high = share_interval(now["workers"], at_work, FRACTION, DESIGN)
profile = plan.set_index("commune")[["name", "part", "along"]].assign(
    value=share(now["workers"], at_work), low=low, high=high).round(4)
profile.groupby("part")["value"].agg(["min", "median", "max"]).round(3)

# %% tags=["hide-input"]
whole = france[france["year"] == 2011].iloc[0]
rule = round(whole["workers"] / whole[OCCUPATIONS].sum(), 4)
floor_low = profile.loc[floor, "value"].min()
above = int((profile.loc[~floor, "value"] > floor_low).sum())
glue(floor_low=floor_low, hills_above=above, hills=int((~floor).sum()),
     france_workers=rule)
base = alt.Chart(profile.reset_index()).encode(
    alt.X("along:Q", title="km along the line, from Givors to Saint-Chamond"),
    alt.Color("part:N", scale=alt.Scale(domain=list(PARTS), range=list(PARTS.values())),
              legend=alt.Legend(orient="bottom")),
    tooltip=["name", "part", alt.Tooltip("value:Q", format=".1%")])
bars = base.mark_rule(opacity=0.55).encode(
    alt.Y("low:Q", title="workers among residents at work, 2011",
          axis=alt.Axis(format="%")), alt.Y2("high:Q"))
dots = base.mark_point(filled=True, size=70, opacity=1).encode(
    alt.Y("value:Q"), alt.Shape("part:N", scale=alt.Scale(domain=list(PARTS)),
                                legend=alt.Legend(orient="bottom")))

# %% tags=["hide-input"]
line = alt.Chart(pd.DataFrame({"at": [rule]})).mark_rule(
    strokeDash=[4, 4], color=CONTEXT).encode(y="at:Q")
title = "Down the whole line the towns have more workers than most villages"
figure((line + bars + dots).properties(title=title, height=300), data=TABLES,
       note="dashed: France; lines: 95 % intervals",
       alt_text="Share of workers in 2011 against the distance along the line: the six "
       f"towns of the floor between {floor_low:.0%} and "
       f"{profile.loc[floor, 'value'].max():.0%}, most villages near or under "
       f"{rule:.0%}, the share in France; no slope from one end to the other.")

# %% [markdown]
# Only {glue:text}`hills_above` of the {glue:text}`hills` communes on the hillsides have a share above that of the town with the
# fewest workers on the floor, {glue:text}`floor_low:.1%` (France: {glue:text}`france_workers:.1%`). What matters is up or down, not
# near or far. The intervals of the villages are wide: read them together, not one by one.
#
# ### Residentialisation
#
# Has that always been so? The index is the toy's: skilled residents for one worker, over the same ratio in France. France
# becomes more skilled too, so an index that rises says that a place does so *faster*.

# %%
index = residentialisation(counts, france)
by_other_rule = residentialisation(
    counts.assign(part=counts["commune"].map(near).map({True: "near", False: "far"})),
    france, place="part")
pd.concat([by_part, by_other_rule]).round(2)

# %% tags=["hide-input"]
residents = counts.groupby(["part", "year"])[OCCUPATIONS].sum().sum(axis=1)
grown = {name: residents[name, 2011] / residents[name, 1982] - 1 for name in PARTS}
glue(far_last=by_other_rule.loc["far", 2011], near_last=by_other_rule.loc["near", 2011],
     hills_grown=grown["hillsides"], floor_grown=grown["valley floor"])

# %% tags=["hide-input"]
began, came = by_part.loc["hillsides", [1982, 2011]]
FASTER = "It has become more skilled faster than France, and is now above it"
SLOWER = "It has become more skilled, but less than France"
check.choice(
    f"On the hillsides the index went from {began:.2f} to {came:.2f}. What does that say "
    "of this part of the valley?", answer=FASTER if came > 1 and came > began else SLOWER,
    options={
        FASTER: "What is the index of France itself, at every census?",
        SLOWER: "Then the index would fall. France itself is at 1 at every census.",
        f"In 2011 {came:.2f} skilled residents live there for one worker": "The index is "
        "that number divided by the same number in France, which is not 1.",
        "Its industry has given way to offices": "The index counts people where they "
        "live. Where they work, and at what, it does not know."},
    why="Below 1 it was behind France, above 1 it is ahead. In France too there are more "
    "skilled residents for one worker than before: the index shows what goes beyond.")

# %% [markdown]
# In 1982 both parts were below France, and nearer to each other than they are now. Since then the hillsides have come up to it, and the floor has gained nothing. With the
# rule of distance the picture is the same ({glue:text}`far_last:.2f` away from the line, {glue:text}`near_last:.2f` near it). The hillsides also
# grew: residents aged 25–54 at work changed by {glue:text}`hills_grown:+.0%` there between 1982 and 2011, and by
# {glue:text}`floor_grown:+.0%` on the floor. This fits the word residentialisation, for one half of the valley. It does not prove that the newcomers
# work elsewhere: the index knows where people live, not where they work.
#
# ### Two metropolises?
#
# The introduction puts the change down to the pressure of two metropolises (§11). If so, it might be stronger near one of them. Rank
# the hillside communes by their distance to each city, as the crow flies, and see which figure goes along. A rank correlation is 1 or
# −1 when the order is the same or reversed; with so few communes chance alone often gives ±0.3.

# %%
from scipy.stats import spearmanr

poles = communes.loc[["69123", "42218"]].set_index("name")[["lon", "lat"]]
km = distances_to(valley, poles)[~floor]
signs = pd.DataFrame({
    "index 1982": index[1982], "index 2011": index[2011],
    "change of the index": index[2011] - index[1982],
    "aged 65 and over, 2021": homes["aged_65_plus_pct"],
    "vacant dwellings, 2021": homes["vacant_dwellings_pct"],
    "population, 2019–2023": valley["population_2023"] / valley["population_2019"] - 1,
}).loc[km.index]

# %% tags=["hide-input"]
found = {(name, city): spearmanr(values, km[city]) for name, values in signs.items()
         for city in km}
ranked = pd.DataFrame([[name, *(part for city in km for part in (
    found[name, city].statistic, found[name, city].pvalue))] for name in signs],
    columns=["figure", "to Lyon", "p ", "to Saint-Étienne", "p  "])
clear = [name for name in signs if min(found[name, c].pvalue for c in km) < 0.05 / 12]
glue(vacant_lyon=found["vacant dwellings, 2021", "Lyon"].statistic,
     vacant_p=found["vacant dwellings, 2021", "Lyon"].pvalue,
     change_lyon=found["change of the index", "Lyon"].statistic,
     clear_signs=", ".join(clear) or "none")
table(ranked.round(3), "One figure of six goes with the distance to Lyon", name="poles",
      data=[*TABLES, "case_communes_2021"], formats={"p ": ".3f", "p  ": ".3f"},
      note="rank correlations over the communes of the hillsides; p: chance of as much "
      "without any link")

# %% tags=["hide-input"]
tests, each = len(found), 0.05
empty = found["vacant dwellings, 2021", "Saint-Étienne"]
LUCK, REAL = f"Among {tests} tests one such p is likely by chance", "There is no reason"
check.choice(
    "Vacant dwellings also go with the distance to Saint-Étienne, with a p under "
    f"{each}. Why does the title of the table not count it?",
    answer=LUCK if each / tests < empty.pvalue < each else REAL,
    options={
        LUCK: "How many figures are compared with how many cities?",
        REAL: f"The usual bound of {each} is made for one test. Count the tests here.",
        "Its correlation is negative": "The sign says which way it goes: the nearer to "
        "Saint-Étienne, the more. It may be as strong as one above zero.",
        "There are too few communes for a correlation": "The other p has the same "
        "communes and passes: p takes their number into account."},
    why=f"With no link at all, {tests} tests give {tests * each:.1f} p under {each} on "
    "average. Besides, on a line between two cities to be far from one is to be near the "
    "other: the two columns are not two findings.")

# %% [markdown]
# The change of the index does not go with the distance to Lyon at all ({glue:text}`change_lyon:+.2f`). One figure does: the farther from
# Lyon, the more dwellings stand empty ({glue:text}`vacant_lyon:+.2f`, *p* = {glue:text}`vacant_p:.3f`). Twelve tests were made, so we ask more than
# usual of each; what passes a twelfth of the usual 0.05 is: {glue:text}`clear_signs`. So the hillsides changed all along the valley. That contradicts no
# one: both ends have a metropolis. But these figures don't show that either of them is the cause.
#
# ### Segregation at five censuses
#
# Now all 25 communes, and workers against managers. The figures come from a sample, and noise sets places apart that are alike: a
# village where two households of managers happened to be drawn looks exclusive. We redraw the sample a thousand times, commune by commune, to see how far
# that goes.

# %%
measured = segregation(counts, FRACTION, DESIGN)
measured.table.loc["dissimilarity"].round(3)

# %% [markdown]
# `even` is what a sample would show if both groups were spread alike: not 0, but {glue:text}`even_last:.2f`. The intervals take this
# upward error off, so a value stands in the upper part of its own interval. Then the same with two places only, floor and hillsides:

# %%
parts = counts.groupby(["part", "year"])[OCCUPATIONS].sum().reset_index()
between = segregation(parts, FRACTION, DESIGN, place="part")

# %% tags=["hide-input"]
path = between.table["value"]["dissimilarity"]
all_25 = measured.table["value"]["dissimilarity"]
check.guess(
    "Dissimilarity of workers and managers between floor and hillsides, two places only: "
    f"{path[1982]:.2f} in 1982, next to nothing. Draw the other four censuses. Over the "
    f"25 communes it went from {all_25[1982]:.2f} to {all_25[2011]:.2f}, and joining "
    "places can only lower it.", line=path.rename(str), given=1, axis=(0, 0.32),
    form=".2f", name="two-parts", covers=2, data=TABLES,
    say=f"In 2011 it is {path[2011]:.3f}, hardly less than the {all_25[2011]:.3f} over "
    "the communes: the line that divides the groups has become that between the parts.",
    note="workers and managers aged 25–54, by residence")

# %%
between.table.loc["dissimilarity"].round(3)

# %% tags=["hide-input"]
def change(found, first, last=2011, measure="dissimilarity"):
    """By how much a measure changed, with its bounds."""
    value = found.table["value"][measure]
    drawn = found.drawn[measure]
    gap = value[last] - value[first]
    return gap, *basic_interval(gap, drawn[last] - drawn[first])


rise, since_90, parts_rise = (change(measured, 1982), change(measured, 1990),
                              change(between, 1982))
value, across = (f.table["value"]["dissimilarity"] for f in (measured, between))
sure = ("Noise alone could make such a rise; since 1990 it could not."
        if rise[1] <= 0 < since_90[1] else "The rise is clear of noise."
        if rise[1] > 0 else "Noise alone could make such a rise.")
glue(d_first=value[1982], d_last=value[2011], d_90=value[1990], d_sure=sure,
     even_last=measured.table.loc[("dissimilarity", 2011), "even"],
     rise_low=rise[1], rise_high=rise[2], rise_90=since_90[0], rise_90_low=since_90[1],
     rise_90_high=since_90[2], parts_first=across[1982], parts_last=across[2011],
     parts_low=parts_rise[1], parts_high=parts_rise[2])

# %% tags=["hide-input"]
KINDS = {"25 communes": CONTEXT, "floor against hillsides": INDUSTRY}
dots = pd.concat({name: f.table.loc["dissimilarity"] for name, f in
                  zip(KINDS, (measured, between), strict=True)},
                 names=["kind", "group"]).reset_index().round(4)
dots["group"] = dots["group"].astype(str)
chart = interval_dots(dots, "dissimilarity of workers and managers", KINDS, height=290)
title = "In 2011 nearly all the dissimilarity lies between floor and hillsides"
figure(chart.properties(title=title), data=TABLES[::2],
       note="lines: 95 % intervals from redrawn samples",
       alt_text="Dissimilarity at five censuses, over 25 communes and over two parts: "
       + "; ".join(f"{year}, {value[year]:.3f} and {across[year]:.3f}"
                   for year in value.index))

# %% tags=["hide-input"]
spans_of = between.table.loc["dissimilarity"]
apart = spans_of.index[spans_of["low"] > spans_of.loc[1982, "high"]]
years = [str(year) for year in spans_of.index]
before = years[:years.index(str(apart[0]))]
later = {str(year): f"By {year} it is clear, and was so at a census before."
         for year in apart[1:]}
check.pick(
    "Orange: floor against hillsides. Pick the first census at which its whole interval "
    "lies above that of 1982.", options=years, answer=apart[0], field="group",
    hints={before[-1]: "Its dot is further right, but the two intervals overlap: as "
           "little as in 1982 is still possible.", **later},
    otherwise="That is the census with which the others are compared.",
    why="From then on no mishap of sampling explains the distance. Over the 25 communes, "
    "in grey, no interval lies above that of 1982: what is clear is where the line "
    "runs, not how much there is to divide.")

# %% [markdown]
# Over the communes, dissimilarity rose from {glue:text}`d_first:.3f` to {glue:text}`d_last:.3f`, by an amount between
# {glue:text}`rise_low:+.3f` and {glue:text}`rise_high:+.3f`: zero is inside, if barely. From its low of 1990 ({glue:text}`d_90:.3f`) the rise
# is {glue:text}`rise_90:.3f`, between {glue:text}`rise_90_low:+.3f` and {glue:text}`rise_90_high:+.3f`: clear. And between the two parts it
# rose from {glue:text}`parts_first:.3f` to {glue:text}`parts_last:.3f`, an increase between {glue:text}`parts_low:.2f` and
# {glue:text}`parts_high:.2f`. In 1982 workers and managers lived in different communes, but were shared out nearly alike between floor and hillsides. In 2011 the
# two parts alone account for nearly all of the dissimilarity. **A mosaic has become a slope.** A policy against residential segregation
# has, in these figures, an address.

# %% tags=["hide-input"]
rows = []
for group in ("workers", "managers"):
    mean = measured.table["value"][f"isolation of {group}"]
    all_ = counts.groupby("year")[OCCUPATIONS].sum()
    mass = all_[group] / all_.sum(axis=1)
    rows += [[f"{group}, {year}", mean[year], mass[year], mean[year] - mass[year]]
             for year in mean.index]
alone = pd.DataFrame(rows, columns=["group, census", "isolation", "share of the group",
                                    "beyond it"])
first, last = alone["beyond it"].iloc[0], alone["beyond it"].iloc[4]
glue(alone_first=alone["isolation"].iloc[0], alone_last=alone["isolation"].iloc[4],
     beyond_first=first, beyond_last=last)
table(alone, "Workers meet fewer workers because there are fewer", data=TABLES[:1],
      formats=dict.fromkeys(alone.columns[1:], ".1%"), name="isolation",
      note="share of one’s own group in one’s commune, 25 communes, aged 25–54 at work")

# %% [markdown]
# Isolation tells another story, and both are true. A worker of 1982 lived where {glue:text}`alone_first:.1%` of the residents at work were
# workers; in 2011, {glue:text}`alone_last:.1%`. That is the fall of the group itself: beyond its share in the valley there are
# {glue:text}`beyond_first:.1%` and {glue:text}`beyond_last:.1%`. Whoever speaks of segregation should say which of the two questions is meant.
#
# ### Do the communes become alike?
#
# *Sigma* convergence looks at the spread of the share of workers over the communes at each census; *beta* convergence asks whether
# communes that began with many workers lost more.

# %%
shares = share(counts.pivot_table("workers", "commune", "year"),
               counts.assign(all=counts[OCCUPATIONS].sum(axis=1)).pivot_table(
                   "all", "commune", "year"))
sigma = sigma_convergence(shares)
beta = beta_convergence(shares[1982], shares[2011])
print(sigma.round(3))
print(f"beta {beta.slope:.2f}, from {beta.low:.2f} to {beta.high:.2f}")

# %% [markdown]
# In points the spread fell a little, from {glue:text}`sigma_first:.3f` to {glue:text}`sigma_last:.3f`; relative to the mean, which fell faster, it rose from
# {glue:text}`relative_first:.2f` to {glue:text}`relative_last:.2f`. Convergence or divergence is here a matter of what one divides
# by. Beta looks clear: {glue:text}`beta:.2f`, far from zero. But suppose that no commune ever moved against the others, and that only the
# sample changed. A village drawn too high in 1982 then "falls" because it is drawn again {cite:p}`friedman1992`.

# %%
deviation = (shares[[1982, 2011]] - shares[[1982, 2011]].mean()).mean(axis=1)
drawn = {}
for year in (1982, 2011):
    size = counts[counts["year"] == year].set_index("commune")[OCCUPATIONS].sum(axis=1)
    still = (shares[year].mean() + deviation) * size
    people = pd.DataFrame({"workers": still, "others": size - still})
    sample = redraw(people, FRACTION, DESIGN, seed=year)
    drawn[year] = sample[..., 0] / sample.sum(axis=2)
by_noise = [beta_convergence(pd.Series(a), pd.Series(b)).slope
            for a, b in zip(drawn[1982], drawn[2011], strict=True)]
print("by noise alone:", np.quantile(by_noise, [0.025, 0.5, 0.975]).round(2))

# %% tags=["hide-input"]
noise_low, noise_mid, noise_high = np.quantile(by_noise, [0.025, 0.5, 0.975])
glue(sigma_first=sigma.loc[1982, "spread"], sigma_last=sigma.loc[2011, "spread"],
     relative_first=sigma.loc[1982, "relative"],
     relative_last=sigma.loc[2011, "relative"], beta=beta.slope,
     noise_mid=noise_mid, noise_low=noise_low, noise_high=noise_high)
began = pd.DataFrame({"name": valley["name"], "part": part, "first": shares[1982],
                      "change": shares[2011] - shares[1982],
                      "people": at_work}).round(4).reset_index()

# %% tags=["hide-input"]
reach = pd.Series([shares[1982].min(), shares[1982].max()])
centre = began[["first", "change"]].mean()
from_it = reach - centre["first"]
slopes = {"communes": beta.slope, "noise alone": noise_mid}
ends = pd.concat([pd.DataFrame({
    "line": name, "first": reach, "change": centre["change"] + slope * from_it})
    for name, slope in slopes.items()])
less = shares[2011] - shares[1982] > beta.level + beta.slope * shares[1982]
glue(fell_less=int(less[floor].sum()))
axes = alt.X("first:Q", title="share of workers in 1982", axis=alt.Axis(format="%"),
             scale=alt.Scale(zero=False)), alt.Y("change:Q", title="change to 2011",
                                                 axis=alt.Axis(format="+%"))

# %% tags=["hide-input"]
dots = alt.Chart(began).mark_circle(opacity=0.8).encode(
    *axes, alt.Size("people:Q", legend=None, scale=alt.Scale(range=[25, 500])),
    alt.Color("part:N", scale=alt.Scale(domain=list(PARTS), range=list(PARTS.values())),
              legend=alt.Legend(orient="bottom")),
    tooltip=["name", "part", "first", "change"])
fitted = alt.Chart(ends.round(4)).mark_line(color="#22272B").encode(
    *axes, alt.StrokeDash("line:N", legend=alt.Legend(symbolType="stroke",
                                                      orient="top")))
title = "High shares fell most, hardly more than noise alone would make them"
figure((fitted + dots).properties(title=title, height=300), data=TABLES[:1],
       note="circles: people at work; dashed: mean line if no commune had moved",
       alt_text="Change of the share of workers from 1982 to 2011 against the share in "
       f"1982: a falling line of slope {beta.slope:.2f}, and beside it the line of slope "
       f"{noise_mid:.2f} that noise alone gives; {less[floor].sum()} of the six towns "
       "lie above the first line.")

# %% [markdown]
# Noise alone gives {glue:text}`noise_mid:.2f`, and anything between {glue:text}`noise_low:.2f` and {glue:text}`noise_high:.2f`; the communes'
# {glue:text}`beta:.2f` lies within. These figures don't show that communes converge. Look at the large circles instead: the towns, whose
# figures are the least noisy, began high, and {glue:text}`fell_less` of the six fell *less* than the line says.
#
# ### Beside them: people, age, empty homes

# %%
sums = homes.loc[valley.index].groupby(part).sum(numeric_only=True)
people = valley.groupby(part)[["population_2019", "population_2023"]].sum()
beside = pd.DataFrame({
    "inhabitants 2023": people["population_2023"],
    "change since 2019": people["population_2023"] / people["population_2019"] - 1,
    "aged 65 and over, 2021": sums["aged_65_plus"] / sums["population_2021"],
    "dwellings that are vacant": sums["vacant_dwellings"] / sums["dwellings"],
    "dwellings that are flats": sums["flats"] / sums["dwellings"]}).loc[list(PARTS)]

# %% tags=["hide-input"]
below, up = beside.iloc[0], beside.iloc[1]
glue(floor_vacant=below.iloc[3], hill_vacant=up.iloc[3], floor_flats=below.iloc[4],
     hill_flats=up.iloc[4], floor_recent=below.iloc[1], hill_recent=up.iloc[1],
     floor_old=below.iloc[2], hill_old=up.iloc[2])
table(beside.reset_index(names="part"), "Empty homes are more common on the floor, and "
      "growth since 2019 is faster", name="beside",
      data=["communes", "case_communes_2021"],
      formats=dict.fromkeys(beside.columns[1:], ".1%"),
      note="floor and hillsides: our rule")

# %% [markdown]
# Of the dwellings on the floor {glue:text}`floor_vacant:.1%` are vacant, on the hillsides {glue:text}`hill_vacant:.1%`; {glue:text}`floor_flats:.0%` and
# {glue:text}`hill_flats:.0%` are flats. Between 2019 and 2023 the floor gained inhabitants ({glue:text}`floor_recent:+.1%`), the hillsides
# less ({glue:text}`hill_recent:+.1%`): the growth of residents at work between 1982 and 2011, which went uphill, need not go on. People of 65 and over are
# {glue:text}`floor_old:.1%` below and {glue:text}`hill_old:.1%` above. What this means for who lives there we cannot see: occupations stop in 2011.
#
# ## Words as data: coding statements
#
# The other half of the article rests on interviews. Reading interviews has its own rules: a **code book** says which themes
# there are and when a theme applies; a **coder** applies it statement by statement; a second coder does so apart; and one asks whether they agree,
# and whether further interviews would still bring new themes. Here are twelve statements. **We invented them**, about no real place,
# to practise on. The themes are those that the introduction lets one expect.

# %%
BOOK = {"nuisance": "noise, lorries, smell",
        "heritage": "buildings or skills of the past",
        "attachment": "wanting to stay", "family": "relatives in the story",
        "training": "how a trade is learned", "neighbours": "those next door",
        "mixed use": "homes and production side by side"}
FIRST = {
    "s1": ["nuisance"], "s2": ["heritage", "family", "attachment"], "s3": ["attachment"],
    "s4": ["heritage", "nuisance", "neighbours"], "s5": ["mixed use", "neighbours"],
    "s6": ["family", "training"], "s7": ["neighbours"], "s8": ["heritage", "mixed use"],
    "s9": ["nuisance", "neighbours"], "s10": ["family"], "s11": ["attachment"], "s12": []}

# %% tags=["hide-input"]
SAID = {
    "s1": "The lorries start at five. We keep the windows shut.",
    "s2": "My grandfather’s name is on the gate. I would not work behind another.",
    "s3": "We could move the workshop to the plain. We never will.",
    "s4": "The new people like the old brick hall, not the press in it.",
    "s5": "Flats above, machines below: it works if you talk.",
    "s6": "I learned the trade from my uncle, like everybody here.",
    "s7": "Three firms in this street lend each other machines.",
    "s8": "They made a cinema of the old mill, with a locksmith next to it.",
    "s9": "Those who complain bought a house beside a forge.",
    "s10": "My daughter will take over.", "s11": "This valley feeds me; I owe it a lot.",
    "s12": "Nobody sees us from the road, and that suits everybody."}
SECOND = {**FIRST, "s2": ["heritage", "family"], "s4": ["heritage", "nuisance"],
          "s5": ["mixed use"], "s6": ["family"], "s9": ["nuisance"],
          "s10": ["family", "attachment"], "s12": ["neighbours"]}
shown = pd.DataFrame({"statement": SAID, "first coder": FIRST, "second coder": SECOND})
for coder in shown.columns[1:]:
    shown[coder] = shown[coder].map(lambda codes: ", ".join(codes) or "–")
table(shown.reset_index(names="no."), "Twelve invented statements, and how two coders "
      "coded them", kind="toy", name="statements")

# %% [markdown]
# ### Which themes come together?

# %%
from methods.coding import agreement_by_code, heard_in_order, incidence, pairs_of_codes
from methods.coding import saturation

ours, theirs = incidence(FIRST, list(BOOK)), incidence(SECOND, list(BOOK))
pairs = pairs_of_codes(ours)
pairs.head(5).round(2)

# %% [markdown]
# *Nuisance* and *neighbours* stand together in two statements, where unrelated codes would meet once. With twelve statements that
# proves nothing. The table is a way to find passages to read again, not a test.
#
# ### Have we heard enough?
#
# Count the different themes heard after one statement, after two, and so on. The curve depends on the order of the
# interviews, so average it over all orders. No computer needs to shuffle: a theme carried by *k* of 12 statements is missed by *n* of
# them with a chance that can be counted exactly.

# %%
curve = saturation(ours)
curve.loc[[1, 3, 6, 9, 12]].round(2)

# %% tags=["hide-input"]
curves = curve.round(4).reset_index()
curves["low"] = (curves["expected"] - curves["spread"]).round(4)
curves["high"] = (curves["expected"] + curves["spread"]).round(4)
curves["in this order"] = heard_in_order(ours).to_numpy()
base = alt.Chart(curves).encode(alt.X("statements:Q", axis=alt.Axis(tickCount=6),
                                      title="statements heard"))
band = base.mark_area(opacity=0.25, color=SERVICES).encode(
    alt.Y("low:Q", title="different themes"), alt.Y2("high:Q"))
mean = base.mark_line(color=SERVICES).encode(alt.Y("expected:Q"))
steps = base.mark_line(color=INDUSTRY, interpolate="step-after", strokeDash=[5, 3])
steps = steps.encode(alt.Y("in this order:Q"))
ends = alt.Chart(pd.DataFrame({"x": [12, 7], "y": [3, 7.5], "words": [
    "blue: mean of all orders, ± one spread", "dashed: in the order of the table"]}))
ends = ends.mark_text(align="right").encode(alt.X("x:Q"), alt.Y("y:Q"),
                                            alt.Text("words:N"))

# %% tags=["hide-input"]
once = [code for code in ours if ours[code].sum() == 1]
glue(new_last=curve["new"].iloc[-1], after_six=curve.loc[6, "expected"],
     once=", ".join(once))
title = f"Six of twelve statements hold {curve.loc[6, 'expected']:.1f} of seven themes"
figure((band + mean + steps + ends).properties(title=title, height=260), kind="toy",
       alt_text="Number of different themes against the number of statements: the mean "
       f"over all orders rises fast, to {curve.loc[6, 'expected']:.1f} of seven after "
       "six statements, and then slowly; the curve in the order of the table reaches "
       f"seven at statement {int((heard_in_order(ours) == 7).idxmax())}.")

# %% [markdown]
# After six statements one has heard {glue:text}`after_six:.1f` of the seven themes on average. The last statement still brings
# {glue:text}`new_last:.2f` of a theme: that is the number of themes heard only once ({glue:text}`once`) over the number of statements. While some
# theme has been heard only once, a further one may be waiting. And a closed code book can never tell of a theme that is not in it.
#
# ### Do two coders agree?
#
# Each theme on each statement is a decision, yes or no. Equal decisions are easy to reach when "no" is nearly always right, so
# **Cohen's kappa** and **Krippendorff's alpha** take off what habit alone would give: 1 is full agreement, 0 no more than chance.

# %%
agreed = agreement_by_code(ours, theirs)
agreed.round(2)

# %% tags=["hide-input"]
glue(percent=agreed.loc["all codes", "agreement"], kappa=agreed.loc["all codes", "kappa"],
     alpha=agreed.loc["all codes", "alpha"],
     kappa_next=agreed.loc["neighbours", "kappa"],
     agree_training=agreed.loc["training", "agreement"],
     kappa_training=agreed.loc["training", "kappa"])

# %% tags=["hide-input"]
rare = agreed.loc["training"]
UNUSED = "One of the two never gave it: equal decisions cost nothing"
check.choice(
    f"About “training” the coders decide alike {rare['agreement']:.0%} of the time, and "
    f"kappa is {rare['kappa']:.0f}. Why?",
    answer=UNUSED if rare["both"] == 0 and 0 in (rare["only_one"], rare["only_other"])
    else "They understand it differently",
    options={
        UNUSED: "Look at the first three columns of its row.",
        "They understand it differently": "They may, but one statement cannot show it. "
        "How often did each of them give the code?",
        "A kappa of 0 says that they always disagree": "0 says: no better than chance. "
        "Full agreement is 1, and who disagrees on purpose falls below 0.",
        "Twelve statements are too few for a kappa": "The other rows have twelve too. "
        "What is different in this row?"},
    why="Who always says “no” agrees with anybody who nearly always does. Kappa takes "
    "that away, and nothing is left.")

# %% [markdown]
# Of 84 decisions {glue:text}`percent:.0%` are equal; kappa is {glue:text}`kappa:.2f`, alpha {glue:text}`alpha:.2f`. *Training* shows why percentages
# flatter: {glue:text}`agree_training:.0%` equal decisions and a kappa of {glue:text}`kappa_training:.1f`, since the second coder never used the
# code. For the rest the trouble is *neighbours* ({glue:text}`kappa_next:.2f`): is a resident next door a neighbour, or only a firm? The
# code book says "those next door" and leaves it open. A low kappa is a message to the code book before it is one about the coders.
#
# **Recode a row.** Give or take one code in the first coding, and see what moves.

# %%
def recode(statement="s12", code="neighbours"):
    """Flip one decision of the first coder, and say what changes."""
    mine = ours.copy()
    mine.loc[statement, code] = not mine.loc[statement, code]
    before, after = (agreement_by_code(coding, theirs) for coding in (ours, mine))
    print("given" if mine.loc[statement, code] else "taken away:", code, statement)
    for name in (code, "all codes"):
        print(f"kappa, {name}: {before.loc[name, 'kappa']:.2f} to "
              f"{after.loc[name, 'kappa']:.2f}")
    heard = [saturation(coding).loc[6, "expected"] for coding in (ours, mine)]
    print(f"themes after six statements: {heard[0]:.2f} to {heard[1]:.2f}")


recode()

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact

interact(recode, statement=list(FIRST), code=list(BOOK));

# %% [markdown]
# ## Careers as sequences
#
# The interviews were about trajectories (§10). A career is a sequence, and [the second chapter](02_trajectories.ipynb) has all the tools for it.
# Ten invented careers at five ages:

# %%
STATES_OF_WORK = ["training", "plant", "workshop", "own firm", "away"]
CAREERS = {"c1": "TPPWW", "c2": "TPWWO", "c3": "TWWOO", "c4": "TWOOO", "c5": "PPPPP",
           "c6": "TPPPP", "c7": "TPPPW", "c8": "TAAWW", "c9": "TAAAA", "c10": "TAAWO"}
spelled = dict(zip("TPWOA", STATES_OF_WORK, strict=True))
careers = pd.DataFrame({name: [spelled[letter] for letter in word]
                        for name, word in CAREERS.items()}, index=[18, 25, 35, 45, 55]).T
careers = careers.apply(lambda ages: pd.Categorical(ages, STATES_OF_WORK, ordered=True))

# %%
from methods.costs import constant_costs
from methods.matching import expand, optimal_matching
from methods.medoids import k_medoids

match = optimal_matching(careers, constant_costs(STATES_OF_WORK))
groups = k_medoids(match.distances, match.weights, 3)
kind = expand(groups.labels, match.index)
typical = match.sequences.iloc[groups.medoids].astype(str).agg(" → ".join, axis=1)
print(*typical, sep="\n")

# %% tags=["hide-input"]
from methods.sequences import chronogram

first = {label: careers.index[kind == label][0] for label in sorted(kind.unique())}
named = kind.map({label: f"like {name}" for label, name in first.items()})
SHADES = dict(zip(STATES_OF_WORK, ["#CC79A7", INDUSTRY, "#E69F00", "#009E73", CONTEXT],
                  strict=True))
chart = state_bars(chronogram(careers, by=named), SHADES, sorted(named.unique()))
title = "Three kinds of toy careers: in small firms, in the plant, away and back"
glue(careers_own=int((careers[55] == "own firm").sum()))
members = {name: list(careers.index[named == name]) for name in sorted(named.unique())}
figure(chart.properties(title=title), kind="toy",
       note="share of the careers of each kind in each state at 18, 25, 35, 45 and 55",
       alt_text="Stacked bars of states at five ages for three kinds of careers: "
       + "; ".join(f"{name}: {', '.join(who)}" for name, who in members.items()))

# %% [markdown]
# {glue:text}`careers_own` of the ten end with a firm of their own, and they come by two roads. With real interviews the hard part comes before the
# method: what is a state, what does one do with two jobs at once, and with years nobody talks about? The distances forgive none of it.
#
# ## A self-contained ecosystem? Not testable here
#
# The introduction says that ties shape a fairly self-contained ecosystem, like an industrial district (§10). There is a test for the
# labour side of it: of those who live in the valley, how many work in it, and of those who work in it, how many live there? Both need
# commuting figures, from where people live to where they work. **We have none for these communes.** Nor have we who buys from whom. So
# the sentence is neither supported nor contradicted on this page. The fall of workers on the hillsides says nothing about it either.
#
# ## Novaciéries: a site that mixes city and production
#
# The introduction's example is Novaciéries in Saint-Chamond, where urban renewal and industry are mixed (§11).
# These are public facts, from project owners and the press, not the article's; where sources differ, we keep the range.

# %%
facts = load("case_facts").query("case == 'Novaciéries'")
facts = facts.sort_values(["year_from", "fact"]).reset_index(drop=True)
facts[["statement", "date", "low", "high", "certainty"]]

# %% tags=["hide-input"]
SHORT = {"novacieries-giat": "departure: 700 jobs lost",
         "novacieries-siemens": "departure: 300 jobs lost",
         "novacieries-conversion": "conversion starts (sources differ)",
         "novacieries-jobs-2016": "about 500 jobs on the site",
         "novacieries-hall": "Hall in One opens, private money"}
dated = facts.dropna(subset=["year_from"]).set_index("fact", drop=False)
dated = dated.assign(words=dated["fact"].map(SHORT), to=dated["year_to"] + 0.9)
base = alt.Chart(dated).encode(
    alt.Y("words:N", sort=dated["words"].tolist(), title=None,
          axis=alt.Axis(labelLimit=220)), tooltip=["statement", "date", "source"])
bars = base.mark_bar(height=12, color=INDUSTRY).encode(
    alt.X("year_from:Q", title=None, axis=alt.Axis(format="d", tickCount=6),
          scale=alt.Scale(zero=False)), alt.X2("to:Q"))
start, end = dated.loc["novacieries-giat"], dated.loc["novacieries-conversion"]
gap = end["year_from"] - start["year_to"], end["year_to"] - start["year_from"]
title = f"{gap[0]:.0f} to {gap[1]:.0f} years from the first departure to the conversion"
figure(bars.properties(title=title, height=170), data=["case_facts"],
       note="a bar covers the years that a source names; undated facts are in the table",
       alt_text="Dated facts as bars: " + "; ".join(
           f"{row.words}, {row.date}" for row in dated.itertuples()))

# %% [markdown]
# And how densely does the site work? The owners give its area. Divide, and keep the ranges.

# %%
known = facts.set_index("fact")[["low", "high"]]
figures = load("published_figures").set_index("figure")
site = figures.loc["novacieries-area", "low"]
per_hectare = pd.DataFrame({
    "jobs lost, 2005–2010": known.loc[["novacieries-giat", "novacieries-siemens"]].sum(),
    "jobs, 2016–2017": known.loc["novacieries-jobs-2016"],
    "jobs, “now”": known.loc["novacieries-jobs-now"],
    "dwellings, planned or built": known.loc["novacieries-dwellings"]}).T
per_hectare[["low per ha", "high per ha"]] = per_hectare / site

# %% tags=["hide-input"]
glue(site=site, jobs_then=per_hectare.iloc[1, 2], jobs_now=per_hectare.iloc[2, 2],
     jobs_lost=per_hectare.iloc[0, 2], homes_low=per_hectare.iloc[3, 2],
     homes_high=per_hectare.iloc[3, 3])
table(per_hectare.reset_index(names="what"), f"From {per_hectare.iloc[1, 2]:.0f} jobs a "
      f"hectare to {per_hectare.iloc[2, 2]:.0f}, by what owners and press say",
      data=["case_facts", "published_figures"],
      formats=dict.fromkeys(["low per ha", "high per ha"], ".1f"), name="per_hectare",
      note="on the whole site; “now” is undated in its source")

# %% [markdown]
# On {glue:text}`site:.0f` hectares there were {glue:text}`jobs_then:.0f` jobs a hectare in 2016–2017 and are {glue:text}`jobs_now:.0f` "now", by figures that the
# owners and the press give; {glue:text}`jobs_lost:.0f` a hectare had been lost before. Beside them stand {glue:text}`homes_low:.1f` to
# {glue:text}`homes_high:.1f` dwellings a hectare. Our notes say that sources differ on today's jobs, but only this figure was kept. And three things are
# not known: whether the area counts streets and parks, which of the jobs are industrial, and which were there before. So this is no measure of a recovery. It
# is a size to have in mind when a plan says "mixed use".
#
# ## The explorer
#
# Choose a figure, a census or the change between the first and the last, and a part of the valley; and choose what "floor" means. The map, the profile along the
# line and the ranking move together. Click a bar to light its quarter of the communes.

# %% tags=["hide-input"]
from widgets.explorers.valley import Valley

explorer = Valley()
explorer

# %% [markdown]
# Three moves. Take the index from 1982 to 2011 and watch the profile: circles and triangles part. Take vacant dwellings: they thicken towards
# Saint-Chamond. Change the rule of the floor with the index at 2011: the two medians in the sentence come closer, because villages join the towns.
#
# ## The map
#
# Each commune in the colour of its index in 2011; switch to 1982 at the corner. The line is the valley floor as we drew it.

# %% tags=["hide-input"]
import folium

CLASSES = {"under 0.5": "#C24E00", "0.5 to 0.8": "#F0B88A", "0.8 to 1.1": "#8DBBD9",
           "1.1 and over": "#0072B2"}


def shaded(year, shown):
    """The communes in the colours of their index."""
    level = pd.cut(index[year], [0, 0.5, 0.8, 1.1, np.inf], right=False,
                   labels=list(CLASSES)).astype(str).map(CLASSES)
    features = [{**shape, "properties": {
        "words": f"{shape['properties']['name']}: {index.loc[code, year]:.2f} in {year}, "
                 f"{part[code]}", "colour": level[code]}}
        for code, shape in sorted(shapes.items())]
    return folium.GeoJson({"type": "FeatureCollection", "features": features},
                          name=f"index {year}", show=shown, overlay=False,
                          style_function=lambda f: {
                              "fillColor": f["properties"]["colour"], "fillOpacity": 0.85,
                              "color": "#FFFFFF", "weight": 1},
                          tooltip=folium.GeoJsonTooltip(["words"], labels=False))

# %% tags=["hide-input"]
ground = base_map("gier")
for year, shown in ((2011, True), (1982, False)):
    shaded(year, shown).add_to(ground)
folium.PolyLine(stations[["lat", "lon"]].to_numpy().tolist(), color="#22272B", weight=3,
                tooltip="line of the valley floor").add_to(ground)
blue = (index >= 0.8).sum()
rows = valley[["name"]].join(index[[1982, 2011]].round(2)).rename(columns=str)
show_map(ground, "Orange towns in a row, mostly blue villages above them",
         "In 2011 the towns on the line of the valley floor are in shades of orange, "
         f"under 0.8, and most villages in shades of blue: {blue[2011]} of 25 communes, "
         f"where there were {blue[1982]} in 1982.", CLASSES, data=[*TABLES, "gier"],
         rows=rows, note="managers and intermediate occupations for one worker, "
         "France = 1, by residence; line: our rule")

# %% [markdown]
# *How to read it.* Dark orange: for each worker who lives there, less than half as many managers and intermediate occupations as in France. It
# says nothing about where these people work. A large commune like Saint-Chamond is one colour, its centre and its hamlets alike.

# %% tags=["hide-input"]
twin = valley.assign(part=part, along=position["along"], first=index[1982],
                     last=index[2011], old=homes["aged_65_plus_pct"],
                     empty=homes["vacant_dwellings_pct"])
twin = twin.sort_values(["last", "name"], ascending=[False, True])
twin = twin[["name", "part", "along", "population_2023", "first", "last", "old", "empty"]]
twin.columns = ["commune", "part", "km along", "people 2023", "index 1982", "index 2011",
                "65 and over, %", "vacant, %"]
table(twin, "The communes of the valley, from the highest index in 2011 to the lowest",
      data=[*TABLES, "case_communes_2021"], name="valley",
      formats={"km along": ".1f", "65 and over, %": ".1f", "vacant, %": ".1f"})

# %% [markdown]
# ## How far can this be trusted?
#
# - **Residents, not jobs.** Everything above is about where people live. "Industry is one local job in five" stays the article's figure,
#   and the ecosystem stays untested.
# - **Communes.** {glue:text}`three_towns:.0%` of the inhabitants live in three communes, each large enough to hold rich and poor districts. Segregation inside them is
#   invisible; measured by neighbourhood, dissimilarity could only be higher.
# - **Samples.** The smallest commune has a few dozen residents at work, from one form in four. Our intervals take a design effect of 1.5 for granted, and keep the
#   commune's total fixed.
# - **Our floor.** The rule of density makes a floor of towns, the rule of distance a floor with villages. Under both the two parts draw apart;
#   how far, differs.
# - **Dates.** Density and population are of 2023, homes of 2021, occupations end in 2011.
# - **What does not move.** Under both rules the hillsides come up to France's level and the floor stays near half of it; and the
#   dissimilarity between the parts rises beyond noise.
#
# ## Exercises
#
# :::{exercise}
# :label: valley-read
# *Read.* Dissimilarity over the communes was higher in 2011 than in 1982, isolation of workers lower. A newspaper writes "segregation has
# fallen since 1982", another "segregation has risen". Which figure does each quote, and what should both add?
# :::
#
# :::{solution} valley-read
# :class: dropdown
# The first quotes isolation of workers, which fell because the group shrank; the second quotes dissimilarity, which takes no notice of the size of
# a group. The first should add the share of workers in the valley at both dates, the second its interval: the rise since 1982 has zero
# inside it, that since 1990 has not.
# :::
#
# :::{exercise}
# :label: valley-hand
# *By hand.* In the toy valley, ten managers move from B to D. Work out the dissimilarity over the four communes and between the parts, then check.
# :::
#
# :::{solution-start} valley-hand
# :class: dropdown
# :::

# %%
moved = toy.assign(managers=[5, 10, 15, 20])
joined = moved.groupby("part")[["workers", "managers"]].sum()
print("communes", round(dissimilarity(moved["workers"], moved["managers"]), 3),
      "parts", round(dissimilarity(joined["workers"], joined["managers"]), 3))

# %% [markdown]
# The two are equal: now both communes of the floor have more of the workers than of the managers, and both on the hills fewer. Nothing
# is lost by joining them.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: valley-rule
# *Change a choice.* Take the other rule, a floor of all communes within 1.5 km of the line. By how much does the dissimilarity between the parts then rise
# from 1982 to 2011, and is that still clear of noise? Write `rise_between(inside)`, which gives the rise for any floor: `inside` says of each commune, by
# its code, whether it belongs to it, as `floor` and `near` do. Use `dissimilarity`.
# :::

# %% tags=["hide-input", "exercise-check"]
def inside_share(inside, group, year):
    """Share of a group that lives on a floor."""
    people = counts[counts["year"] == year].set_index("commune")[group]
    return people[inside[people.index]].sum() / people.sum()


@check.exercise
def check_rise_between(rise_between):
    """With two places it is the gap between the shares of both groups in one of them."""
    def gap(inside, year):
        one, other = (inside_share(inside, who, year) for who in ("workers", "managers"))
        return abs(one - other)
    wrong = [(gap(near, 2011), "That is the level of 2011: take that of 1982 off."),
             (gap(near, 2011) / gap(near, 1982), "That is how many times: subtract."),
             (change(measured, 1982)[0], "That is over the 25 communes: join those of "
              "each part first."),
             (gap(near, 1982) - gap(near, 2011), "The sign is turned: 2011 comes first.")]
    return check.compare(rise_between(near), gap(near, 2011) - gap(near, 1982), wrong,
                         "Add up workers and managers by part and year.",
    ) or check.compare(
        rise_between(floor), gap(floor, 2011) - gap(floor, 1982), (), "Use `inside`.")


# %% tags=["hide-input"]
other = counts.assign(part=counts["commune"].map(near).map({True: "near", False: "far"}))
other = other.groupby(["part", "year"])[OCCUPATIONS].sum().reset_index()
again = segregation(other, FRACTION, DESIGN, place="part")
near_rise, near_low, near_high = change(again, 1982)
glue(near_rise=near_rise, near_low=near_low, near_high=near_high,
     floor_rise=change(between, 1982)[0],
     near_clear="clear of noise" if near_low > 0 else "within noise")

# %% [markdown]
# :::{solution-start} valley-rule
# :class: dropdown
# :::

# %% tags=["exercise"]
def rise_between(inside):
    """By how much two parts grew apart from 1982 to 2011."""
    parts = counts.groupby([counts["commune"].map(inside), "year"])[OCCUPATIONS].sum()
    level = {year: dissimilarity(people["workers"], people["managers"])
             for year, people in parts.groupby("year")}
    return level[2011] - level[1982]


check_rise_between(rise_between)

# %% [markdown]
# By {glue:text}`near_rise:.3f`, where the rule of density gives {glue:text}`floor_rise:.3f`. With its bounds, {glue:text}`near_low:.3f` to
# {glue:text}`near_high:.3f` (from `segregation`, as above), it is {glue:text}`near_clear`.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: valley-code
# *Mend the code book.* Split *neighbours* into "residents next door" and "firms next door", and recode the statements of the first coder that carry it: in
# s7 the neighbours are firms. Write `last_step(firms)`, which gives how much of a theme the last statement still brings, when the neighbours are firms in the
# statements of a list and residents in the others. Use `incidence` and `saturation`. Why is the last step steeper than before?
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_last_step(last_step):
    """The themes heard only once, over the number of statements."""
    def once(firms):
        said = [f"{code} {name in firms}" if code == "neighbours" else code
                for name, codes in FIRST.items() for code in codes]
        return sum(said.count(code) == 1 for code in set(said))
    wrong = [(curve["new"].iloc[-1], "That is the old step: *neighbours* is still one "
              "code, or no statement carries “firms next door”."),
             (once(["s7"]), "That is how many themes are heard only once: the column "
              "`new` of the curve says what a statement brings."),
             (curve["new"].iloc[0], "That is the first step: take the last row.")]
    return check.compare(last_step(["s7"]), once(["s7"]) / len(FIRST), wrong,
                         "Make a new coding, a new book, and their curve.",
    ) or check.compare(last_step(["s7", "s9"]), once(["s7", "s9"]) / len(FIRST), (),
                       "It is right for s7 only: use `firms`, and work on a copy.")


# %% tags=["hide-input"]
glue(old_step=curve["new"].iloc[-1])

# %% [markdown]
# :::{solution-start} valley-code
# :class: dropdown
# :::

# %% tags=["exercise"]
def last_step(firms):
    """What the last statement brings when `neighbours` is split in two."""
    kinds = ["residents next door", "firms next door"]
    split = {name: [kinds[name in firms] if code == "neighbours" else code
                    for code in codes] for name, codes in FIRST.items()}
    book = [code for code in BOOK if code != "neighbours"]
    return saturation(incidence(split, [*book, *kinds]))["new"].iloc[-1]


check_last_step(last_step)

# %% [markdown]
# It was {glue:text}`old_step:.2f` of a theme, and it doubles. Two codes are now heard only once. A finer code book always makes saturation look farther away: "we reached saturation" means
# nothing without the book.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: valley-open
# *Open.* Write the plan of an inquiry that could test whether the valley's ecosystem is self-contained: which figures, from whom, for which years, and which
# result would make you say no?
# :::
#
# :::{solution} valley-open
# :class: dropdown
# There is no one answer. A good one asks for flows in both directions (who lives here and works here, who works here and lives here), compares with
# valleys of the same size rather than with nothing, adds ties between firms (suppliers, shared machines, careers), and names a threshold before looking. It also says
# whom the inquiry would not reach.
# :::
#
# ## Summary
#
# Between 1982 and 2011 the towns of the valley floor and the villages on the hillsides drew apart: for one worker the hillsides have
# {glue:text}`hill_last:.2f` times France's managers and intermediate occupations, the floor {glue:text}`floor_last:.2f` times. Nearly all
# of the dissimilarity of workers and managers over communes now lies between the two. The hillsides changed all along the valley, no more near Lyon than far from it; that a metropolis did it is not
# shown. Convergence of communes is no more than noise would make. The words of the inhabitants, the self-contained ecosystem and the jobs are
# beyond these figures; the toys teach how one would read them.
#
# ## Further reading
#
# The article {cite:p}`perinaud` and the introduction {cite:p}`introduction`. On measures of segregation: {cite:t}`duncan1955` and
# {cite:t}`massey1988`; on convergence, and on being fooled by it: {cite:t}`barro1992` and {cite:t}`friedman1992`; on curves of saturation, from
# ecology: {cite:t}`colwell2004`; on saturation of interviews: {cite:t}`guest2006`; on agreement of coders: {cite:t}`cohen1960`.
