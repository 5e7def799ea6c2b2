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
# # What is a town?
#
# **The text.** Gros-Balthazard and Talandier, introduction of the special issue, *EchoGéo* no. 63, 2023
# ([read it in English](https://journals.openedition.org/echogeo/25035)) {cite:p}`introduction`.
#
# **Its claim.** Industry was never the metropolises' alone: it made many small and medium-sized towns, and it is still
# there, with fewer jobs and more skilled ones (§3–5).
#
# :::{admonition} On our figures: it holds, for a stand-in, and the size of the answer hangs on the word "town"
# :class: verdict
# Towns under 100,000 inhabitants hold {glue:text}`towns_workers:.1%` of France's workers if a town is a continuous
# built-up area. With two other official meanings of the word they hold {glue:text}`density_workers:.1%` or
# {glue:text}`pole_workers:.1%`. In 2011 there were fewer workers in them than in 1982, and more managers and
# intermediate occupations for each worker.
#
# *What would change it:* industrial jobs counted where they are, instead of workers counted where they live; another
# bound than 100,000; another meaning of "town".
# :::

# %% tags=["hide-input"]
import altair as alt
import pandas as pd

from data import OCCUPATIONS, load
from methods.specialisation import classify, location_quotient, share
from methods.towns import agreement, coverage, rank_size, size_class, skill_ratio
from widgets import CONTEXT, INDUSTRY, SERVICES, STATES
from widgets import check, data_used, figure, glue, show_claims, show_map, start, table
from widgets import town_map

start()
units = load("urban_units").set_index("urban_unit").sort_index()
occupations = load("urban_units_occupations").set_index(["urban_unit", "year"])
classes = load("size_class_occupations").sort_values(["size_class", "year"])
france = load("france_occupations").set_index("year")

# %% tags=["hide-input"]
show_claims("01_towns")

# %% [markdown]
# The next picture is the chapter in one image: three official meanings of "town", and what part of France's people and
# of its workers each of them covers. The code above it can be opened and changed; the steps are taken one by one further
# down.

# %% tags=["hide-input"]
now = occupations.xs(2011, level="year").sort_index()
towns = units.assign(people=units["population_2023"], workers=now["workers"])
towns["at_work"] = now[OCCUPATIONS].sum(axis=1)
totals = {"people": load("communes")["population_2023"].sum(),
          "workers": france.loc[2011, "workers"]}
small_area = units["aav_class"] <= "50,000–199,999"
definitions = {
    "built-up area under 100,000": units["size_class"] <= "50,000–99,999",
    "dense or semi-dense town": units["degurba"].astype("str").str.contains("dense t"),
    "centre of an area under 200,000": small_area & (units["aav_category"] == "centre"),
}
covered = pd.DataFrame({name: coverage(towns, mask, totals)["share"]
                        for name, mask in definitions.items()}).T

# %% tags=["hide-input"]
TABLES = ["urban_units", "urban_units_occupations", "france_occupations", "communes"]
long = covered[["people", "workers"]].rename_axis("definition").reset_index()
long = long.melt("definition", var_name="of", value_name="share")
dots = alt.Chart(long).mark_point(filled=True, size=130, opacity=1).encode(
    alt.X("share:Q", title="share of France", axis=alt.Axis(format="%")),
    alt.Y("definition:N", title=None, sort=list(definitions),
          axis=alt.Axis(labelLimit=230)),
    alt.Color("of:N", scale=alt.Scale(range=[CONTEXT, INDUSTRY])))
low, high = covered["workers"].min(), covered["workers"].max()
title = f"Call it a town, and it holds {low:.0%} or {high:.0%} of France’s workers"
each = "; ".join(f"{name}, {row.people:.0%} and {row.workers:.0%}"
                 for name, row in covered.iterrows())
figure(dots.properties(title=title, height=130), data=TABLES,
       alt_text=f"For three definitions, their share of people and of workers: {each}.")
glue(towns_workers=high, density_workers=covered["workers"].iloc[1],
     pole_workers=covered["workers"].iloc[2])

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** say what an urban unit, a degree of urbanisation and an attraction area are;
# count what a definition covers; measure how far two definitions agree; and read a figure about "towns" by first asking
# which ones.
#
# **Time.** {planned-minutes}. **You need** to read a table and a percentage; no Python is needed to read, a little to do
# the exercises.

# %% tags=["hide-input"]
data_used("urban_units", "urban_units_occupations", "size_class_occupations",
          "france_occupations", "communes", "timeline", "published_figures")

# %% [markdown]
# ## The question
#
# ### Why now
#
# The introduction opens with a change of mood: industry is back on the agenda, in Europe and in the United States (§1).
# The table retells its reasons in our words. Of all these events it dates only one to the day; we add no date of our own.

# %% tags=["hide-input"]
why, order = load("timeline"), ["cause", "story", "policy", "place"]
why["theme"] = pd.Categorical(why["theme"], order, ordered=True)
why = why.sort_values(["theme", "paragraph", "event"])
money = why["amount"].map("{:,.0f} million euros".format).where(why["amount"].notna())
why = why.assign(amount=money).rename(columns={"statement": "what", "scale": "where"})
table(why[["what", "theme", "where", "amount", "date", "paragraph"]], data=["timeline"],
      caption="Why industry is back: causes, a new story, policies, places",
      note="in our words, after the introduction (§1–2)", name="timeline")

# %% [markdown]
# Put together, they tell a story in three steps. Shocks showed what a country no longer makes for itself. The words
# changed, from the "Start-up Nation" to the "industrial reconquest". States answered with money and law. Places come into
# it at once: a factory needs land. The introduction names a battery works in the Pas-de-Calais and a medicine maker in the
# Ardèche (§2).
#
# ### What is a small or medium-sized town?
#
# The issue as a whole works with urban units under 100,000 inhabitants (§7). France counts towns in at least three
# official ways:
#
# - An **urban unit** (*unité urbaine*) is a patch of buildings with no gap over 200 metres and at least 2,000
#   inhabitants. It is a *shape*.
# - The **degree of urbanisation** (*degré d'urbanisation*) puts a grid of one-kilometre squares over Europe and looks at
#   how densely each is peopled. It is a *density*; "dense town" and "semi-dense town" are two of its classes.
# - An **attraction area** (*aire d'attraction*) is a centre together with the communes that send it at least 15 % of their
#   workers (INSEE, quoted). It is a *flow*; its centre can be called a town too.
#
# Shape, density, flow: the same place can be a town in one sense and not in another. Does that matter? It does if a
# conclusion about "towns" holds for one and not for another. Each word is in the [glossary](../book/glossary.md).
#
# ## What differs from the introduction
#
# The introduction gives no table of its own: its figures come from works that it cites. Ours are INSEE's censuses, and
# they count *workers* where they live, not industrial jobs where they are; see
# [how to read this book](../book/how_to_read.md). Occupations stop in 2011, populations in 2023.
#
# ## By hand: twelve toy towns
#
# Twelve invented towns are enough to see what a definition does. Each has a population, a density class and a role in the
# commuting around it.

# %%
toy = pd.DataFrame({
    "people": [2_500, 3_000, 4_000, 6_000, 8_000, 9_000,
               15_000, 18_000, 30_000, 60_000, 120_000, 400_000],
    "workers": [400, 300, 600, 800, 900, 1_500,
                1_600, 2_400, 3_000, 6_000, 9_000, 24_000],
    "density": ["rural", "rural", "town", "rural", "town", "town",
                "suburb", "town", "town", "town", "city", "city"],
    "role": ["ring", "centre", "ring", "outside", "centre", "ring",
             "ring", "centre", "centre", "centre", "centre", "centre"],
}, index=pd.Index(list("ABCDEFGHIJKL"), name="town"))
table(toy.reset_index(), "Twelve toy towns, the whole of them", kind="toy")

# %% [markdown]
# Sort them by size first. `size_class` takes any bounds. A town that stands exactly on a bound goes to the upper class.

# %%
toy["size"] = size_class(toy["people"], bounds=[10_000, 100_000])
toy["size"].value_counts(sort=False).to_frame("towns")

# %% [markdown]
# Now three meanings of "town", and what each covers. Before you look at the result, work out the second row with a
# pencil: which towns are called *town* by their density, and how many workers live in them together?

# %%
meanings = {
    "shape: under 100,000": toy["people"] < 100_000,
    "density: town": toy["density"] == "town",
    "flow: centre under 100,000": (toy["role"] == "centre") & (toy["people"] < 100_000),
}
whole = {"people": toy["people"].sum(), "workers": toy["workers"].sum()}
coverage(toy, meanings["density: town"], whole).round(3)

# %% [markdown]
# Towns C, E, F, H, I and J: six of twelve, with 14,400 of the 50,500 toy workers. The other two rows are made the same way:

# %% tags=["hide-input"]
rows = {name: coverage(toy, mask, whole) for name, mask in meanings.items()}
both = pd.DataFrame({name: {"towns": r.loc["towns", "covered"],
                            "workers": r.loc["workers", "covered"],
                            "share of people": r.loc["people", "share"],
                            "share of workers": r.loc["workers", "share"]}
                     for name, r in rows.items()}).T
table(both.rename_axis("definition").reset_index(), kind="toy",
      caption="What three definitions cover among twelve toy towns",
      formats={"share of people": ".1%", "share of workers": ".1%"})

# %% [markdown]
# How far do two definitions agree? Count the towns that both accept, and divide by the towns that at least one accepts.
# This share is the **Jaccard index**: 1 when the two lists are the same, 0 when they have nothing in common.

# %%
pair = agreement(meanings["density: town"], meanings["flow: centre under 100,000"])
print(f"Jaccard index: {pair.jaccard:.2f}")
pair.table.rename_axis(index="town by density", columns="town by flow")

# %% [markdown]
# Four towns are in both lists (E, H, I, J) and seven in at least one: four sevenths. Now another pair, by your own hand.

# %% tags=["hide-input"]
shape, density = meanings["shape: under 100,000"], meanings["density: town"]
both_lists, longer = (shape & density).sum(), shape.sum()
check.number(
    "Jaccard index of “shape: under 100,000” and “density: town” among the twelve toy "
    "towns, to two digits?", answer=agreement(shape, density).jaccard, tolerance=0.011,
    hints={both_lists / density.sum(): "You divided by the shorter list. Divide by the "
           "towns that are in at least one of the two.",
           both_lists / len(toy): "You divided by all twelve towns. Those that neither "
           "definition accepts, K and L, do not count.",
           both_lists / (longer + density.sum()): "You added the two lists: the towns in "
           "both are then counted twice."},
    otherwise="Write both lists of letters; count the towns in both, and in at least "
    "one.",
    why="All the towns that the density calls towns lie under the bound, so the shorter "
    "list is inside the longer one: they still agree only so far.")

# %% [markdown]
# ## On real figures
#
# ### How many towns, people, workers?
#
# Metropolitan France has {glue:text}`units:,` urban units. INSEE's size classes, fixed in 2016, split them as follows.
# Populations are those of today's communes that hold the unit, so that 2019 and 2023 can be compared.

# %%
by_class = towns.groupby("size_class", observed=True).agg(
    towns=("name", "size"), people=("people", "sum"), workers=("workers", "sum"))
by_class["share of people"] = by_class["people"] / totals["people"]
by_class["share of workers"] = by_class["workers"] / totals["workers"]
glue(units=len(units), towns=int(definitions["built-up area under 100,000"].sum()))

# %% tags=["hide-input"]
table(by_class.reset_index(names="size class"), data=TABLES, name="size_classes",
      caption="Most towns are small, and hold more than their share of workers",
      formats={"share of people": ".1%", "share of workers": ".1%"})

# %% [markdown]
# Compare the last two columns row by row. {glue:text}`over` of the {glue:text}`under_classes` classes under 100,000
# inhabitants hold a larger share of the workers than of the people; of the classes above, {glue:text}`over_large`. That much
# does not hang on where one line is drawn.

# %% tags=["hide-input"]
more = by_class["share of workers"] > by_class["share of people"]
below = by_class.index <= "50,000–99,999"
glue(over=int(more[below].sum()), under_classes=int(below.sum()),
     over_large=int(more[~below].sum()))

# %% tags=["hide-input"]
big = by_class.loc["200,000–1,999,999", ["share of people", "share of workers"]]
check.choice(
    "The class 200,000–1,999,999 holds far more workers than any other. Are workers "
    "over-represented in it?", answer="No, they are under-represented"
    if big.iloc[1] < big.iloc[0] else "Yes, it has the most workers",
    options={
        "No, they are under-represented": "Compare the last two columns of its row "
        "again.",
        "Yes, it has the most workers": "A large share of the workers is no surprise in "
        "a class with a large share of the people. Put the two shares side by side.",
        "There is no way to tell": "The table has what is needed: its share of the "
        "people and its share of the workers."},
    why=f"It holds {big.iloc[0]:.0%} of the people and {big.iloc[1]:.0%} of the workers. "
    "A share of a total says where they are many, a ratio of two shares where they are "
    "more than usual.")

# %% [markdown]
# ### Three definitions, hardly the same towns
#
# The first definition keeps {glue:text}`towns:,` towns. The others keep {glue:text}`by_density:,` and {glue:text}`by_flow:,`,
# and not the same ones.

# %%
jaccard = pd.DataFrame({a: {b: agreement(definitions[a], definitions[b]).jaccard
                            for b in definitions} for a in definitions})
apart = jaccard.where(jaccard < 1)
glue(jaccard_low=apart.min().min(), jaccard_high=apart.max().max(),
     by_density=int(definitions["dense or semi-dense town"].sum()),
     by_flow=int(definitions["centre of an area under 200,000"].sum()))

# %% tags=["hide-input"]
table(jaccard.rename_axis("definition").reset_index(), data=["urban_units"],
      caption="Three official definitions hardly agree (Jaccard index)")

# %% [markdown]
# Their agreement lies between {glue:text}`jaccard_low:.2f` and {glue:text}`jaccard_high:.2f`. Two sentences about "small and
# medium-sized towns" can both be right and speak of different places. The cross-table shows where they part. Read along a
# row: the smallest built-up areas are mostly *rural* to the density grid.

# %%
grid = units["degurba"].astype("str").str.replace(r".*rural.*", "rural", regex=True)
grid = grid.str.replace(r".*town", "town", regex=True)
cross = pd.crosstab(units["size_class"], grid)[["rural", "suburb", "town", "city"]]
table(cross.rename_axis("size class").reset_index(), data=["urban_units"],
      caption="Most of the smallest built-up areas are rural by their density")

# %% tags=["hide-input"]
first, *others = covered["workers"].round(2)
RIGHT = "Both can be right: they count other towns"
check.choice(
    f"One study finds {first:.0%} of France’s workers in small and medium-sized towns, "
    f"another {others[0]:.0%}. What do you think of first?",
    answer=RIGHT if apart.max().max() < 0.5 else "One of them has miscounted", options={
        RIGHT: "Look at the first figure of the chapter again.",
        "One of them has miscounted": "Possible, but the first figure of this chapter "
        "has both numbers, from the same census. What differs between its rows?",
        "Workers moved between the two studies": "Both rows of our figure are of 2011. "
        "Look for something that differs without any time passing.",
        "A sample was too small": "Such a gap is no sampling error: these are hundreds "
        "of thousands of people."},
    why="Ask which towns are meant before you ask who is wrong: the definitions share at "
    f"most {apart.max().max():.0%} of the towns that either accepts.")

# %% [markdown]
# ### Move the bound yourself
#
# Why 100,000? Drag the bound and watch what the label "town" covers. Here a town is an urban unit whose population in 2023
# lies under the bound.

# %% tags=["hide-input"]
bound = alt.param("bound", value=100_000, bind=alt.binding_range(
    min=20_000, max=200_000, step=5_000, name="A town has fewer inhabitants than "))
slim = towns[["people", "workers"]].assign(towns=1).reset_index(drop=True)
sums = {"towns": len(towns), **{name: int(total) for name, total in totals.items()}}
chart = alt.Chart(slim).transform_filter("datum.people < bound")
chart = chart.transform_aggregate(**{name: f"sum({name})" for name in sums})
chart = chart.transform_calculate(
    **{f"of {name}": f"datum.{name} / {total}" for name, total in sums.items()})
bars = chart.transform_fold([f"of {k}" for k in sums], as_=["what", "share"]).encode(
    alt.X("share:Q", title="share of all urban units, of France’s people and workers",
          axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(domain=[0, 1.08])),
    alt.Y("what:N", title=None, sort=[f"of {name}" for name in sums]))
words = bars.mark_text(align="left", dx=5).encode(alt.Text("share:Q", format=".1%"))
bars = (bars.mark_bar(color=INDUSTRY, height=22) + words).add_params(bound)
title = "Nearly all towns are small; their people are not"
figure(bars.properties(height=110, title=title), data=TABLES,
       alt_text="Bars for the share of units, of people and of workers under a bound, "
       " which a slider moves from 20,000 to 200,000 inhabitants.")

# %% tags=["hide-input"]
at = {top: (slim[slim["people"] < top].sum() / pd.Series(sums))
      for top in (100_000, 200_000)}
gain = (at[200_000] - at[100_000])[["towns", "people", "workers"]]
names = {"towns": "the share of units", "people": "the share of people",
         "workers": "the share of workers"}
check.choice(
    "Move the bound from 100,000 to 200,000. Which of the three bars grows least?",
    options={names["towns"]: "Look at the first bar while you move the slider.",
             names["people"]: "Units of 100,000 to 200,000 are few, and each holds many "
             "people: this bar grows.",
             names["workers"]: "It grows less than that of people, but it grows: those "
             "few units are large."},
    answer=names[gain.idxmin()],
    why=f"It grows by {gain['towns']:.1%}, those of people and workers by "
    f"{gain['people']:.1%} and {gain['workers']:.1%}.")

# %% [markdown]
# The first bar hardly moves, the other two do: the count of towns is decided by the many small ones, the count of people
# and workers by the few large ones. A sentence that counts towns and a sentence that counts people answer two questions.
#
# ### Many small, few large: a regularity
#
# Sizes of towns follow a rule known in many countries: the town of rank ten has about a tenth of the people of the first.
# On a chart with two logarithmic scales the towns fall on a line of slope −1. We estimate the slope with ranks lowered by
# one half and with a standard error of its own {cite:p}`gabaix2011`, because the one that regression prints is far too
# small.

# %%
sizes = towns.sort_values(["people", "name"], ascending=[False, True])
sizes = sizes.head(500)[["name", "people"]]
rule = rank_size(sizes["people"])
glue(slope=rule.slope, slope_low=rule.low, slope_high=rule.high)
print(f"slope {rule.slope:.2f}, 95 % interval {rule.low:.2f} to {rule.high:.2f}")

# %% tags=["hide-input"]
ranked = sizes.assign(rank=range(1, len(sizes) + 1))
log = alt.Scale(type="log")
points = alt.Chart(ranked).mark_circle(size=30, color=SERVICES).encode(
    alt.X("people:Q", scale=alt.Scale(type="log", nice=False), title="people in 2023",
          axis=alt.Axis(values=[10_000, 100_000, 1_000_000, 10_000_000], format="~s")),
    alt.Y("rank:Q", scale=log, title="rank", axis=alt.Axis(values=[1, 10, 100, 500])),
    tooltip=["name", "people", "rank"])
title = "The 500 largest towns nearly follow the rank–size rule"
figure(points.properties(title=title), data=["urban_units"],
       alt_text="Rank against population of the 500 largest urban "
       "units on two logarithmic scales: the points fall nearly on one line.")

# %% [markdown]
# The slope is {glue:text}`slope:.2f`, with a 95 % interval from {glue:text}`slope_low:.2f` to {glue:text}`slope_high:.2f`.
# There is no gap on this line where "small" would end and "medium" begin: the bound is ours to choose, and so ours to
# defend.
#
# ### Growing and shrinking towns
#
# The introduction recalls that many of these towns lost jobs, and that some decline went on to the town itself (§3).
# Between 2019 and 2023, how many lost inhabitants, and are those the ones with more workers?

# %%
small = towns[definitions["built-up area under 100,000"]].copy()
shrinks = small["population_2023"] < small["population_2019"]
small["population"] = shrinks.map({True: "shrinking", False: "stable or growing"})
trend = small.groupby("population")[["people", "workers", "at_work"]].sum()
trend.insert(0, "towns", small.groupby("population").size())
trend["workers among those at work, 2011"] = trend["workers"] / trend["at_work"]

# %% tags=["hide-input"]
rate = "workers among those at work, 2011"
glue(shrinking=int(shrinks.sum()), shrinking_share=float(shrinks.mean()),
     workers_shrinking=trend[rate].iloc[0], workers_growing=trend[rate].iloc[1])
table(trend.drop(columns=["at_work", "workers"]).reset_index(), data=TABLES[:2],
      caption="Towns that lose inhabitants have more workers among those at work",
      formats={rate: ".1%"})

# %% [markdown]
# {glue:text}`shrinking:,` of the towns under 100,000, or {glue:text}`shrinking_share:.0%`, had fewer inhabitants in 2023 than
# in 2019. Workers were {glue:text}`workers_shrinking:.1%` of those at work there in 2011, against
# {glue:text}`workers_growing:.1%` in the others. That is a difference between two groups of towns, not a cause: towns that
# shrink also stand in other regions than towns that grow.

# %% tags=["hide-input"]
RIGHT = "The two kinds of towns differ; the figures do not say why"
check.choice(
    "Shrinking towns have more workers among those at work. What follows?",
    answer=RIGHT if trend[rate].iloc[0] > trend[rate].iloc[1] else "Nothing differs",
    options={
        RIGHT: "Read the last column of the table once more.",
        "Having many workers makes a town shrink": "Both may come from a third thing, "
        "such as the region. A difference between groups names no cause.",
        "Workers are the ones who leave": "The table compares towns, not people: nobody "
        "is followed from one date to the next.",
        "Nothing differs": "Compare the two rows of the last column."},
    why="To go further one would compare towns of the same region and size, or follow "
    "people.")

# %% tags=["hide-input"]
by = towns["size_class"]
change = towns.groupby(by, observed=True)[["population_2019", "population_2023"]].sum()
change["change"] = change["population_2023"] / change["population_2019"] - 1
loses = towns["population_2023"] < towns["population_2019"]
change["towns that shrink"] = loses.groupby(by, observed=True).mean()
change = change.reset_index(names="size class").rename(
    columns={"population_2019": "people in 2019", "population_2023": "people in 2023"})
table(change, data=["urban_units"], name="population_change",
      caption="Every size class gained people; many small towns lost some",
      formats={"change": ".1%", "towns that shrink": ".0%"})

# %% [markdown]
# ### Fewer workers, more skilled work
#
# Industry has changed, says the introduction: fewer jobs, more skilled ones (§4). Our figures can't see jobs in industry,
# but they can see occupations. For each worker, how many managers and people in intermediate occupations (*cadres* and
# *professions intermédiaires*: engineers, technicians, foremen, but also nurses and teachers), here called *skilled* for
# short, live in towns of each size?

# %%
classes["skill"] = skill_ratio(classes)
under = classes["size_class"].between("2,000–4,999", "50,000–99,999")
path = classes[under].groupby("year")[OCCUPATIONS].sum()
path["skill"] = skill_ratio(path)

# %% tags=["hide-input"]
check.guess(
    "Workers aged 25–54 who live in towns under 100,000 inhabitants, at five censuses: "
    "the first is given. Draw the other four as you expect them.", line=path["workers"],
    given=1, axis=(1_000_000, 2_200_000), form=",.0f", name="workers",
    say="The number stood nearly still until 1999, and fell after it. These are workers "
    "where they live, in every branch: they say nothing about when jobs in industry "
    "went.",
    data=["size_class_occupations"], note="by residence, not industrial jobs")

# %%
path[["workers", "managers", "intermediate", "skill"]].round(2)

# %% tags=["hide-input"]
base = alt.Chart(classes).encode(
    alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
    alt.Y("skill:Q", title="skilled residents for one worker"),
    alt.Detail("size_class:N"), tooltip=["size_class:N", "year:O"])
few = ["Paris", "200,000–1,999,999", "2,000–4,999"]
lines = base.mark_line(color=CONTEXT, strokeWidth=1.5)
some = base.transform_filter(alt.FieldOneOfPredicate("size_class", few))
last = some.transform_filter("datum.year == 2011").encode(text="size_class:N")
high = last.transform_filter("datum.skill > 2").mark_text(align="right", dx=-6, dy=-12)
small = last.transform_filter("datum.skill < 2").mark_text(align="right", dy=18)
chart = lines + some.mark_line(color=SERVICES) + high + small
title = "Everywhere more skilled work for each worker, and most in the largest towns"
figure(chart.properties(title=title), data=["size_class_occupations"],
       alt_text="Lines from 1982 to 2011, one for each size "
    "class of towns: all rise, and the larger the towns, the steeper.")
glue(ratio_1982=path.loc[1982, "skill"], ratio_2011=path.loc[2011, "skill"],
     **{f"workers_{year}": int(path.loc[year, "workers"]) for year in path.index[::2]})

# %% tags=["hide-input"]
wide = classes.pivot_table("skill", "size_class", "year", observed=True)
steep = (wide[2011] - wide[1982]).sort_values()
check.pick(
    "Pick the size class in which skilled residents for one worker rose most.",
    options=wide.index, answer=steep.index[-1], field="size_class",
    hints={steep.index[-2]: "The second steepest. The steepest line ends far above it.",
           steep.index[0]: "The opposite: here it rose least."},
    otherwise="Its line rises, less than another. Compare the height of the two ends.",
    why=f"From {wide[1982][steep.index[-1]]:.1f} to {wide[2011][steep.index[-1]]:.1f}. "
    "Below 50,000 inhabitants the classes hardly differ; above, the larger the towns, "
    "the steeper. “More skilled” is true everywhere and says little about small towns "
    "alone.")

# %% [markdown]
# In towns under 100,000 the workers aged 25–54 were {glue:text}`workers_1982:,` in 1982, still {glue:text}`workers_1999:,` in
# 1999, and {glue:text}`workers_2011:,` in 2011: the fall came late. Managers and intermediate occupations for each worker went
# from {glue:text}`ratio_1982:.2f` to {glue:text}`ratio_2011:.2f`. Both halves of the sentence hold, in occupations; whether the
# skilled ones work in industry these figures do not say.
#
# ### A quoted figure, and how not to compare it
#
# The introduction quotes that 29 % of the small towns of the European Union have an industrial profile (Hamdouch et al.
# 2017, cited in the introduction). Which share of ours has? It depends on where "industrial" begins. Take the share of
# workers in a town over the share in France, which the next chapters call the *specialisation index*, and move the
# threshold:

# %%
nation = france.loc[2011, "workers"] / france.loc[2011, OCCUPATIONS].sum()
index = location_quotient(share(towns["workers"], towns["at_work"]), nation)
ours = index[definitions["built-up area under 100,000"]]
steps = [1.0, 1.1, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6]
reached = [(ours >= step).mean() for step in steps]
profile = pd.DataFrame({"threshold": steps, "share of towns": reached})
glue(at_125=(ours >= 1.25).mean(), at_150=(ours >= 1.5).mean())

# %% tags=["hide-input"]
table(profile, "Where “industrial” begins decides how many towns are", data=TABLES[:3],
      formats={"share of towns": ".1%", "threshold": ".2f"},
      note="threshold on the share of workers, France = 1, 2011")

# %% [markdown]
# At 1.25 it is {glue:text}`at_125:.1%` of the towns, at 1.5 {glue:text}`at_150:.1%`. By choosing a threshold between the two we
# could have met the quoted figure, and it would have meant nothing: the two count different things, in different towns,
# with different bounds.
#
# ## The explorer
#
# Now all at once. Choose a meaning of the word and a bound; click a bar, or choose a size, to light those places on the
# map; look for a place that you know.

# %% tags=["hide-input"]
from widgets.explorers.towns import Towns

explorer = Towns()
explorer

# %% [markdown]
# Set the meaning to *the centre of an attraction area* and move the bound to the right: the number of towns hardly moves,
# the people do. Then choose *a dense or semi-dense town*: nearly all the places under 5,000 inhabitants go grey. They are
# two thirds of the towns in one meaning and almost absent in the other.
#
# ## The map
#
# Each circle is an urban unit, its area in proportion to its people, its colour the index. Zoom in, switch the layers,
# point at a town.

# %% tags=["hide-input"]
names = ["under 0.8", "0.8 to 1", "1 to 1.25", "1.25 and over"]
legend = dict(zip(names, STATES, strict=True))
colour = classify(index, [0.8, 1, 1.25], names).astype("str").map(legend)
size = size_class(towns["people"], [20_000, 100_000],
                  ["under 20,000", "20,000 to 100,000", "over 100,000"])
words = (towns["name"] + ": " + towns["people"].map("{:,} people".format)
         + towns["workers"].map(", {:,.0f} workers".format)
         + index.map(", index {:.2f}".format))
ground = town_map(towns, colour, words, layers=size)
show_map(ground, "Workers live in towns of the north, the east and the inland west",
         "Orange circles, towns where workers are over-represented, gather in the north, "
         "the east and the inland west; blue ones along the Mediterranean, around Paris "
         "and in the large cities.", legend, data=TABLES[:3],
         note="share of workers over that of France, 2011, by residence")

# %% [markdown]
# *How to read it.* A dark orange circle is a town whose residents at work are workers a quarter more often than in France. It
# is no count of factories: a town of commuters to a plant twenty kilometres away is orange too.

# %% tags=["hide-input"]
twin = towns.assign(index=index).sort_values(["index", "name"], ascending=[False, True])
twin = twin[["name", "department", "size_class", "people", "workers", "index"]]
twin.columns = ["town", "département", "size class", "people", "workers", "index"]
table(twin, "All urban units, from the highest index to the lowest", data=TABLES[:3],
      note="people in 2023, workers in 2011", name="towns")

# %% [markdown]
# ## Your own first widget
#
# A widget is a control tied to a function. `interact` reads the function's arguments and makes the controls: three numbers
# become a slider (from, to, step), a list becomes a menu.

# %%
def label_covers(bound: int = 100_000, of: str = "workers") -> None:
    """Say what part of France lies in urban units under a bound."""
    inside = towns["people"] < bound
    part = towns.loc[inside, of].sum() / totals[of]
    print(f"{inside.sum():,} towns under {bound:,} people hold {part:.1%} of the {of}")


label_covers(bound=50_000)

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact

interact(label_covers, bound=(20_000, 200_000, 20_000), of=["workers", "people"]);

# %% [markdown]
# The explorer above is a widget too, and its choices are its attributes. With Python running, set one and it moves:
#
# ```python
# explorer.bound = 20_000
# explorer.observe(lambda change: print(change["new"]), "meaning")    # say each new meaning
#
# from ipywidgets import SelectionSlider, jslink
# slider = SelectionSlider(options=[20_000, 50_000, 100_000])
# jslink((slider, "value"), (explorer, "bound"))                      # a slider of your own moves it
# slider
# ```

# %% [markdown]
# ## Bring the official files
#
# The tables of this book stop where open packages stop. Their producers publish more, free, on sites that this book does not
# ask for anything: you fetch the files, and everything after that happens on your machine. Five minutes:
#
# 1. **INSEE** (insee.fr): search for *Activité professionnelle des individus*, the harmonised censuses. In its list take
#    `pop-act2554-empl-sa-sexe-cd-6822.xlsx` (people aged 25–54 in work, by sector and sex, by commune of residence; 23.5 MB), and
#    if you like its sister by occupational group, `pop-act2554-csp-cd-6822.xlsx`. If the site hands out an archive, unpack it.
# 2. **INSEE** again: search for *base des unités urbaines* and take `UU2020_au_01-01-YYYY.xlsx`, of any year. It says which town a
#    commune belongs to; nothing can be summed without it. `AAV2020_au_01-01-YYYY.xlsx` (attraction areas) and
#    `ZE2020_au_01-01-YYYY.xlsx` (employment zones) are optional.
# 3. **Urssaf**, its open data site: search for *Nombre d’établissements employeurs et effectifs salariés du secteur privé, par
#    commune x APE* and export all of it as CSV (100–200 MB). Optional.
# 4. A list of **third places** as CSV or workbook, with a commune or coordinates and a kind for each. Optional.
#
# Do not open and save them again, keep their names, and put them into one folder. Then:
#
# ```
# make official FILES=~/Downloads/official BOOK_DATA=~/my-figures     # reads, counts what is lost, writes tables
# make own BOOK_DATA=~/my-figures                                     # chapters and the ledger on them, in _build/own
# ```
#
# A table that these commands wrote can also come to this page: press *Run the code here*, then *Bring a file* (CSV, at most 20 MB). It
# stays in the page, and the page says the line that reads it.
#
# What a right file looks like. The first rows of the sheet `DEP_1968` of INSEE's workbook, below a dozen lines of titles:
#
# | Région | Département | Libellé de département | Agriculture Hommes RP1968 | Agriculture Femmes RP1968 | Industrie Hommes RP1968 | … |
# |---|---|---|---|---|---|---|
# | RR24 | DR24 | LIBELLE24 | … | … | … | … |
# | 84 | 01 | Ain | 10756 | 8300 | 19496 | … |
#
# The column *Industrie* is **industrial employment by residence, people aged 25–54 in work**. It is what the second chapter can
# only approach by counting workers: not the same, since an engineer of a factory is no worker, and a worker of a building site is
# not in industry. And like workers it is counted where people live, not where the factory stands; Urssaf's file counts jobs
# where they are. If a file is not the right one, cut short, or protected by a password, one sentence says so and nothing is
# written.
#
# ## How far can this be trusted?
#
# - **A stand-in.** Workers by residence are not industrial jobs. Over the départements the two go together without being
#   the same, and they part more in some regions than in others.
# - **Several dates.** Populations are of 2023, workers of 2011, size classes of 2016, urban units of 2010, attraction areas of 2020.
#   A town that has grown past a bound since then is still in its old class.
# - **Estimated counts.** Before 2006 these figures come from one form in four, and since then the census asks a part of the people
#   each year: for a town of 3,000, a difference of a few dozen workers may be noise.
# - **What does not move.** That small towns hold more than their share of workers is true in the classes under 100,000 taken one
#   by one. That official definitions hardly agree is true of each pair of them.
#
# ## Exercises
#
# :::{exercise}
# :label: towns-read
# *Read.* In the table of size classes, which class has the largest share of workers, and which the largest share of
# workers compared with its share of people?
# :::
#
# :::{solution} towns-read
# :class: dropdown
# The largest share of workers is in the class 200,000–1,999,999, because it has by far the most people. Divide the last
# column by the one before it: the result is highest among the smallest towns. A share of a total and a ratio of two shares
# answer two questions.
# :::
#
# :::{exercise}
# :label: towns-bound
# *Change a number.* What share of France's workers do urban units of 20,000 to 50,000 inhabitants hold? Write
# `held(low, high)`, which gives the share for any two bounds: `low` is in, `high` is out. Use `coverage`.
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_held(held):
    """Two bands of sizes, counted without `coverage`."""
    def share_between(low, high, of="workers"):
        return towns.loc[towns["people"].between(low, high - 1), of].sum() / totals[of]
    wrong = [(share_between(20_000, 50_000, "people"), "That is their share of the "
              "people: take the row of the workers."),
             (share_between(0, 50_000), "These are all units under the upper bound: "
              "leave out those under `low` too."),
             (share_between(20_000, 50_000) * totals["workers"], "That is how many "
              "workers: the share divides it by all workers of France.")]
    return check.compare(
        held(20_000, 50_000), share_between(20_000, 50_000), wrong,
        otherwise="Make a column of True and False for the units between the bounds.",
    ) or check.compare(
        held(5_000, 10_000), share_between(5_000, 10_000), otherwise="It is right for "
        "20,000 to 50,000 only: use `low` and `high` in place of the numbers.")


glue(held_middle=towns.loc[towns["people"].between(20_000, 49_999), "workers"].sum()
     / totals["workers"])

# %% [markdown]
# :::{solution-start} towns-bound
# :class: dropdown
# :::

# %% tags=["exercise"]
def held(low, high):
    """Share of France's workers in urban units of `low` to under `high` inhabitants."""
    inside = (towns["people"] >= low) & (towns["people"] < high)
    return coverage(towns, inside, totals).loc["workers", "share"]


check_held(held)

# %% [markdown]
# From 20,000 to 50,000 inhabitants it is {glue:text}`held_middle:.1%` of the workers.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: towns-agree
# *Compare.* Do "dense or semi-dense town" and "urban unit of 10,000 to 100,000 inhabitants" agree better than the
# definitions above? Compute the Jaccard index. Then write `in_one(one, other)`, which gives the rows of `towns`
# that only one of two definitions accepts.
# :::

# %% tags=["hide-input", "exercise-check"]
middle = towns["people"].between(10_000, 99_999)
dense = definitions["dense or semi-dense town"]
glue(middle_dense=agreement(dense, middle).jaccard)


@check.exercise
def check_in_one(in_one):
    """Counted as 0, 1 or 2 definitions that accept a town."""
    accepted = middle.astype(int) + dense.astype(int)
    wrong = [(towns[accepted == 2], "Both definitions accept these: you want those that "
              "one accepts and the other does not."),
             (towns[middle & ~dense], "Only the first definition accepts these: add "
              "those that only the second accepts."),
             (towns[accepted > 0], "Some of these are accepted by both: `|` keeps them."),
             ((accepted == 1).sum(), "That is how many: give their rows of `towns`.")]
    return check.compare(in_one(middle, dense), towns[accepted == 1], wrong,
                         otherwise="`one ^ other` is True where exactly one is True.")


# %% [markdown]
# :::{solution-start} towns-agree
# :class: dropdown
# :::

# %% tags=["exercise"]
def in_one(one, other):
    """The towns that only one of two definitions accepts."""
    return towns[one ^ other]


check_in_one(in_one)

# %% [markdown]
# The index is {glue:text}`middle_dense:.2f`, more than for any pair above: most of the smallest units are rural to the density
# grid, and leaving them out brings the two closer. They still part, and `in_one(dense, middle)` says where.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: towns-open
# *Open.* Choose the definition of "small and medium-sized town" that you would defend in an essay on reindustrialisation.
# Write in three sentences what it counts, what it leaves out, and which result of this chapter changes with it.
# :::
#
# :::{solution} towns-open
# :class: dropdown
# There is no one answer. A good one names the unit (shape, density or flow), the bound and its reason, and gives two
# figures from this page: what the definition covers, and one result that moves. For instance: centres of attraction areas
# leave out the towns that lie in a metropolis's ring; so the number of towns and their part of the workers both fall.
# :::
#
# ## Summary
#
# "Small and medium-sized towns" are {glue:text}`towns:,` places, {glue:text}`by_density:,` or {glue:text}`by_flow:,`, according to the
# definition, and the three official ones hardly agree on which. By each of them such towns hold a good part of the
# country's workers, and under 100,000 inhabitants more than their share. Between 1982 and 2011 workers became fewer and
# skilled occupations more frequent, in towns of every size.
#
# ## Further reading
#
# The introduction itself {cite:p}`introduction`. Works on towns and industry that it cites: Carrier & Demazière 2012; Bole
# 2021; Hamdouch et al. 2017 (cited in the introduction). On the rank–size rule: {cite:t}`gabaix2011`.
