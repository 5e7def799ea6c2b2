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
# # Before the recovery: taking change apart
#
# **The article.** Gros-Balthazard and Talandier, "Réindustrialiser les territoires, la revanche des villes petites et
# moyennes ?", *EchoGéo* no. 63, 2023 ([read it](https://journals.openedition.org/echogeo/24842)) {cite:p}`recovery`.
#
# **Its claim.** In 2016–2019 France creates industrial jobs again. It is a "revenge" of small and medium-sized towns, but a
# partial one: the jobs gather in the largest areas, helped by sector and region effects; inside these areas rural places lead,
# then small and medium-sized towns; and the trend turns in almost all small and medium-sized towns (introduction §8).
#
# :::{admonition} On our figures: the recovery is out of sight; they stop in 2011 and show the slide before it
# :class: verdict
# Workers by residence fell by {glue:text}`fall_1:.2%`, {glue:text}`fall_2:.2%`, {glue:text}`fall_3:.2%` and
# {glue:text}`fall_4:.2%` a year in four periods from 1982 to 2011: this is the slide that the recovery is said to end. **No
# recovery is measured on this page.** What can be said of the slide: it came last, and slowest, outside urban units; small
# towns near a large centre lost fewer workers than small centres did, but there everybody grew, so that workers lost ground
# fastest; the largest units had the best mix of occupations, small places the best local effect; and of
# {glue:text}`upturns` towns that turn from loss to gain after 2006, {glue:text}`upturns_clear` are beyond sampling noise.
#
# *What would change it:* industrial jobs by sector and commune after 2011. The tables that would do it are named at the end
# of the page, and the functions here take them as they are.
# :::

# %% tags=["hide-input"]
from itertools import pairwise

import altair as alt
import pandas as pd

from data import OCCUPATIONS, REGIONS, load, region_of
from methods.dynamics import (contribution, count_error, growth, growth_interval,
                              local_interval, reversals_by_noise, trend_reversal)
from methods.shiftshare import (dynamic_shift_share, homothetic_shift_share, per_year,
                                pool, regional_shift_share, shift_share, total)
from widgets import CONTEXT, INDUSTRY, SERVICES
from widgets import check, data_used, figure, glue, show_claims
from widgets import show_map, start, table, town_map
from widgets.charts import interval_dots

start()
units = load("urban_units").set_index("urban_unit").sort_index()
occupations = load("urban_units_occupations")
classes = load("size_class_occupations")
france = load("france_occupations")
departments = load("department_occupations")
published = load("published_figures").set_index("figure")

# %% tags=["hide-input"]
show_claims("03_recovery")

# %% [markdown]
# The next picture is the verdict in one image: growth of the number of workers, period by period. To the right of the last
# step there is nothing to see, and that is the point.

# %% tags=["hide-input"]
YEARS = [1982, 1990, 1999, 2006, 2011]


def tidy(wide, unit):
    """One row per unit, group and year, from one column per group."""
    long = wide.melt([unit, "year"], OCCUPATIONS, "group", "jobs")
    return long.rename(columns={unit: "unit"}).astype({"unit": "str"})


by_class = tidy(classes, "size_class")
outside = pd.Series(dict.fromkeys(by_class["unit"].unique(), "urban units"))
outside["outside urban units"] = "outside urban units"
three = pd.concat([pool(by_class, pd.Series("France", outside.index), YEARS),
                   pool(by_class, outside, YEARS)])
slide = growth(three[three["group"] == "workers"], YEARS)

# %% tags=["hide-input"]
steps = slide.round(5).rename_axis("who").reset_index().melt("who", value_name="rate")
steps["from"], steps["to"] = [steps["variable"].str[s].astype(int)
                              for s in (slice(4), slice(5, None))]
at = steps["who"].map({"urban units": 2006}).fillna(1982)      # where its name stands
steps["name"] = steps["who"].where(steps["from"] == at, "")
years = alt.X("from:Q", title=None, scale=alt.Scale(domain=[1982, 2020], nice=False),
              axis=alt.Axis(values=[*YEARS, 2016], format="d", grid=False))
colour = alt.Color("who:N", legend=None, scale=alt.Scale(
    domain=list(slide.index), range=[INDUSTRY, SERVICES, CONTEXT]))
base = alt.Chart(steps).encode(years, alt.Y(
    "rate:Q", title="growth a year", axis=alt.Axis(format="+.1%")), colour)
lines = base.mark_rule(strokeWidth=4).encode(alt.X2("to:Q"), tooltip=[
    "who", "from", "to", alt.Tooltip("rate:Q", format="+.2%")])
names = [base.transform_filter(f"datum.who == '{who}'").mark_text(
    align="left", dy=12 if who == "urban units" else -10).encode(alt.Text("name:N"))
    for who in slide.index]
numbers = base.transform_filter("datum.who == 'France'").mark_text(
    align="left", dy=14).encode(alt.Text("rate:Q", format="+.2%"))
blank = pd.DataFrame({"from": [2016], "to": [2019], "words": ["no figures"]})
gap = alt.Chart(blank).encode(years, alt.X2("to:Q"))

# %% tags=["hide-input"]
TABLES = ["size_class_occupations"]
words = gap.mark_text(angle=270, dx=-110, dy=14, color="#50585F").encode(
    alt.Text("words:N"))
fall = slide.loc["France"]
glue(**{f"fall_{n}": -rate for n, rate in enumerate(fall, 1)})
title = "Workers: a slide that grew steeper, and figures that stop in 2011"
chart = alt.layer(gap.mark_rect(color="#EDEBE6"), words, lines, *names, numbers)
figure(chart.properties(title=title, height=320), data=TABLES,
       note="grey: 2016–2019, the years of the article",
       alt_text="Growth of the number of workers a year in four periods. France: "
       + "; ".join(f"{period}, {rate:.2%}" for period, rate in fall.items())
       + ". Outside urban units it is higher and falls too. From 2016 to 2019 a grey "
       "band: no figures.")

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** take the change of a place apart by shift-share, in four ways, and say what each
# part does and does not mean; compare places of the same size in different settings; and tell a change of trend from noise.
#
# **Time.** {planned-minutes}. **You need** [the first chapter](01_towns.ipynb) for attraction areas and size classes, and
# percentages of percentages. No Python is needed to read.

# %% tags=["hide-input"]
data_used("urban_units", "urban_units_occupations", "size_class_occupations",
          "department_occupations", "france_occupations", "published_figures")

# %% [markdown]
# ## The question
#
# A town gains 20 jobs. Is that because the country grew, because the town's sectors grew everywhere, because its region did
# well, or because of the town itself? **Shift-share** answers by bookkeeping: it compares the town with what would have
# happened had each of its groups grown as in the country. The introduction speaks of *sector effects* and *region effects*
# of the largest areas (§8). Those are words of this method, or of one near it.
#
# We cannot ask our figures whether industry recovered. We can ask them four things about the years before. Where was the
# loss of workers slower? How much of a place's change comes with its mix? Do isolated towns lose more than towns of
# the same size in a large area? And when a town's trend changes sign, is that news or noise? Each question is one that the
# article's years could be asked with the same functions.
#
# ## What differs from the article
#
# - **What is counted.** The article speaks of industrial jobs. We count residents aged 25–54 in work, in six occupational
#   groups, *workers* among them, where they sleep. A commuter's move to a village counts as the village's gain.
# - **When.** The article is about 2016–2019. Our five censuses end in 2011.
# - **Groups.** It has sectors. We have occupations. "Structural" here means the mix of occupations.
# - **Where.** Its zoning is not known to us. We take INSEE's attraction areas of 2020 and put each urban unit where its main
#   commune is. Communes outside urban units can't be put in an area with our tables: they are one class, everywhere in France.
# - **How.** Its source, perimeter, decomposition and numbers are not known to us.
#
# ### What others have published
#
# Three publications measured industrial jobs, each in its own way. We quote them; none can be computed from our tables.
# The Observatoire des territoires (2018) gave the share of industry in jobs by type of place, about 2014.

# %% tags=["hide-input"]
place = published[published["topic"] == "industry by urban zoning 2010"].reset_index()
place = place.assign(share=place["low"] / 100).sort_values("share", ascending=False)
place["place"] = place["place"].str.replace(" communes", "").str.replace(" and", ",")
bars = alt.Chart(place[["place", "share"]]).encode(
    alt.Y("place:N", title=None, sort="-x", axis=alt.Axis(labelLimit=210)),
    alt.X("share:Q", title="industry in jobs", axis=alt.Axis(format="%", tickCount=4),
          scale=alt.Scale(domain=[0, 0.26])))
chart = bars.mark_bar(color=INDUSTRY) + bars.mark_text(align="left", dx=4).encode(
    alt.Text("share:Q", format=".1%"))
title = "About 2014, industry weighed most in small poles"
figure(chart.properties(title=title, height=170), data=["published_figures"],
       note="Observatoire des territoires 2018, urban zoning of 2010",
       alt_text="Bars, share of industry in jobs: " + "; ".join(
           f"{row.place}, {row.share:.1%}" for row in place.itertuples()))

# %% [markdown]
# Fouqueray (2020, for La Fabrique de l'industrie) ran a shift-share on employment zones, for 2007–2016 and 2016–2018. Read the
# bars from the top. The last is a part of the one above it: zones that grew faster than French industry as a whole, and in which
# the local effect was the largest part.

# %% tags=["hide-input"]
CUTS = {"shift-share-zones": "zones studied",
        "shift-share-industrial": "marked by industry",
        "shift-share-above": "above national growth",
        "shift-share-local": "of these: local effect leads"}
zones = published.loc[list(CUTS), "low"].astype(int).rename(CUTS).rename("zones")
rows = zones.rename_axis("which").reset_index()
bars = alt.Chart(rows).encode(
    alt.Y("which:N", title=None, sort=list(CUTS.values()), axis=alt.Axis(labelLimit=200)),
    alt.X("zones:Q", title="employment zones", scale=alt.Scale(domain=[0, 400])))
chart = bars.mark_bar(color=INDUSTRY) + bars.mark_text(align="left", dx=4).encode(
    alt.Text("zones:Q"))
above, led = zones.iloc[2], zones.iloc[3]
title = f"The local effect led in {led} of the {above} zones above French growth"
figure(chart.properties(title=title, height=140), data=["published_figures"],
       note="Fouqueray 2020; national industrial growth 2016–2018: "
       f"{published.loc['shift-share-national', 'low']:+.1f} %",
       alt_text="Bars, number of employment zones: " + "; ".join(
           f"{name}, {number}" for name, number in zones.items()))

# %% [markdown]
# Last, France among the 27 countries of the European Union (Gros-Balthazard and Talandier, The Conversation, 2022, after
# Eurostat). First is to the left.

# %% tags=["hide-input"]
RANKS = {"eu-rank-employment": "industry in employment",
         "eu-rank-value-added": "industry in value added",
         "eu-rank-job-growth": "job growth, 2016–2019"}
ranks = published.loc[list(RANKS), "low"].astype(int).rename(RANKS).rename("rank")
rows = ranks.rename_axis("what").reset_index()
base = alt.Chart(rows).encode(
    alt.Y("what:N", title=None, sort=list(RANKS.values()), axis=alt.Axis(labelLimit=230)),
    alt.X("rank:Q", title="rank among 27", scale=alt.Scale(domain=[1, 27]),
          axis=alt.Axis(values=[1, 9, 18, 27], grid=True)))
chart = base.mark_point(size=150, filled=True, color=INDUSTRY, opacity=1)
chart = chart + base.mark_text(dy=-15).encode(alt.Text("rank:Q"))
glue(grew_fouqueray=published.loc["shift-share-national", "low"],
     grew_eurostat=published.loc["eu-job-growth", "low"])
title = "France ranks low in Europe for industry, by three measures"
figure(chart.properties(title=title, height=150), data=["published_figures"],
       note="The Conversation 2022, after Eurostat",
       alt_text="Rank of France in the European Union of 27: " + "; ".join(
           f"{name}, {rank}" for name, rank in ranks.items()))

# %% [markdown]
# So growth after 2016 has been measured by others, in industrial jobs: {glue:text}`grew_fouqueray` % in 2016–2018 (Fouqueray 2020),
# {glue:text}`grew_eurostat` % in 2016–2019 (The Conversation 2022, after Eurostat, both quoted). Whether small and medium-sized towns had their "revenge" in it
# is what the article adds, and what we cannot check.
#
# ## By hand: two towns, three sectors
#
# Two invented towns make a whole invented country. Three sectors, three dates.

# %%
toy = pd.DataFrame({
    "unit": ["Ardenne"] * 3 + ["Bellevue"] * 3,
    "group": ["food", "metal", "services"] * 2,
    1: [100, 200, 100, 100, 100, 400], 2: [115, 190, 105, 95, 80, 465],
    3: [130, 180, 110, 90, 60, 530]})
long = toy.melt(["unit", "group"], var_name="year", value_name="jobs")
table(toy.rename(columns=str), "The toy, whole: jobs at three dates", kind="toy")

# %% [markdown]
# Take the first and the last date. The country goes from 1,000 jobs to 1,100: +10 %. Food follows it (200 to 220), metal
# falls by 20 % (300 to 240), services rise by 28 % (500 to 640): toy figures, easy to divide.
#
# **National.** Had Ardenne's 400 jobs grown like the country's, it would have 40 more. **Structural.** Its 200 metal jobs
# are in a sector that does 30 points worse than the country: −60. Its 100 jobs in services do 18 points better: +18. Food
# does as the country: 0. Together −42. **Local.** With the country's rates food would be 110, metal 160, services 128. In fact
# there are 130, 180 and 110: +20, +20 and −18, together +22. Check: 40 − 42 + 22 = 20, and Ardenne went from 400 to 420.
# Now do Bellevue with a pencil.

# %%
toy_effects = shift_share(long, 1, 3)

# %% tags=["hide-input"]
mix = toy_effects.loc["Bellevue", "structural"]
whole = total(toy_effects)
check.number(
    "How many jobs is Bellevue’s structural effect from the first date to the last? "
    "Write a minus sign before a loss.", answer=mix.sum(), tolerance=0.5, unit="jobs",
    hints={mix["metal"]: "That is its metal. Its many jobs in services do better than "
           "all jobs together: add them.",
           mix["services"]: "That is its services. Its metal does worse than all jobs "
           "together: take that off.",
           whole.loc["Ardenne", "structural"]: "The size is right, the sign is "
           "Ardenne’s. Which of the two towns has more of its jobs in services?",
           whole.loc["Bellevue", "national"]: "That is its national effect: its jobs, "
           "grown as the country’s did."},
    otherwise="Take its jobs in a sector at the first date, times the points by which "
    "that sector beats all jobs; then add the sectors up.",
    why=f"Food {abs(mix['food']):.0f}, metal −{-mix['metal']:.0f}, services "
    f"+{mix['services']:.0f}. A good mix is good beside another’s: Ardenne’s effect is "
    "the same with the other sign.")

# %%
total(toy_effects)

# %% tags=["hide-input"]
sums = whole.loc["Bellevue"]
BEHIND = f"It has {-sums['local']:.0f} jobs fewer than it would at the country’s rates"
LOST = f"It lost {-sums['local']:.0f} jobs"
check.choice(
    f"Bellevue’s local effect is −{-sums['local']:.0f} jobs. What does that say of it?",
    answer=BEHIND if sums["change"] > 0 > sums["local"] else LOST,
    options={
        BEHIND: "Compare its change with what the other two parts alone would give.",
        LOST: f"Look at its change: it has {sums['change']:.0f} jobs more than before.",
        "Its jobs are in sectors that decline": "That would show in the structural part, "
        "and Bellevue’s is above zero.",
        "Ardenne took these jobs from it": "The two local effects cancel out, but no job "
        "need have moved: each town is compared with rates to which both belong."},
    why=f"The country and its mix would have brought {sums['national']:.0f} and "
    f"{sums['structural']:.0f} jobs, together more than the {sums['change']:.0f} that "
    "came. A town can grow and have a negative local effect.")

# %% [markdown]
# Ardenne grows less than the country, but its local effect is positive: a bad mix hides a good performance. And look at
# the columns: structural and local parts sum to zero over the two towns. **What one place gains in the local column,
# another loses.** A local effect is a place in a ranking. It never says that anything was created.
#
# **With whose mix?** The local +22 of Ardenne owes something to its mix too: it has many metal jobs, and metal is where it
# does well. Esteban-Marquillas asks what the advantage would be with the country's mix (*competitive*), and calls the rest
# *allocation*.

# %%
split = homothetic_shift_share(long, 1, 3).loc["Ardenne"]
split[["jobs", "homothetic", "local", "competitive", "allocation"]]

# %% [markdown]
# With the country's mix Ardenne's 400 jobs would be 80, 120 and 200. Its rates beat the country's by 20 and 10 points and miss by
# 18, in the toy: 16 + 12 − 36 = −8. The sign has turned! Ardenne does well *where it is large* (allocation +30), not all in all.
#
# **Step by step.** The mix moves during the period. The *dynamic* form decomposes each step with the jobs at its own start, and
# adds the steps up.

# %%
by_steps = total(dynamic_shift_share(long, [1, 2, 3]))
by_steps.round(2)

# %%
parts = ["structural", "local"]
print((by_steps[parts] - total(toy_effects)[parts]).round(2))

# %% [markdown]
# A job or two moves from one column to another; the sum stays. All forms add up to the same change. They are four ways
# of cutting one cake, and none is the true one.
#
# ## On real figures
#
# Every function takes the same four columns: `unit`, `group`, `year`, `jobs`. Our groups are occupations and our "jobs" are
# residents in work. The names are kept so that a table of sectors can take the place of this one with no change.

# %%
towns = tidy(occupations, "urban_unit")
nation = france.melt("year", OCCUPATIONS, "group", "jobs")
workers, nation_workers = [t[t["group"] == "workers"] for t in (towns, nation)]
towns[towns["unit"] == "49501"].query("year in (1982, 2011)").pivot_table(
    "jobs", "group", "year").loc[OCCUPATIONS].astype(int)

# %% [markdown]
# (That is Cholet.) Saint-Nazaire (66104) has no figures in 1982: in every period that begins then it is *missing*, and
# left out, not counted as a town that grew from nothing.
#
# ### Where was the loss slower?
#
# Growth a year of the number of workers, and beside it of everybody in work, by size of urban unit. What lies outside urban
# units is France less all of them.

# %%
pace = growth(by_class[by_class["group"] == "workers"], YEARS)
everybody = growth(by_class, YEARS)
last = pace["2006–2011"]
print(f"in 2006–2011 workers fall in {(last < 0).sum()} of {len(last)} classes")

# %% tags=["hide-input"]
ORDER = [str(name) for name in classes["size_class"].cat.categories]
shown = pace.loc[ORDER].assign(all=growth(by_class, [1982, 2011]).iloc[:, 0],
                               mean=growth(by_class[by_class["group"] == "workers"],
                                           [1982, 2011]).iloc[:, 0])
shown = shown.rename(columns={"all": "everybody, 1982–2011",
                              "mean": "workers, 1982–2011"})
paris = by_class.query("unit == 'Paris' and group == 'workers'").set_index("year")["jobs"]
glue(paris_lost=1 - paris[2006] / paris[1982], last_paris=last["Paris"],
     last_out=last["outside urban units"],
     last_worst=last.min(), worst_class=str(last.idxmin()),
     classes_falling=int((last < 0).sum()), classes_all=len(last))
table(shown.reset_index(names="inhabitants"), data=TABLES, name="growth_by_class",
      formats=dict.fromkeys(shown.columns, "+.2%"), note="workers by residence, a year",
      caption=f"In 2006–2011 every class loses workers, towns of {last.idxmin()} fastest")

# %% [markdown]
# In the last period workers fall in {glue:text}`classes_falling` of {glue:text}`classes_all` classes: nothing here looks
# like a turn. The fall is slowest outside urban units ({glue:text}`last_out:+.2%` a year), then in Paris
# ({glue:text}`last_paris:+.2%`), where {glue:text}`paris_lost:.0%` of the workers of 1982 had gone by 2006; it is fastest in towns of {glue:text}`worst_class`
# ({glue:text}`last_worst:+.2%`). So "small and medium-sized towns" is not one case: below 20,000 and above, they differ.
#
# How much does each class add to the country's fall? Not the rate decides, but rate times size: points of the whole.

# %%
adds = contribution(by_class[by_class["group"] == "workers"], 2006, 2011, "unit")
adds = adds.loc[ORDER]
print(f"together {adds['points'].sum():+.1%} in five years")

# %% tags=["hide-input"]
glue(whole_fall=adds["points"].sum(), large_points=adds["points"]["200,000–1,999,999"],
     out_points=adds["points"]["outside urban units"])
rows = adds["points"].round(5).rename_axis("class").reset_index()
bars = alt.Chart(rows).encode(alt.Y("class:N", title=None, sort=ORDER,
                                    axis=alt.Axis(labelLimit=190)),
                              alt.X("points:Q", title="points of the fall of France",
                                    axis=alt.Axis(format="+.1%", tickCount=5)))
chart = bars.mark_bar(color=INDUSTRY) + bars.mark_text(align="right", dx=-4).encode(
    alt.Text("points:Q", format="+.2%"))
chart = chart.encode(x=alt.X("points:Q", scale=alt.Scale(domain=[-0.027, 0])))
title = "Every class adds to the fall of 2006–2011, large units most"
figure(chart.properties(title=title, height=260), data=TABLES,
       alt_text="Bars, points of the fall in the number of workers: " + "; ".join(
           f"{name}, {value:.2%}" for name, value in adds["points"].items()))

# %% [markdown]
# Of the {glue:text}`whole_fall:+.1%` of five years, {glue:text}`large_points:+.2%` come from the units of 200,000 and over
# outside Paris, and {glue:text}`out_points:+.2%` from outside urban units, where the rate is lowest. Slow and large can weigh
# more than fast and small.
#
# ### The mix or the place?
#
# Now shift-share, on everybody in work in six groups. From 1982 to 2011 managers more than doubled while farmers fell to a third, so the
# mix matters much. National growth is the same rate for all; the chart shows the two parts that differ.

# %%
span = 2011 - 1982
effects = shift_share(by_class, 1982, 2011, nation)
rates = per_year(total(effects), span).loc[ORDER]
rates.round(2)

# %% tags=["hide-input"]
at = rates.round(4) / 100
glue(paris_mix=at.loc["Paris", "structural"], paris_local=at.loc["Paris", "local"],
     out_mix=at.loc["outside urban units", "structural"],
     out_local=at.loc["outside urban units", "local"])
rows = at[["structural", "local"]].rename_axis("class").reset_index()
rows = rows.melt("class", var_name="effect")
chart = alt.Chart(rows).mark_bar().encode(
    alt.Y("class:N", title=None, sort=ORDER, axis=alt.Axis(labelLimit=190)),
    alt.X("value:Q", title="effect a year",
          axis=alt.Axis(format="+.1%", tickCount=6)),
    alt.YOffset("effect:N", sort=["structural", "local"]),
    alt.Color("effect:N", sort=["structural", "local"], scale=alt.Scale(
        domain=["structural", "local"], range=[SERVICES, INDUSTRY])),
    tooltip=["class", "effect", alt.Tooltip("value:Q", format="+.2%")])
title = "The best mix in the largest units, the best local effect in the smallest places"
figure(chart.properties(title=title, height=330), data=[*TABLES, "france_occupations"],
       note="six occupational groups, 1982–2011; of those in work in 1982",
       alt_text="Structural and local effect a year by size of urban unit: " + "; ".join(
           f"{name}, {row.structural:+.2%} and {row.local:+.2%}"
           for name, row in at.iterrows()))

# %% tags=["hide-input"]
slow, slower = rates["change"].sort_values().index[:2]
ahead_by = rates.loc[slower, "change"] - rates.loc[slow, "change"]
check.pick(
    "National growth is the same for all classes. Pick the class that grew least in all: "
    "add its two bars, each with its sign.", options=ORDER, field="class", answer=slow,
    hints={rates["local"].idxmin(): "Its local effect is the worst of all, but its mix "
           "makes up for a good part of it.",
           rates["structural"].idxmin(): "Its mix is the worst of all, and its local "
           "effect more than makes up for it: it grew most.",
           slower: f"Nearly: it is {ahead_by:.2f} points a year ahead, since "
           "its mix helps it a little more."},
    otherwise="Its two bars add up to more than those of another class. Look for a local "
    "effect below zero with hardly any mix to help.",
    why="Its local effect is not the worst, and its mix neither good nor bad: nothing "
    f"makes up for it. In Paris the mix brings {rates.loc['Paris', 'structural']:.2f} "
    "points a year. One part alone never says who grew.")

# %% [markdown]
# Paris has the best mix ({glue:text}`paris_mix:+.2%` a year) and the worst local effect ({glue:text}`paris_local:+.2%`);
# outside urban units it is the reverse ({glue:text}`out_mix:+.2%` and {glue:text}`out_local:+.2%`). Two warnings before this is called
# a "revenge". It is everybody, not industry. And it is where people *live*: if families move out of cities, the picture is the
# same with no job moving at all. The local column can't tell a new plant from a new housing estate.
#
# ### Workers alone: what becomes of the mix?
#
# Take the row of the workers out of the same decomposition: four columns again, each a year and for one worker of 1982.

# %%
alone = per_year(effects.xs("workers", level="group"), span).loc[ORDER]

# %% tags=["hide-input"]
mixed = alone["structural"].round(6)
SAME = "It is the same in all of them"
check.choice(
    "For everybody the structural part is best in Paris and worst outside urban units. "
    "Before you see the row of the workers: where will their structural part be worst?",
    answer=SAME if mixed.min() == mixed.max() else mixed.idxmin(),
    options={
        "outside urban units": "That came from the mix of six groups there. How many "
        "groups are there in the row of the workers?",
        "Paris": "Fewer of those in work are workers in Paris. That changes how many "
        "jobs it comes to, not how much it is for each worker.",
        SAME: "Compare the rows of the table below."},
    why="For one group it compares two rates of the country, that of the group and that "
    "of all: nothing in it is the place’s.")

# %%
alone.round(2)

# %% tags=["hide-input"]
glue(same=alone["structural"].iloc[0] / 100,
     differ=(alone["structural"].max() - alone["structural"].min()).round(9),
     france_all=alone["national"].iloc[0] / 100,
     france_workers=(alone["national"] + alone["structural"]).iloc[0] / 100)

# %% [markdown]
# The structural column is {glue:text}`same:+.2%` in every row; largest less smallest is {glue:text}`differ:.0f`. It must be.
# Structural means *jobs of the group × (growth of the group in France − growth of all in France)*. Divide by the jobs of the
# group, and the place has gone from the formula: {glue:text}`france_workers:+.2%` for workers less {glue:text}`france_all:+.2%`
# for all. A mix needs at least two things to mix. And if only workers are put in at the start, "all" *are* the workers.

# %%
only = shift_share(by_class[by_class["group"] == "workers"], 1982, 2011, nation_workers)
per_year(only, span).droplevel("group").loc[ORDER].abs().max().round(9)

# %% [markdown]
# The structural part is then zero everywhere. So **a statement about sector effects needs sectors**. Our workers are one group:
# with them alone, all that differs from place to place is called "local", whatever made it. In particular the *sector effects*
# of the introduction (§8) can't be looked for here.
#
# ### Isolated, or round a large centre?
#
# Towns of the same size, in different settings. An area is *small* under 50,000 inhabitants, *medium* under 200,000, *large*
# from there on, Paris included. A town is the *pole* of its area, lies in its *ring*, or stands outside all areas.

# %%
AREAS = {"outside attraction areas": "outside", "under 50,000": "small",
         "50,000–199,999": "medium"}
area = units["aav_class"].astype("str").map(AREAS).fillna("large")
kinds = units["aav_category"].astype("str")
role = kinds.where(kinds.isin(["ring", "outside"]), "pole")
setting = (role + ", " + area + " area").where(area != "outside", "outside all areas")
setting = setting.rename("setting")
pd.crosstab(setting, units["size_class"]).iloc[:, :3]

# %%
same_size = {}
for name in ["2,000–4,999", "5,000–9,999"]:
    kept = setting[units["size_class"] == name]
    found = growth_interval(workers, 1982, 2011, kept)
    found["all"] = growth_interval(towns, 1982, 2011, kept)["rate"]
    same_size[name] = found[found["units"] >= 10]
compared = pd.concat(same_size, names=["size", "group"]).reset_index()

# %% tags=["hide-input"]
PLACES = ["ring, large area", "ring, medium area",
          "ring, small area", "outside all areas", "pole, small area"]
rows = compared.rename(columns={"rate": "value", "size": "kind"})
rows[["value", "low", "high"]] = rows[["value", "low", "high"]].round(6)
chart = interval_dots(rows, "growth of workers a year",
                      {"2,000–4,999": SERVICES, "5,000–9,999": INDUSTRY}, PLACES,
                      rule=0, form="+.1%", height=300)

# %% tags=["hide-input"]
key = compared.set_index(["size", "group"])
tiny = key.loc["2,000–4,999"]
next_size = key.loc["5,000–9,999"]
glue(lone_units=int(next_size.loc[PLACES[3], "units"]),
     lone_low=next_size.loc[PLACES[3], "low"], lone_high=next_size.loc[PLACES[3], "high"],
     pole_next=next_size.loc[PLACES[4], "rate"],
     ring_next=next_size.loc[PLACES[0], "rate"],
     ring_large=tiny.loc[PLACES[0], "rate"], lone=tiny.loc[PLACES[3], "rate"],
     small_pole=tiny.loc[PLACES[4], "rate"], ring_all=tiny.loc[PLACES[0], "all"],
     lone_all=tiny.loc[PLACES[3], "all"], pole_all=tiny.loc[PLACES[4], "all"])
title = "Of towns of one size, small centres lost most workers, large rings least"
figure(chart.properties(title=title),
       data=["urban_units", "urban_units_occupations"],
       note="1982–2011, ten towns or more; intervals: how differently they moved",
       alt_text="Growth of workers a year: " + "; ".join(
           f"{r.group}, {r.kind}: {r.value:+.2%}" for r in rows.itertuples()))

# %% tags=["hide-input"]
wide = (next_size["high"] - next_size["low"]).sort_values()
vague, second = wide.index[[-1, -2]]
check.pick(
    "Look at the towns of 5,000 to 9,999 inhabitants, in orange. Pick the setting about "
    "which their figures say least.", options=PLACES, answer=vague, field="group",
    hints={second: "Its line is long and holds zero, but another is longer still.",
           wide.index[0]: "The contrary: its line is the shortest. The dot lies close to "
           "zero, and so does all of the line: these towns kept their workers."},
    otherwise="Its whole line lies below zero: there workers became fewer beyond doubt.",
    why=f"It holds {next_size.loc[vague, 'units']} such towns, and they moved in all "
    "directions: a loss twice as fast as the dot says would fit, and a small gain too. "
    "Where the line is long, the place of the dot means little.")

# %% [markdown]
# Of the towns under 5,000 inhabitants, those in the ring of a large area kept their workers ({glue:text}`ring_large:+.2%` a year), isolated
# ones lost some ({glue:text}`lone:+.2%`), and those that are the pole of a small area lost most ({glue:text}`small_pole:+.2%`). In towns of 5,000 to
# 9,999 the first and the last are about as far apart ({glue:text}`ring_next:+.2%` and {glue:text}`pole_next:+.2%`); of the isolated, only
# {glue:text}`lone_units`, one can't say ({glue:text}`lone_low:+.2%` to {glue:text}`lone_high:+.2%`). So yes, among the smallest: away
# from a large centre a town lost more workers than a town of its size near one. The introduction reports weaker growth of isolated towns in 2016–2019
# (§8); ours is the same order of places, in other years, on other figures, for workers by residence.
#
# Before you believe it, compare with everybody. In the same towns those in work grew by {glue:text}`ring_all:+.2%`,
# {glue:text}`lone_all:+.2%` and {glue:text}`pole_all:+.2%` a year. The rings filled with residents of every kind. Workers less everybody:

# %%
tiny = compared[compared["size"] == "2,000–4,999"].set_index("group")
lag = (tiny["rate"] - tiny["all"]).sort_values()
(lag * 100).round(2)

# %% tags=["hide-input"]
glue(lag_ring=lag[PLACES[0]] * 100, lag_pole=lag[PLACES[4]] * 100)

# %% [markdown]
# The order is turned round. In the rings of large areas workers fell behind everybody by {glue:text}`lag_ring:.1f` points a year, in small
# poles by {glue:text}`lag_pole:.1f`. **A place can keep its workers and become less of a workers’ town; another can lose them and
# remain one.** Which of the two would be a "revenge" depends on whether one counts people or shares.
#
# ### Other ways to cut
#
# **With a region.** The local effect splits into what the whole region does and what is the town's *own*. Regions are those of
# [the second chapter](02_trajectories.ipynb), with all their communes.

# %%
region = region_of(units["department"])
by_region = departments.assign(region=region_of(departments["department"]))
by_region = by_region.groupby(["region", "year"])[OCCUPATIONS].sum().reset_index()
by_region = by_region.melt(["region", "year"], OCCUPATIONS, "group", "jobs")
with_region = regional_shift_share(towns, 1982, 2011, region, nation, by_region)
in_regions = per_year(total(with_region, region), span)
in_regions = in_regions.loc[[*REGIONS, "elsewhere"]]

# %% tags=["hide-input"]
glue(reg_loire=in_regions.loc["Pays de la Loire", "regional"] / 100,
     reg_brittany=in_regions.loc["Brittany", "regional"] / 100,
     reg_ne=in_regions.loc["north-east", "regional"] / 100,
     own_positive=int((in_regions["own"] > 0).sum()) or "none")
shown = (in_regions / 100).reset_index(names="urban units of")
table(shown, "A region effect lifts the west; it lifts Rhône-Alpes less",
      formats=dict.fromkeys(shown.columns[1:], "+.2%"), name="regions",
      data=["urban_units_occupations", "department_occupations", "france_occupations"],
      note="everybody in work, a year, 1982–2011; regional and own add up to local")

# %% [markdown]
# In the Pays de la Loire the region gives its units {glue:text}`reg_loire:+.2%` a year, in Brittany {glue:text}`reg_brittany:+.2%`, in the
# north-east {glue:text}`reg_ne:+.2%`. The units' own effect is positive in {glue:text}`own_positive` of the regions: everywhere the
# communes around them did better.
#
# **With the country's mix, and step by step.** How much does the local effect owe to the form? Here are three local effects of each class for
# all 29 years, and two for the last five.

# %%
late = per_year(total(homothetic_shift_share(by_class, 2006, 2011, nation)), 5)
early = per_year(total(homothetic_shift_share(by_class, 1982, 2011, nation)), span)
stepwise = per_year(total(dynamic_shift_share(by_class, YEARS, reference=nation)), span)
forms = pd.DataFrame({
    "classic": early["local"], "country’s mix": early["competitive"],
    "step by step": stepwise["local"], "classic, 2006–2011": late["local"],
    "country’s mix, 2006–2011": late["competitive"]}).loc[ORDER] / 100

# %% tags=["hide-input"]
above = [part.gt(0) for part in (forms.iloc[:, :3], forms.iloc[:, 3:])]
turns, late_turns = [part.any(axis=1) & ~part.all(axis=1) for part in above]
glue(turns=int(turns.sum()) or "no", late_turns=int(late_turns.sum()),
     paris_classic=forms.loc["Paris"].iloc[3], paris_mixed=forms.loc["Paris"].iloc[4])
table(forms.reset_index(names="inhabitants"), data=[*TABLES, "france_occupations"],
      caption="The local effect in three forms: the order stays, Paris turns in the end",
      formats=dict.fromkeys(forms.columns, "+.2%"), name="forms",
      note="everybody in work, a year; six groups")

# %% [markdown]
# Over the whole span {glue:text}`turns` class changes sign with the form. In 2006–2011 that happens to {glue:text}`late_turns`: the local effect of Paris
# is {glue:text}`paris_classic:+.2%` a year as it stands and {glue:text}`paris_mixed:+.2%` with the country's mix. A sentence that
# says "local effect" without saying which one can be turned round by a choice of form.
#
# ### A change of trend, or noise?
#
# The introduction reports a trend reversal in almost all small and medium-sized towns (§8). Our towns can't show that one. But
# they show how easy it is to *count* reversals. Take two periods that meet, and look at the signs.

# %%
FRACTION, DESIGN = 0.25, 1.5
trends = trend_reversal(workers, [1999, 2006, 2011], FRACTION, DESIGN)
seen = trends.groupby("trend", observed=False).agg(
    towns=("jobs", "size"), clear=("clear", "sum"),
    first=("first", "sum"), second=("second", "sum"))
seen

# %% [markdown]
# The two last columns are workers gained and lost. So hundreds of towns turned from loss to gain. But the counts come from
# samples: one form in four, with a design effect of 1.5, the assumptions of [the second chapter](02_trajectories.ipynb). *Clear* counts towns where
# both changes are larger than sampling can explain. And how many reversals would sampling alone show, if **every town had followed the country
# exactly**?

# %%
noise = reversals_by_noise(workers, [1999, 2006, 2011], nation_workers, FRACTION, DESIGN)
by_noise = noise.sum().round().astype(int).to_frame("towns by noise alone")

# %% tags=["hide-input"]
expected = by_noise["towns by noise alone"]
check.guess(
    f"France lost workers in both periods. Suppose that all {len(noise):,} towns "
    "followed it exactly, so that each lost twice, and that only the sample sets them "
    "apart. How many would seem to do what?", bars=expected, axis=(0, 2000), form=",.0f",
    name="by-noise", data=["urban_units_occupations", "france_occupations"],
    say=f"A sample would show the two losses in {expected['loss twice']:,} towns only. "
    f"It would turn {expected['loss, then growth']:,} from loss to growth, where "
    f"{seen.loc['loss, then growth', 'towns']:,} were counted in fact.",
    note="one form in four, a design effect of 1.5")

# %%
by_noise

# %% tags=["hide-input"]
pairs = list(zip(YEARS, YEARS[1:], YEARS[2:], strict=False))
TURNS = ["growth, then loss", "loss, then growth"]
lines = {}
for dates in pairs:
    at = trend_reversal(workers, list(dates), FRACTION, DESIGN)
    by = at.groupby("trend", observed=False)["clear"].agg(["size", "sum"]).loc[TURNS]
    chance = reversals_by_noise(workers, list(dates), nation_workers, FRACTION, DESIGN)
    lines["–".join(map(str, dates))] = by.assign(noise=chance.sum()[TURNS].round())
turned = pd.concat(lines, names=["dates", "turn"]).astype(int).reset_index()
turned["turn"] = turned["turn"].astype("str")
turned.columns = ["dates", "turn", "counted", "clear", "by noise alone"]
last = turned[turned["dates"] == "1999–2006–2011"].set_index("turn").loc[TURNS[1]]
glue(upturns=int(last["counted"]), upturns_clear=int(last["clear"]),
     upturns_noise=int(last["by noise alone"]), clear_most=int(turned["clear"].max()),
     gained=float(seen.loc[TURNS[1], "second"]))

# %% tags=["hide-input"]
turned["middle"] = turned["dates"].str[5:9]
rows = turned.assign(row=turned["turn"] + "|around " + turned["middle"])
rows = rows.sort_values(["turn", "middle"]).melt(
    ["dates", "turn", "middle", "row"], var_name="which", value_name="towns")
shades = {"counted": INDUSTRY, "by noise alone": CONTEXT, "clear": SERVICES}
base = alt.Chart(rows).encode(
    alt.Y("row:N", title=None, axis=alt.Axis(labelExpr="split(datum.label, '|')")),
    alt.X("towns:Q", title="towns", scale=alt.Scale(domain=[0, 900])),
    alt.YOffset("which:N", sort=list(shades)), alt.Color("which:N", sort=list(shades),
        scale=alt.Scale(domain=list(shades), range=list(shades.values())),
        legend=alt.Legend(columns=2)),
    tooltip=["turn", "dates", "which", "towns"])
chart = base.mark_bar() + base.mark_text(align="left", dx=3).encode(
    alt.Text("towns:Q"), color=alt.value("#22272B"))
chart = chart.properties(height=340)

# %% tags=["hide-input"]
title = "A few clear changes of trend among hundreds counted"
figure(chart.properties(title=title), data=["urban_units_occupations",
                                            "france_occupations"],
       note="all urban units; noise: every town follows France, sampling does the rest",
       alt_text="Towns that change from growth to loss and from loss to growth: "
       + "; ".join(f"{r.turn}, {r.dates}: {r.counted} counted, {r[5]} by noise alone, "
                   f"{r.clear} clear" for r in turned.itertuples()))

# %% tags=["hide-input"]
up, sure, chance_up = (int(last[c]) for c in ("counted", "clear", "by noise alone"))
SOME = f"{sure} towns turned beyond doubt; of the others one cannot say which did"
ALL = f"{up} towns reversed the trend"
check.choice(
    "“Loss, then growth, around 2006”: which sentence do the three bars support?",
    answer=SOME if sure < up <= chance_up else ALL,
    options={
        SOME: "Compare the bar of what was counted with that of noise alone.",
        ALL: "Look at the grey bar: where no town turned at all, the sample would have "
        "shown as many and more.",
        f"Only {sure} towns reversed the trend": "These are the ones that can be told "
        "from noise. Others may have turned, by too little for a sample to show.",
        "No town turned, since noise gives more than were counted": "A few turned by "
        "more than sampling explains; and noise that could make them all need not have."},
    why=f"Counted are {up}, noise alone would give {chance_up}: the count says nothing "
    "about how many turned. Not to be clear is not the same as not to have turned.")

# %% [markdown]
# {glue:text}`upturns` towns went from loss to gain after 2006 and gained {glue:text}`gained:,.0f` workers. A headline could be made of
# that. But if no town had done anything but follow the country, sampling would have shown {glue:text}`upturns_noise`; and
# {glue:text}`upturns_clear` are clear. In no pair of periods are more than {glue:text}`clear_most` clear in either direction. (That fewer are
# counted than noise gives is no contradiction: towns with a lasting trend of their own change sign less often.) There is a reason that noise makes so many: the two changes share the count in the middle. If it happens to be too low, one sees a loss and
# then a gain, in a town that stood still. Shared middle dates make **reversals out of nothing**; so do short periods.
#
# A count of jobs that is complete has no sampling noise. But small towns have a noise of their own there: one plant opens or closes.
# Any count of reversals, the article's as well, is to be read beside the number that chance would give.
#
# ### Strong twice running?
#
# If a local effect were a trait of a town, towns that are strong in one period should be strong in the next. Rank the local
# effects of workers in each period, and compare periods.

# %%
local = {}
for first, then in pairwise(YEARS):
    found = local_interval(workers, [first, then], nation_workers, FRACTION, DESIGN)
    local[f"{first}–{then}"] = found["local"] / found["jobs"] / (then - first)
local = pd.DataFrame(local).dropna()
alike = local.corr("spearman").round(2)
alike

# %% tags=["hide-input"]
top = local.ge(local.quantile(0.9))
near = list(pairwise(local))
twice = [int((top[a] & top[b]).sum()) for a, b in near]
neighbours = [alike.loc[a, b] for a, b in near]
apart = [alike.iloc[i, j] for i in range(4) for j in range(i + 2, 4)]
always = int(top.all(axis=1).sum())
glue(near_low=min(neighbours), near_high=max(neighbours), apart_low=min(apart),
     apart_high=max(apart), twice_low=min(twice), twice_high=max(twice),
     twice_chance=len(local) / 100, always=always or "none")

# %% [markdown]
# Successive periods correlate by {glue:text}`near_low:.2f` to {glue:text}`near_high:.2f`, next to nothing; periods that do not touch by
# {glue:text}`apart_low:.2f` to {glue:text}`apart_high:.2f`, a little more. A count that is shared, and too high, lifts one
# period and lowers the next: it pulls neighbours apart. In the top tenth twice
# running are {glue:text}`twice_low` to {glue:text}`twice_high` towns, where chance gives {glue:text}`twice_chance:.0f`; in all four periods,
# {glue:text}`always`. For a single town, a strong local effect of workers says little about the next.
#
# ## The explorer
#
# All the choices at once: the period, the size of the area and the place in it, everybody or one group, and how the change is cut. The
# waterfall goes from the national part to the change, for each size of town; the map shows the local effect, orange above zero and blue below; the list gives the ten towns whose
# interval begins highest.

# %% tags=["hide-input"]
from widgets.explorers.recovery import Recovery

explorer = Recovery()
explorer

# %% [markdown]
# Try three moves. Choose *workers* and look at the structural bars: all of one length. Go from 1982–2011 to 2006–2011: what
# becomes of the number of towns beyond noise? Choose *in the ring* of large areas, then *the pole* of small ones: where are the orange
# circles, and what kind of place can hold so many new residents?
#
# ## The map
#
# The local effect of workers from 1982 to 2011, with its interval: towns that did clearly better than the country's workers, clearly worse, or
# neither.

# %% tags=["hide-input"]
found = local_interval(workers, [1982, 2011], nation_workers, FRACTION, DESIGN)
KINDS = {"clearly better": INDUSTRY, "not clear": CONTEXT, "clearly worse": SERVICES,
         "no figure in 1982": "#D9D9D9"}
verdict = pd.Series("not clear", found.index)
verdict[found["low"] > 0], verdict[found["high"] < 0] = "clearly better", "clearly worse"
verdict[found["local"].isna()] = "no figure in 1982"
scale = found["jobs"] * span
rate = found[["local", "low", "high"]].div(scale, axis=0) * 100
number = verdict.value_counts()
glue(better=int(number["clearly better"]), worse=int(number["clearly worse"]),
     unclear=int(number["not clear"]))
tips = units["name"] + rate["local"].map(": {:+.1f} % a year".format).where(
    rate["local"].notna(), ": no figure in 1982")
layers = pd.Series(pd.Categorical(verdict, list(KINDS), ordered=True), verdict.index)
ground = town_map(units, verdict.map(KINDS), tips, layers=layers)

# %% tags=["hide-input"]
big = units["size_class"] >= "200,000–1,999,999"
west = region.isin(["Brittany", "Pays de la Loire"])
behind = int((verdict[big] == "clearly worse").sum())
glue(big_worse=behind, big=int(big.sum()),
     west_better=(verdict[west] == "clearly better").mean(),
     ne_better=(verdict[region == "north-east"] == "clearly better").mean(),
     ring_better=(verdict[setting == "ring, large area"] == "clearly better").mean())
title = f"In {behind} of the {big.sum()} largest units workers fell behind France"
show_map(ground, title,
         "Orange circles, towns whose workers did clearly better than those of France, "
         "are thickest in Brittany, the Pays de la Loire and the south-east; blue ones, "
         "which did clearly worse, are nearly all large cities and many towns of the "
         "north and the centre.",
         KINDS, data=["urban_units", "urban_units_occupations", "france_occupations"],
         note="workers by residence, 1982–2011; better or worse than the workers of "
         "France, which fell")

# %% [markdown]
# *How to read it.* Orange does not mean that workers became more numerous, or that plants opened. It means that they fell less than the country's,
# or rose, beyond what sampling explains. {glue:text}`better` towns are clearly better, {glue:text}`worse` clearly worse,
# {glue:text}`unclear` neither. Of the {glue:text}`big` units of 200,000 and over {glue:text}`big_worse` are clearly worse; clearly better
# are {glue:text}`west_better:.0%` of the units in Brittany and the Pays de la Loire, {glue:text}`ring_better:.0%` in the rings of large
# areas and {glue:text}`ne_better:.0%` in the north-east.

# %% tags=["hide-input"]
twin = units.assign(setting=setting, rate=rate["local"], low=rate["low"],
                    high=rate["high"], verdict=verdict)
twin = twin.sort_values(["low", "name"], ascending=[False, True])
twin = twin[["name", "department", "size_class", "setting", "rate", "low", "high",
             "verdict"]]
twin.columns = ["town", "département", "inhabitants", "setting", "local effect", "low",
                "high", "reading"]
table(twin, "Local effect of workers, 1982–2011, by where its interval begins",
      data=["urban_units", "urban_units_occupations", "france_occupations"],
      note="% a year of the workers of 1982", name="local_effects",
      formats=dict.fromkeys(["local effect", "low", "high"], "+.1f"))

# %% [markdown]
# ## With the article's own data
#
# Every function of this chapter takes a table with `unit`, `group`, `year`, `jobs`. Three public files would turn it from the slide to the years of the
# article. They can be downloaded with a browser from their producers.
#
# - **Jobs by commune and activity, each year from 2006** (Urssaf, *établissements employeurs et effectifs salariés du secteur privé*): salaried
#   private jobs where they are. One row per commune and activity: `group` is `secteur_na38`, `jobs` is `effectifs_salaries_2016` and the
#   columns beside it. This is the kind of table that a study of 2016–2019 needs. Farms and public services are not in it.
# - **People in work by sector and commune, 1968 to 2022** (INSEE, *activité professionnelle des individus*): four sectors, by residence, at
#   censuses. Longer, coarser, and without 2019.
# - **Attraction areas of 2020** (INSEE, sheet `Composition_communale`): area and place of *every* commune, so that rural communes of a large area
#   can be told from isolated ones. Our figures can't do that.
#
# With the first and the third in hand, and the toy's names:
#
# ```python
# jobs = urssaf.melt(["commune", "sector"], ["2016", "2019"], "year", "jobs")
# jobs = jobs.rename(columns={"commune": "unit", "sector": "group"}).astype({"year": int})
# effects = shift_share(jobs, 2016, 2019)                            # sectors: the structural part has a meaning
# total(effects, setting_of_commune)                                 # rural places, towns and poles of large areas
# ```
#
# One care: a file that leaves out zeros must have them written in first, or a commune that lost its last plant would be *missing*.
#
# ## What was not measured: tensions and complementarities
#
# The introduction asks policy to understand local complementarities, and warns that redevelopment can bring socio-demographic and ecological
# tensions, sharpened where jobs concentrate (§8, §16). No figure here speaks of that. *Complementarities* would be measured by ties: who supplies whom,
# who commutes where, which firm has sites in a metropolis and in a small town; the growth of a pole and of its ring side by side would be a first
# hint, not a proof. *Socio-demographic tensions*: rents and vacancies where jobs return, beside the occupations of those who move in. *Ecological
# tensions*: land taken for each job created, and whether it was farmed or built on before. Each needs its own table.
#
# ## How far can this be trusted?
#
# - **The wrong years.** Everything stops in 2011. What happened before a turn can't say whether there was one.
# - **A stand-in, by residence.** Workers are not industrial jobs, and people move house. Most of what is called local here may be housing.
# - **Bookkeeping, not cause.** Shift-share splits a change. It does not explain one, and local effects cancel out by construction.
# - **The grain of groups.** With six occupations the structural part is rough; with sectors in detail it would be larger, and the local part smaller.
# - **Areas of 2020.** Rings were drawn after the growth that we measure. A town that grew by commuters is in a ring *because* it did.
# - **Noise.** Intervals assume one form in four and a design effect of 1.5. About 2 people in work in 100 could not be matched from 1990 on.
# - **What does not move.** Workers fall everywhere in 2006–2011; outside urban units more slowly; and nearly all changes of trend of
#   single towns are within noise.
#
# ## Exercises
#
# :::{exercise}
# :label: recovery-read
# *Read.* In the table of growth by class, find the period in which Paris lost workers fastest, and the one in which it lost them more slowly than any other
# class of urban units. Does the second show a recovery?
# :::
#
# :::{solution} recovery-read
# :class: dropdown
# Fastest in 1990–1999, slowest in 2006–2011. It is still a loss. A loss that slows down where most has gone already is no growth.
# :::
#
# :::{exercise}
# :label: recovery-hand
# *By hand.* Give Ardenne 250 metal jobs at the first date instead of 200, and 230 at the last instead of 180. Which of its three effects change, and why do
# Bellevue's change too? Work out the sign of each change first.
# :::
#
# :::{solution-start} recovery-hand
# :class: dropdown
# :::

# %%
other = toy.copy()
other.loc[1, [1, 3]] = [250, 230]
again = other.melt(["unit", "group"], var_name="year", value_name="jobs")
(total(shift_share(again, 1, 3)) - total(toy_effects)).round(1)

# %% [markdown]
# The country contains Ardenne, so its rates move: metal falls less, all jobs grow a little less. Both towns are measured against a new
# country.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: recovery-period
# *Change a number.* Decompose 1990–2006 instead of 1982–2011. Which class has the highest local effect, and which sign has that of Paris? Write
# `local_effects(start, end)`, which gives the local effect of each size class, for everybody in work, in percent a year. Use `shift_share`, `total` and
# `per_year`.
# :::

# %% tags=["hide-input", "exercise-check"]
def beyond_rates(start, end):
    """Jobs at the start, and those at the end that the country's rates do not give."""
    jobs = by_class.pivot_table("jobs", ["unit", "group"], "year")
    rate = nation.pivot_table("jobs", "group", "year").eval(f"`{end}` / `{start}`")
    extra = jobs[end] - jobs[start].mul(rate, level="group")
    return jobs[start].groupby("unit").sum(), extra.groupby("unit").sum()


@check.exercise
def check_local_effects(local_effects):
    jobs, extra = beyond_rates(1990, 2006)
    parts = per_year(total(shift_share(by_class, 1990, 2006, nation)), 16)
    wrong = [(extra, "That is in jobs: `per_year` makes percentages a year of it."),
             (100 * extra / jobs, "That is over the whole period: divide by its years."),
             (parts["structural"], "That is the structural part, of the mix."),
             (parts, "These are all the parts: take the column `local`.")]
    return check.compare(local_effects(1990, 2006), 100 * extra / jobs / 16, wrong,
                         "Decompose `by_class`, add up the groups, then a year.",
    ) or check.compare(local_effects(1982, 2011), 100 / 29 * beyond_rates(1982, 2011)[1]
                       / beyond_rates(1982, 2011)[0], (), "Use `start` and `end`.")


# %% tags=["hide-input"]
jobs, extra = beyond_rates(1990, 2006)
then = (100 * extra / jobs / 16).round(6)
glue(then_best=then.idxmax(), then_high=then.max() / 100,
     then_paris=f"{then['Paris']:+.2f}".replace("-", "−"))

# %% [markdown]
# :::{solution-start} recovery-period
# :class: dropdown
# :::

# %% tags=["exercise"]
def local_effects(start, end):
    """Local effect of each size class, everybody in work, in percent a year."""
    effects = shift_share(by_class, start, end, nation)
    return per_year(total(effects), end - start)["local"]


check_local_effects(local_effects)

# %% [markdown]
# Highest is the class {glue:text}`then_best`, with {glue:text}`then_high:+.2%` a year; Paris has {glue:text}`then_paris` points. The middle
# of the period tells the same story as the whole.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: recovery-reference
# *Change the code.* Measure towns under 100,000 inhabitants against their own sum instead of France, from 1990 to 2011: `shift_share` does so when it gets
# no reference. What must the local effects of workers now add up to? Write `winners(reference)`, which counts the towns whose local effect is above zero:
# `nation_workers` stands for France, `None` for the towns' own sum.
# :::

# %% tags=["hide-input", "exercise-check"]
def ahead(towns_of, reference):
    """How many towns grew faster than France's workers, or than their own sum."""
    jobs = workers.pivot_table("jobs", "unit", "year")
    jobs = jobs[jobs.index.isin(towns_of)]
    base = jobs.sum() if reference is None else reference.set_index("year")["jobs"]
    return int((jobs[2011] / jobs[1990] > base[2011] / base[1990]).sum())


@check.exercise
def check_winners(winners):
    """Counted by growth, without a decomposition."""
    under = units.index[units["size_class"] <= "50,000–99,999"]
    for reference, other in ((None, nation_workers), (nation_workers, None)):
        wrong = [(ahead(under, other), "Hand `reference` on to `shift_share`: the result "
                  "has to change with it."),
                 (ahead(units.index, reference), "These are towns of all sizes.")]
        hint = check.compare(winners(reference), ahead(under, reference), wrong,
                             "Keep the workers of the small towns, decompose, count.")
        if hint:
            return hint


# %% tags=["hide-input"]
under = units.index[units["size_class"] <= "50,000–99,999"]
glue(ahead_own=ahead(under, None), ahead_france=ahead(under, nation_workers))

# %% [markdown]
# :::{solution-start} recovery-reference
# :class: dropdown
# :::

# %% tags=["exercise"]
def winners(reference):
    """Towns under 100,000 inhabitants with a local effect of workers above zero."""
    small = units.index[units["size_class"] <= "50,000–99,999"]
    some = workers[workers["unit"].isin(small)]
    effects = shift_share(some, 1990, 2011, reference)
    return int((effects["local"] > 0).sum())


check_winners(winners)

# %% [markdown]
# They add up to zero: against their own sum, what one gains another loses. {glue:text}`ahead_own:,` towns are above it, where
# {glue:text}`ahead_france:,` were above France. The reference decides who is a winner.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: recovery-noise
# *Compare.* How many of the changes of sign after 2006 are clear if people were drawn one by one (a design effect of 1)? And how many would noise alone show?
# Write `clear_turns(design)`, which counts the clear changes of sign, in both directions, for any design effect; `TURNS` holds the names of the two.
# :::

# %% tags=["hide-input", "exercise-check"]
def both_moves(design):
    """By town: do both changes stand out from their error, is their sign not the same?"""
    jobs = workers.pivot_table("jobs", "unit", "year")[[1999, 2006, 2011]].dropna()
    moves, error = jobs.diff(axis=1).iloc[:, 1:], count_error(jobs, FRACTION, design) ** 2
    reach = 1.959964 * (error + error.shift(axis=1)).iloc[:, 1:] ** 0.5
    return (moves.abs() > reach).all(axis=1), moves.prod(axis=1) < 0


@check.exercise
def check_clear_turns(clear_turns):
    sure, turn = both_moves(1)
    wrong = [(turn.sum(), "These are all changes of sign, clear or not."),
             (sure.sum(), "Most of these are losses twice: keep the two of `TURNS`."),
             ((both_moves(DESIGN)[0] & turn).sum(), "Use `design` in place of `DESIGN`."),
             ((1 - sure[turn]).sum(), "These are the changes that are not clear.")]
    return check.compare(clear_turns(1), (sure & turn).sum(), wrong, "`trend_reversal` "
                         "has a column `clear`, and a column `trend`.") or check.compare(
        clear_turns(2), (both_moves(2)[0] & turn).sum(), (), "Use `design`.")


# %% tags=["hide-input"]
simple = reversals_by_noise(workers, [1999, 2006, 2011], nation_workers, FRACTION, 1)
glue(clear_simple=int(pd.concat(both_moves(1), axis=1).all(axis=1).sum()),
     clear_design=int(pd.concat(both_moves(DESIGN), axis=1).all(axis=1).sum()),
     noise_simple=int(simple[TURNS].sum().sum().round()),
     noise_design=int(noise[TURNS].sum().sum().round()))

# %% [markdown]
# :::{solution-start} recovery-noise
# :class: dropdown
# :::

# %% tags=["exercise"]
def clear_turns(design):
    """Clear changes of sign around 2006, in both directions."""
    trends = trend_reversal(workers, [1999, 2006, 2011], FRACTION, design)
    return int(trends.loc[trends["trend"].isin(TURNS), "clear"].sum())


check_clear_turns(clear_turns)

# %% [markdown]
# {glue:text}`clear_simple` instead of {glue:text}`clear_design`. Noise alone would then make {glue:text}`noise_simple:,` changes of sign instead of
# {glue:text}`noise_design:,`: not many fewer, for in a small town a slow fall is less than either error.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: recovery-open
# *Open.* A newspaper writes: "Industry is coming back to our small towns: two out of three have reversed the trend." List the five things you would ask
# before you repeat it, and say for each which table or function of this chapter would answer.
# :::
#
# :::{solution} recovery-open
# :class: dropdown
# There is no one answer. A good one asks what is counted (jobs or residents, industry or workers), between which dates and whether the two
# periods share one, which towns, how many reversals chance would give, and how many jobs the reversals hold. A better one adds: compared with
# what, and does the town grow in everything or in industry?
# :::
#
# ## Summary
#
# These figures stop in 2011 and show a slide that steepens, from {glue:text}`fall_1:.2%` to {glue:text}`fall_4:.2%` a year. The recovery of the article
# is not in them, and nothing here confirms or denies it. Shift-share splits a change by bookkeeping: the largest units had the best mix, small places
# and the country the best local effect, much of it people moving house. Workers alone have no mix, so their structural part is the same
# everywhere. Near a large centre towns kept more workers than far from one, and workers became a smaller part of those who live there. Of single towns' changes of
# trend nearly all are within noise.
#
# ## Further reading
#
# The article {cite:p}`recovery` and the introduction {cite:p}`introduction`. On the method: {cite:t}`dunn1960`; on the split of the local
# effect: {cite:t}`esteban1972`; on decomposing step by step: {cite:t}`barff1988`.
