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
# **Its claim.** Industry was never the metropolises' alone: it made many small and medium-sized towns, and it is still there, with
# fewer jobs and more skilled ones (§3–5).
#
# :::{admonition} On our figures: it holds, for a stand-in, and the size of the answer hangs on the word "town"
# :class: verdict
# Towns under 100,000 inhabitants hold {glue:text}`towns_workers:.1%` of France's workers if a town is a continuous built-up area.
# With two other official meanings of the word they hold {glue:text}`density_workers:.1%` or {glue:text}`pole_workers:.1%`. Since 1982
# there are fewer workers in them, and more managers and technicians for each worker.
#
# *What would change it:* industrial jobs counted where they are, instead of workers counted where they live; another bound than
# 100,000; another meaning of "town".
# :::

# %%
import altair as alt
import pandas as pd

from data import load
from methods.towns import agreement, coverage, rank_size, size_class, skill_ratio
from widgets import INDUSTRY, SERVICES, STATES, Points, base_map, data_used, figure, glue, radius, show_map, start, table

start()
units = load("urban_units").set_index("urban_unit")
occupations = load("urban_units_occupations")
classes = load("size_class_occupations")
france = load("france_occupations").set_index("year")

# %% [markdown]
# The next picture is the chapter in one image: three official meanings of "town", and what part of France's people and of its
# workers each of them covers. The code stands above it, ready to be changed; the steps are taken one by one further down.

# %% tags=["hide-input"]
GROUPS = ["farmers", "self_employed", "managers", "intermediate", "clerical", "workers"]
now = occupations.query("year == 2011").set_index("urban_unit")
towns = units.assign(people=units["population_2023"], workers=now["workers"], at_work=now[GROUPS].sum(axis=1))
totals = pd.Series({"people": load("communes")["population_2023"].sum(), "workers": france.loc[2011, "workers"]})
definitions = {
    "built-up area under 100,000": units["size_class"] <= "50,000–99,999",
    "dense or semi-dense town": units["degurba"].isin(["dense town", "semi-dense town"]),
    "centre of an area under 200,000": (units["aav_category"] == "centre") & (units["aav_class"].isin(["under 50,000", "50,000–199,999"])),
}
covered = coverage(towns, definitions, totals)

# %% tags=["hide-input"]
TABLES = ["urban_units", "urban_units_occupations", "france_occupations", "communes"]
parts = covered[["share_people", "share_workers"]].set_axis(["people", "workers"], axis=1)
long = parts.rename_axis("definition").reset_index().melt("definition", var_name="of", value_name="share")
low, high = covered["share_workers"].min(), covered["share_workers"].max()
title = f"Call it a town, and it holds {low:.0%} or {high:.0%} of France’s workers"
dots = alt.Chart(long).mark_point(filled=True, size=130, opacity=1).encode(
    x=alt.X("share:Q", title="share of the whole country", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(zero=True)),
    y=alt.Y("definition:N", title=None, sort=list(definitions), axis=alt.Axis(labelLimit=220, domain=False, ticks=False)),
    color=alt.Color("of:N", scale=alt.Scale(domain=["people", "workers"], range=[CONTEXT, INDUSTRY])))
figure(dots.properties(title=title, height=150), data=TABLES, alt_text=f"{title}. For each of three definitions, a point for its share "
       f"of people and a point for its share of workers: " + "; ".join(f"{d}, {r.share_people:.0%} and {r.share_workers:.0%}" for d, r in covered.iterrows()))
glue(towns_workers=high, density_workers=covered["share_workers"].iloc[1], pole_workers=covered["share_workers"].iloc[2])

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** say what an urban unit, a degree of urbanisation and an attraction area are; count what
# a definition covers; measure how far two definitions agree; and read a figure about "towns" by first asking which ones.
#
# **Time.** {planned-minutes}. **You need** to read a table and a percentage; no Python is needed to read, a little to do the exercises.

# %% tags=["hide-input"]
data_used("urban_units", "urban_units_occupations", "size_class_occupations", "france_occupations", "communes", "timeline", "published_figures")

# %% [markdown]
# ## The question
#
# ### Why now
#
# The introduction opens with a change of mood: industry is back on the agenda, in Europe and in the United States (§1). The table
# retells its reasons in our words. Of all these events it dates only one to the day, and we add no date of our own.

# %%
timeline = load("timeline")
table(timeline[["event", "place", "kind", "date", "paragraph"]], "Why industry is back on the agenda, after the introduction (§1–2)",
      data=["timeline"], name="timeline")

# %% [markdown]
# Put together, they tell a story in three steps. Shocks showed what a country no longer makes for itself. States answered with money
# and law. And the words changed: from the "Start-up Nation" to the "industrial reconquest". Places come into it at once, because a
# factory needs land, and land is where towns are: a battery works in the Pas-de-Calais, a medicine maker in the Ardèche.
#
# ### What is a small or medium-sized town?
#
# The issue as a whole works with urban units under 100,000 inhabitants (§7). France counts towns in at least three official ways:
#
# - An **urban unit** (*unité urbaine*) is a patch of buildings with no gap over 200 metres and at least 2,000 inhabitants. It is a
#   *shape*.
# - The **degree of urbanisation** puts a grid of one-kilometre squares over Europe and looks at how densely each is peopled. It is a
#   *density*; "dense town" and "semi-dense town" are two of its classes.
# - An **attraction area** (*aire d'attraction des villes*) is a centre together with the communes that send it at least 15 % of their
#   workers (INSEE, quoted). It is a *flow*; its centre can be called a town too.
#
# Shape, density, flow: the same place can be a town in one sense and not in another. Does that matter? It does if a conclusion
# about "towns" holds for one and not for another.
#
# ## What differs from the introduction
#
# The introduction gives no table of its own: its figures come from works that it cites. Ours are INSEE's censuses, and they count
# *workers* where they live, not industrial jobs where they are; see [how to read this book](../book/how_to_read.md). They stop in 2011,
# populations in 2023.
#
# ## By hand: twelve toy towns
#
# Twelve invented towns are enough to see what a definition does. Each has a population, a density class and a role in the commuting
# around it.

# %%
toy = pd.DataFrame({
    "town": list("ABCDEFGHIJKL"),
    "people": [2_500, 3_000, 4_000, 6_000, 8_000, 9_000, 15_000, 18_000, 30_000, 60_000, 120_000, 400_000],
    "workers": [400, 300, 600, 800, 900, 1_500, 1_600, 2_400, 3_000, 6_000, 9_000, 24_000],
    "density": ["rural", "rural", "town", "rural", "town", "town", "suburb", "town", "town", "town", "city", "city"],
    "role": ["ring", "centre", "ring", "outside", "centre", "ring", "ring", "centre", "centre", "centre", "centre", "centre"],
}).set_index("town")
table(toy.reset_index(), "Twelve toy towns, the whole of them", kind="toy")

# %% [markdown]
# Sort them by size first. `size_class` takes any bounds; a town of exactly 10,000 goes up, as in INSEE's classes.

# %%
toy["class"] = size_class(toy["people"], bounds=[10_000, 100_000], labels=["small", "medium", "large"])
toy["class"].value_counts(sort=False).to_frame("towns")

# %% [markdown]
# Now three meanings of "town", and what each covers. Before you run the cell, count the second row with a pencil: which towns are
# called *town* by their density, and how many workers do they have together?

# %%
meanings = {"shape: under 100,000": toy["people"] < 100_000, "density: town": toy["density"] == "town",
            "flow: centre under 100,000": (toy["role"] == "centre") & (toy["people"] < 100_000)}
table(coverage(toy, meanings, toy[["people", "workers"]].sum()).reset_index(), "What three definitions cover among twelve toy towns",
      kind="toy", formats={"share_people": ".1%", "share_workers": ".1%"})

# %% [markdown]
# How far do two definitions agree? Count the towns that both accept, and divide by the towns that at least one accepts. This share
# is the **Jaccard index**: 1 when the two lists are the same, 0 when they have nothing in common.

# %%
pair = agreement(meanings["density: town"], meanings["flow: centre under 100,000"])
print(f"both: {pair.both}, only density: {pair.only_first}, only flow: {pair.only_second}, Jaccard index: {pair.jaccard:.2f}")

# %% [markdown]
# ## On real figures
#
# ### How many towns, people, workers?
#
# Metropolitan France has {glue:text}`units:,` urban units. INSEE's size classes, fixed in 2016, split them as follows. Populations
# are those of today's communes that hold the unit, so that 2019 and 2023 can be compared.

# %%
by_class = towns.groupby("size_class", observed=True).agg(towns=("name", "size"), people=("people", "sum"), workers=("workers", "sum"))
by_class["share of people"] = by_class["people"] / totals["people"]
by_class["share of workers"] = by_class["workers"] / totals["workers"]
glue(units=len(units), towns=int(definitions["built-up area under 100,000"].sum()))
table(by_class.reset_index(names="size class"), "Most towns are very small, and hold more than their share of workers", data=TABLES,
      formats={"share of people": ".1%", "share of workers": ".1%"}, name="size_classes")

# %% [markdown]
# Compare the last two columns row by row: in every class under 100,000 inhabitants the share of workers is above the share of
# people; in every class over 100,000 it is below. That much does not hang on where a line is drawn.
#
# ### Three definitions, hardly the same towns
#
# The first definition keeps {glue:text}`towns:,` towns. The other two keep a quarter of that, and not the same quarter.

# %%
names = list(definitions)
jaccard = pd.DataFrame([[agreement(definitions[a], definitions[b]).jaccard for b in names] for a in names], index=names, columns=names)
glue(jaccard_low=jaccard.min().min(), jaccard_high=jaccard.where(jaccard < 1).max().max())
table(jaccard.rename_axis("definition").reset_index(), "How far three definitions agree (Jaccard index: 1 is full agreement)",
      data=["urban_units"], formats=dict.fromkeys(names, ".2f"))

# %% [markdown]
# Their agreement lies between {glue:text}`jaccard_low:.2f` and {glue:text}`jaccard_high:.2f`. Two sentences about "small and
# medium-sized towns" can both be right and speak of different places.
#
# The cross-table shows where they part. Read along a row: the smallest built-up areas are mostly *rural* to the density grid.

# %%
short = {"city": "city", "dense town": "town", "semi-dense town": "town", "suburb": "suburb"}
grid = units["degurba"].astype("string").map(short).fillna("rural").astype(pd.CategoricalDtype(["rural", "suburb", "town", "city"]))
cross = agreement(units["size_class"], grid).table
table(cross.rename_axis("size class").reset_index(), "Most of the smallest built-up areas are rural by their density", data=["urban_units"])

# %% [markdown]
# ### Move the bound yourself
#
# Why 100,000? Drag the bound and watch what the label "town" covers. Here a town is an urban unit whose population in 2023 lies
# under the bound.

# %%
bound = alt.param(name="bound", value=100_000, bind=alt.binding_range(min=20_000, max=200_000, step=5_000, name="A town has fewer inhabitants than "))
slim = towns.reset_index()[["people", "workers"]].assign(towns=1)
shares = [f"sum_{c}" for c in ("towns", "people", "workers")]
whole = {"towns": len(towns), "people": int(totals["people"]), "workers": int(totals["workers"])}
chart = alt.Chart(slim).transform_filter("datum.people < bound").transform_aggregate(**{k: f"sum({k})" for k in whole})
chart = chart.transform_calculate(**{f"of {k}": f"datum.{k} / {n}" for k, n in whole.items()}).transform_fold([f"of {k}" for k in whole], as_=["what", "share"])
base = chart.encode(y=alt.Y("what:N", title=None, sort=[f"of {k}" for k in whole]), x=alt.X("share:Q", title="share of all urban units, of France’s people, of France’s workers",
                    axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])))
words = base.mark_text(align="left", dx=5).encode(text=alt.Text("share:Q", format=".1%"))
figure((base.mark_bar(color=INDUSTRY, height=22) + words).add_params(bound).properties(height=120, title="Nearly all towns are small; their people and workers are not nearly all"),
       data=TABLES, alt_text="Bars for the share of urban units, of people and of workers that lie under a bound; a slider moves the bound from 20,000 to 200,000 inhabitants.")

# %% [markdown]
# The first bar hardly moves, the other two do: the count of towns is decided by the many small ones, the count of people and
# workers by the few large ones. A sentence that counts towns and a sentence that counts people answer two questions.
#
# ### Many small, few large: a regularity
#
# Sizes of towns follow a rule known in many countries: the town of rank ten has about a tenth of the people of the first. On a
# chart with two logarithmic scales the towns fall on a line of slope −1. The slope is estimated with ranks lowered by one half and a
# standard error of its own {cite:p}`gabaix2011`, because the usual one is too sure of itself.

# %%
sizes = towns["people"].sort_values(ascending=False)
rule = rank_size(sizes.head(500))
glue(slope=rule.slope, slope_low=rule.low, slope_high=rule.high)
ranked = pd.DataFrame({"people": sizes.to_numpy(), "rank": range(1, len(sizes) + 1), "name": units["name"].reindex(sizes.index).to_numpy()}).head(500)
line = alt.Chart(ranked).mark_circle(size=28, color=SERVICES).encode(
    x=alt.X("people:Q", scale=alt.Scale(type="log"), title="people in 2023"), tooltip=["name", "people", "rank"],
    y=alt.Y("rank:Q", scale=alt.Scale(type="log"), title="rank"))
figure(line.properties(title="The 500 largest towns nearly follow the rank–size rule"), data=["urban_units"],
       alt_text="Rank against population of the 500 largest urban units on two logarithmic scales: the points fall nearly on a line going down.")

# %% [markdown]
# The slope is {glue:text}`slope:.2f`, with a 95 % interval from {glue:text}`slope_low:.2f` to {glue:text}`slope_high:.2f`, census
# figures of 2023. There is no gap on this line where "small" would end and "medium" begin: the bound is ours to choose, and so
# ours to defend.
#
# ### Growing and shrinking towns
#
# The introduction recalls that many of these towns lost jobs, and some lost inhabitants too (§3). Between 2019 and 2023, how many
# did, and are those the ones with more workers?

# %%
small = towns[definitions["built-up area under 100,000"]].copy()
small["population"] = (small["population_2023"] < small["population_2019"]).map({True: "shrinking", False: "stable or growing"})
trend = small.groupby("population").agg(towns=("name", "size"), people=("people", "sum"), workers=("workers", "sum"), at_work=("at_work", "sum"))
trend["workers among those at work, 2011"] = trend["workers"] / trend["at_work"]
glue(shrinking=int(trend.loc["shrinking", "towns"]), shrinking_share=trend.loc["shrinking", "towns"] / len(small),
     workers_shrinking=trend.iloc[0, -1], workers_growing=trend.iloc[1, -1])
table(trend.drop(columns=["at_work", "workers"]).reset_index(), "Towns that lose inhabitants have more workers among those at work",
      data=TABLES[:2], formats={"workers among those at work, 2011": ".1%"})

# %% [markdown]
# {glue:text}`shrinking:,` of the towns under 100,000, or {glue:text}`shrinking_share:.0%`, had fewer inhabitants in 2023 than in 2019. Workers
# were {glue:text}`workers_shrinking:.1%` of those at work there in 2011, against {glue:text}`workers_growing:.1%` in the others. That
# is a difference between two groups of towns, not a cause: shrinking towns also lie more often in some regions than in others.

# %%
change = towns.groupby("size_class", observed=True)[["population_2019", "population_2023"]].sum()
change["change"] = change["population_2023"] / change["population_2019"] - 1
change["shrinking towns"] = (towns["population_2023"] < towns["population_2019"]).groupby(towns["size_class"], observed=True).mean()
table(change.reset_index(names="size class"), "Every size class gained people from 2019 to 2023, yet two small towns in five lost some",
      data=["urban_units"], formats={"change": ".1%", "shrinking towns": ".0%"}, name="population_change")

# %% [markdown]
# ### Fewer workers, more skilled work
#
# Industry has changed, says the introduction: fewer jobs, more skilled ones (§4). Our figures can't see jobs in industry, but they
# can see occupations. For each worker, how many managers and technicians (*cadres* and *professions intermédiaires*) live in
# towns of each size?

# %%
classes["skill"] = skill_ratio(classes)
ends = classes.query("year == 2011")
lines = alt.Chart(classes).mark_line(point=True).encode(
    x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)), y=alt.Y("skill:Q", title="managers and technicians for one worker"),
    color=alt.Color("size_class:O", scale=alt.Scale(scheme="greys"), legend=None), tooltip=["size_class", "year", alt.Tooltip("skill:Q", format=".2f")])
figure(lines.properties(title="Everywhere, and first in large towns: more skilled work for each worker"), data=["size_class_occupations"],
       alt_text="Lines from 1982 to 2011, one for each size class: all rise, the larger the class the steeper.")

# %%
small_classes = classes[(classes["size_class"] >= "2,000–4,999") & (classes["size_class"] <= "50,000–99,999")]
path = small_classes.groupby("year")[GROUPS].sum()
path = path.assign(skilled=path["managers"] + path["intermediate"], ratio=skill_ratio(path))[["workers", "skilled", "ratio"]]
glue(workers_1982=int(path["workers"].iloc[0]), workers_2011=int(path["workers"].iloc[-1]), ratio_1982=path["ratio"].iloc[0], ratio_2011=path["ratio"].iloc[-1])
table(path.reset_index(), "Towns under 100,000: fewer workers, more managers and technicians", data=["size_class_occupations"], formats={"ratio": ".2f"})

# %% [markdown]
# In towns under 100,000 the number of workers aged 25–54 went from {glue:text}`workers_1982:,` to {glue:text}`workers_2011:,`, and the
# managers and technicians for each of them from {glue:text}`ratio_1982:.2f` to {glue:text}`ratio_2011:.2f`. Both halves of the sentence hold, in
# occupations; whether the skilled ones work in industry these figures do not say.
#
# ### A quoted figure, and how not to compare it
#
# The introduction quotes that 29 % of the small towns of the European Union have an industrial profile (Hamdouch et al. 2017, cited
# in the introduction). Which share of ours has? It depends on where "industrial" begins. Take the share of workers in a town over
# the share in France, and move the threshold:

# %%
index = (towns["workers"] / towns["at_work"]) / (france.loc[2011, "workers"] / france.loc[2011, GROUPS].sum())
steps = pd.Series([1.0, 1.1, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6])
under = index[definitions["built-up area under 100,000"]]
profile = pd.DataFrame({"threshold (France = 1)": steps, "share of towns": [(under >= t).mean() for t in steps]})
glue(at_125=(under >= 1.25).mean(), at_150=(under >= 1.5).mean())
table(profile, "Where “industrial” begins decides how many towns are", data=TABLES[:3], formats={"share of towns": ".1%", "threshold (France = 1)": ".2f"})

# %% [markdown]
# At 1.25 it is {glue:text}`at_125:.1%` of the towns, at 1.5 {glue:text}`at_150:.1%`: by choosing the threshold we could have met the quoted figure, and
# it would have meant nothing. The two count different things (jobs or residents), in different towns, with different bounds.

# %% [markdown]
# ## The map
#
# Each circle is an urban unit, its area in proportion to its people, its colour the share of workers over that of France. Zoom in,
# switch the layers, point at a town.

# %%
STEPS = {"under 0.8": STATES[0], "0.8 to 1": STATES[1], "1 to 1.25": STATES[2], "1.25 and over": STATES[3]}
colour = pd.cut(index, [0, 0.8, 1, 1.25, 9], right=False, labels=list(STEPS.values())).astype("string")
size = size_class(towns["people"], bounds=[20_000, 100_000], labels=["under 20,000", "20,000 to 100,000", "over 100,000"])
words = towns["name"] + ": " + towns["people"].map("{:,}".format) + " people, " + towns["workers"].map("{:,.0f}".format) + " workers, index " + index.map("{:.2f}".format)
ground = base_map()
for name, group in towns.sort_values("people", ascending=False).groupby(size, observed=True):
    Points(group, f"Towns {name}", colour[group.index], radius(group["people"]), words[group.index]).add_to(ground)

# %%
top = index[under.index].groupby(units["department"]).apply(lambda q: (q >= 1.25).mean())
show_map(ground, "Workers live in the towns of the north, the east and the west, less along the coasts and around Paris",
         "Orange circles, towns with a high share of workers, gather in the north, the east and inland in the west; blue ones along the "
         "Mediterranean, around Paris and in the large cities.", STEPS, TABLES[:3], note="share of workers over that of France, 2011")

# %% [markdown]
# *How to read it.* A small orange circle is a town whose working residents are workers a quarter more often than in France. It is not
# a count of factories: a village of commuters to a plant twenty kilometres away is orange too.

# %%
twin = towns.assign(index=index).sort_values("index", ascending=False)[["name", "department", "size_class", "people", "workers", "index"]]
twin.columns = ["town", "département", "size class", "people 2023", "workers 2011", "index"]
table(twin, "All urban units, from the highest share of workers to the lowest", data=TABLES[:3], formats={"index": ".2f", "workers 2011": ",.0f"}, name="towns")

# %% [markdown]
# ## Your own first widget
#
# A widget is a control tied to a function. `interact` reads the function's arguments and makes the controls: a pair of numbers
# becomes a slider, a list becomes a menu.

# %%
def label_covers(bound: int, of: str = "workers") -> str:
    """What part of France's total lies in urban units under a bound."""
    inside = towns["people"] < bound
    return f"{inside.sum():,} urban units under {bound:,} inhabitants hold {towns.loc[inside, of].sum() / totals[of]:.1%} of France's {of}"

print(label_covers(100_000))

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact
interact(label_covers, bound=(20_000, 200_000, 20_000), of=["workers", "people"]);

# %% [markdown]
# ## How far can this be trusted?
#
# - **A stand-in.** Workers by residence are not industrial jobs: over 93 départements the two go together, but not perfectly, and they part
#   more in some regions than in others.
# - **Two dates.** Populations are of 2023, workers of 2011, zonings of 2010 and 2020. A town that has grown past a bound since then is
#   still in its old class.
# - **Counts that are estimates.** Since 2006 the census asks a part of the people in each commune each year; for a town of 3,000, a
#   difference of a few dozen workers may be noise.
# - **What does not move.** That classes under 100,000 hold more than their share of workers is true for each of the five classes taken
#   alone; that three definitions hardly agree is true for any bound we tried.
#
# ## Exercises
#
# :::{exercise}
# :label: towns-read
# *Read.* In the table of size classes, which class has the largest share of workers, and which the largest share of workers compared
# with its share of people?
# :::
#
# :::{solution} towns-read
# :class: dropdown
# The largest share of workers is in the class 200,000–1,999,999, because it has by far the most people. Divide the last column by the
# one before it: the result is highest among the smallest towns. A share of a total and a ratio of two shares answer two questions.
# :::
#
# :::{exercise}
# :label: towns-bound
# *Change a number.* What share of France's workers do urban units of 20,000 to 50,000 inhabitants hold? Use `coverage` with a
# definition of your own.
# :::
#
# :::{solution-start} towns-bound
# :class: dropdown
# :::

# %%
mine = {"20,000 to 50,000": towns["people"].between(20_000, 49_999)}
coverage(towns, mine, totals).round(3)

# %% [markdown]
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: towns-agree
# *Compare.* Do "dense or semi-dense town" and "urban unit of 10,000 to 100,000 inhabitants" agree better than the definitions above?
# Compute the Jaccard index, and list five towns that only one of the two accepts.
# :::
#
# :::{solution-start} towns-agree
# :class: dropdown
# :::

# %%
middle = towns["people"].between(10_000, 99_999)
dense = definitions["dense or semi-dense town"]
print(f"Jaccard index {agreement(dense, middle).jaccard:.2f}")
towns[dense ^ middle].nlargest(5, "people")[["name", "people", "degurba"]]

# %% [markdown]
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: towns-open
# *Open.* Choose the definition of "small and medium-sized town" that you would defend in an essay on reindustrialisation. Write in
# three sentences what it counts, what it leaves out, and which result of this chapter changes with it.
# :::
#
# :::{solution} towns-open
# :class: dropdown
# There is no one answer. A good one names the unit (shape, density or flow), the bound and its reason, and gives two figures from this
# page: what the definition covers, and one result that moves. For instance: centres of attraction areas under 200,000 leave out the towns
# that lie in a metropolis's ring, where many small factories are; so the share of workers falls.
# :::
#
# ## Summary
#
# "Small and medium-sized towns" are 2,000 places or 500, according to the definition, and the three official ones hardly agree on which. By
# each of them such towns hold a good part of the country's workers; under 100,000 inhabitants, every size class holds more than its
# share. Since 1982 workers have become fewer and skilled occupations more frequent, everywhere.
#
# ## Further reading
#
# The introduction itself {cite:p}`introduction`. Works on towns and industry that it cites: Carrier & Demazière 2012; Bole 2021; Hamdouch et al.
# 2017 (cited in the introduction). On the rank–size rule: {cite:t}`gabaix2011`.
