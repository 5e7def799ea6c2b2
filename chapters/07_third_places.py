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
# # Third places, and where they concentrate
#
# **The article.** Baudelle, Bourdin, Buron and Marinos, "Les tiers-lieux en France : quelle place pour les zones hors
# métropole ?", *EchoGéo* no. 63, 2023 ([read it](https://journals.openedition.org/echogeo/24610)) {cite:p}`baudelle`.
#
# **Its claim.** Third places favour both ends of the urban hierarchy, metropolises and also rural areas and small towns;
# medium-sized towns are under-represented (introduction §14). The article's abstract says that on the map there are
# relatively *fewer* in metropolises.
#
# :::{admonition} On our figures: it holds partly, and the small end depends on the grain
# :class: verdict
# Places of 2018–2019, people of 2018. Counted by employment zone, the trough is there: zones around a town of 20,000–99,999 inhabitants have
# {glue:text}`medium:.2f` times the third places that their people let expect, those around a larger one
# {glue:text}`large:.2f` times. The small end is not sure: all zones under 20,000 come to {glue:text}`small:.2f`
# ({glue:text}`small_low:.2f` to {glue:text}`small_high:.2f`), and the surplus of the smallest tier rests on
# {glue:text}`few_places` places in {glue:text}`few_zones` zones. Counted by the size of the commune's own town, small
# places have no surplus at all. And the abstract's sentence can be read off the same zones, if each counts once.
#
# *What would change it:* the article's own list of places, its date and its denominator, which are not known to us;
# later lists, in which more places stand outside the métropoles; another meaning of "small". *Not testable here:* whether
# badly connected zones have more, and whether third places offset lost industrial jobs.
# :::

# %% tags=["hide-input"]
import altair as alt
import numpy as np
import pandas as pd

from data import load
from methods.comparison import chi_square, kruskal_wallis, permutation_test
from methods.concentration import gini, lorenz, quotients
from methods.counts import poisson_regression
from methods.profiles import bootstrap_stability, classes, profiles, standardise
from methods.small_counts import funnel, funnel_limits, smooth
from widgets import CATEGORIES, CONTEXT, Points, base_map, radius
from widgets import check, data_used, figure, glue, show_claims, show_map, start, table
from widgets.charts import interval_dots

start()
zones = load("employment_zones").set_index("employment_zone").sort_index()
communes = load("third_places_by_commune_class").dropna().set_index("size_class")
communes = communes.sort_index()
quoted = load("published_figures").set_index("figure").sort_index()

# %% tags=["hide-input"]
show_claims("07_third_places")

# %% [markdown]
# The next picture shows the same third places counted twice. A value of 1 means as many as the people let expect; lines are
# exact intervals. *By zone*, green, a third place belongs to the tier of the largest town of its employment zone; *by
# commune*, grey, to that of its own commune's town. The steps are taken one by one further down.

# %% tags=["hide-input"]
TABLES = ["employment_zones", "third_places_by_commune_class"]
GREEN, PINK = CATEGORIES[2], CATEGORIES[5]
GRAINS = {"by zone": GREEN, "by commune": CONTEXT}
places, people = zones["third_places"], zones["population_2018"]
tier = zones["largest_town_size_class"]
by_zone = quotients(places, people, tier)
by_commune = quotients(communes["third_places"], communes["population_2019"])
TIERS = communes.index.astype("str").tolist()


def as_dots(tables):
    """Several tables of quotients as rows for a chart of intervals."""
    dots = pd.concat({kind: found.rename(index=str) for kind, found in tables.items()})
    dots = dots.rename_axis(["kind", "group"]).reset_index()
    dots = dots.rename(columns={"quotient": "value"})
    return dots[["kind", "group", "value", "low", "high"]].round(4)


# %% tags=["hide-input"]
THREE = ["under 20,000", "20,000–99,999", "100,000 and over"]


def in_three(sizes, index):
    """Small, medium and large: three tiers of the size classes."""
    codes = np.digitize(sizes.codes, [4, 6])
    return pd.Series(pd.Categorical.from_codes(codes, THREE, ordered=True), index)


three = in_three(tier.cat, zones.index)
ends = quotients(places, people, three)
smallest = by_zone.loc["2,000–4,999"]
glue(small=ends.iloc[0]["quotient"], medium=ends.iloc[1]["quotient"],
     large=ends.iloc[2]["quotient"], small_low=ends.iloc[0]["low"],
     small_high=ends.iloc[0]["high"], few_places=int(smallest["count"]),
     few_zones=int(smallest["units"]))

# %% tags=["hide-input"]
both = as_dots(dict(zip(GRAINS, [by_zone, by_commune], strict=True)))
chart = interval_dots(both, "over those expected (France = 1)", GRAINS,
                      TIERS, rule=1, height=330)
words = {kind: "; ".join(f"{r.group} {r.value:.2f}" for r in rows.itertuples())
         for kind, rows in both.groupby("kind")}
title = "Zones show a trough in the middle; communes a slope from small to large"
figure(chart.properties(title=title), data=TABLES, note="exact 95 % intervals",
       alt_text="Location quotients of third places by tier. "
       + ". ".join(f"Counted {kind}: {said}" for kind, said in words.items()))

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** compute a location quotient that keeps its zeros and an exact interval; read a
# funnel plot; smooth a map of small counts; say why two tests of the same figures can disagree; and test a hypothesis
# about counts without being fooled by their clumps.
#
# **Time.** {planned-minutes}. **You need** [the first chapter](01_towns.ipynb) for the words *size class* and
# *urban unit*, and the idea of an index from [the second](02_trajectories.ipynb). No Python is needed to read.

# %% tags=["hide-input"]
data_used("employment_zones", "third_places_by_commune_class", "published_figures")

# %% [markdown]
# ## The question
#
# A *third place* (*tiers-lieu*) is a place to work and meet that is neither home nor office: most in our list offer
# *coworking*. The introduction says that they could help transform production and offset lost industrial jobs with others,
# and that they settle at both ends of the hierarchy of towns, so that the towns in between, the medium-sized ones, risk
# falling further behind (§14). Three questions: are third places thicker on the ground in some tiers than in others? Where
# exactly, and how sure is that? And are they found in zones in difficulty, as the article's hypothesis has it? The
# words of the method are in the [glossary](../book/glossary.md).
#
# ## What differs from the article
#
# - **The list.** We have third places found by a public mission (CGET) in 2018 with additions of 2019. Which list and date the
#   article uses is not known to us.
# - **The quotient.** The abstract speaks of relative concentration by employment zone. What it is relative to (people, jobs,
#   firms) is not known to us: we try three denominators.
# - **The types.** The article makes a typology. Its variables and classes are not known to us; ours are the columns that
#   our table has.
# - **Metropolises.** Our tables hold no list of the 22 métropoles. "Large" means here a zone, or an urban unit, with a town of
#   100,000 inhabitants or more.
# - **Two sentences.** The introduction and the abstract do not say the same of metropolises. We show both beside our figures and
#   do not choose for the authors.
#
# ## By hand: eight toy zones
#
# Eight invented zones in three tiers. People are counted in tens of thousands, so that the whole toy country has exactly
# one third place per unit.

# %%
toy = pd.DataFrame({
    "people": [12, 8, 6, 5, 4, 3, 1.5, 0.5], "places": [20, 10, 3, 2, 2, 1, 0, 2],
    "tier": ["large", "large", "medium", "medium", "medium", "small", "small", "small"],
}, index=pd.Index(list("ABCDEFGH"), name="zone"))
table(toy.reset_index(), "Eight toy zones, the whole of them", kind="toy",
      formats={"people": ",.1f"}, note="people in tens of thousands")

# %% [markdown]
# **Location quotient.** There are 40 places for 40 units of people: one each. So zone A *expects* 12 places and has 20: its
# quotient is 20 over 12. Work out zones G and H with a pencil.

# %% tags=["hide-input"]
rate = toy["places"].sum() / toy["people"].sum()
has, lives = toy.loc["H", ["places", "people"]].astype(float)
check.number(
    "What is the location quotient of zone H?", answer=has / (lives * rate),
    tolerance=0.01, hints={
        has: "That is how many it has. Divide by how many its people let expect.",
        lives * rate: "That is how many it expects. Divide what it has by it.",
        lives * rate / has: "Turned over: what it has goes on top.",
        has / toy["places"].sum(): "That is its share of all places. Divide it by its "
        "share of the people."},
    otherwise="One place is expected for each unit of people; H has half a unit.",
    why="It has the highest quotient of the eight, on two places. Does that make it the "
    "richest in third places? Hold the thought.")

# %%
toy_zones = quotients(toy["places"], toy["people"])
toy_zones[["count", "expected", "quotient", "low", "high"]].round(2)

# %% [markdown]
# Zone G has none and stays in the table: a quotient of 0, with an upper bound of {glue:text}`toy_zero:.2f`. Nobody can say that
# G is poor in third places; it is too small for that. Zone H may be anything from {glue:text}`toy_h_low:.1f` to
# {glue:text}`toy_h_high:.1f`. The bounds are **Garwood's**: the lowest and the highest mean under which a count like this one is not too rare.
#
# **By tier.** Add up first, divide last. Then compare with what you would see on a map, where each zone is a patch of colour:

# %%
toy_tiers = quotients(toy["places"], toy["people"], toy["tier"])
toy_tiers = toy_tiers[["units", "empty", "quotient"]]
toy_tiers["mean of the zones"] = toy_zones["quotient"].groupby(toy["tier"]).mean()
toy_tiers.loc[["large", "medium", "small"]].round(2)

# %% [markdown]
# The small tier has {glue:text}`toy_small:.2f` times its share when its people count, and {glue:text}`toy_mean:.2f` times when each
# zone counts once. Both are right arithmetic. In the second, zone H is one of three, with a tenth of
# the tier's people.
#
# **Funnel.** Is 4 more surprising than 1.67? Ask how rarely chance alone would give as many.

# %%
toy_funnel = funnel(toy["places"], toy["people"])
toy_funnel[["quotient", "limit_low", "limit_high", "side"]].round(2)

# %% tags=["hide-input"]
H, A = toy_funnel.loc["H"], toy_funnel.loc["A"]
SIZE = "Where less is expected, chance moves a quotient further"
LESS = "H has fewer places for its people"
check.choice(
    f"A’s quotient of {A['quotient']:.2f} is out of line, H’s quotient of "
    f"{H['quotient']:.0f} is not. Why?",
    answer=SIZE if H["limit_high"] > A["limit_high"] else LESS, options={
        SIZE: "Compare the two limits of A with those of H.",
        LESS: f"It has more for its people: {H['quotient']:.0f} times its share.",
        "The limits are drawn around the tier": "Each row has limits of its own. Look "
        "at how they widen from A down to H.",
        "A is a large zone, and large ones always stand out": "B is large as well, and "
        "inside. What do the limits depend on?"},
    why=f"With {toy_zones.loc['H', 'expected']:.1f} places expected, two turn up by "
    "chance in nearly one case in ten. Before you ask how high a quotient is, ask how "
    "high chance alone would lift it.")

# %% [markdown]
# Only zone A lies outside the limits of its own size.
#
# **Smoothing.** If H must be coloured on a map, how? *Empirical Bayes* pulls each zone towards the whole, the more so the less there is
# to judge by. First measure how much the zones truly differ: the spread of their quotients, less the spread that counting
# alone would give.

# %%
expected, quotient = toy_zones["expected"], toy_zones["quotient"]
seen = (expected * (quotient - 1) ** 2).sum() / expected.sum()
spread = seen - 1 / expected.mean()
weight = spread / (spread + 1 / expected)
print(f"spread seen {seen:.3f}, true {spread:.3f}; zone A keeps {weight['A']:.0%} of its "
      f"deviation, zone H {weight['H']:.0%}")
(1 + weight * (quotient - 1)).round(2).to_dict()

# %% tags=["hide-input"]
toy_smooth = smooth(toy["places"], toy["people"])
glue(toy_zero=toy_zones.loc["G", "high"], toy_h_low=toy_zones.loc["H", "low"],
     toy_h_high=toy_zones.loc["H", "high"], toy_small=toy_tiers.loc["small", "quotient"],
     toy_mean=toy_tiers.loc["small", "mean of the zones"],
     toy_h=toy_smooth.loc["H", "smoothed"], toy_a=toy_smooth.loc["A", "smoothed"])

# %% [markdown]
# H falls from 4 to {glue:text}`toy_h:.2f`, A from 1.67 to {glue:text}`toy_a:.2f` only: A is now ahead. That is the whole method;
# `smooth` does these five lines, and adds bounds.
#
# ## On real figures
#
# ### By zone
#
# {glue:text}`zones` employment zones of metropolitan France, {glue:text}`places:,` third places, {glue:text}`empty` zones with none.
# The tier of a zone is the size class of its largest town. Expect wide intervals at the top of the table: there is little to
# count there.

# %%
by_zone[["units", "empty", "count", "expected", "quotient", "low", "high"]].round(2)

# %% tags=["hide-input"]
second = by_zone.loc["5,000–9,999"]
glue(zones=len(zones), places=int(places.sum()), empty=int((places == 0).sum()),
     first_q=smallest["quotient"], first_low=smallest["low"], first_high=smallest["high"],
     mid_4=by_zone.loc["20,000–49,999", "quotient"],
     paris=by_zone.loc["Paris", "quotient"],
     mid_5=by_zone.loc["50,000–99,999", "quotient"], second_low=second["low"],
     second_high=second["high"], cities=by_zone.loc["200,000–1,999,999", "quotient"])

# %% [markdown]
# The two tiers of the trough are clear of 1: {glue:text}`mid_4:.2f` and {glue:text}`mid_5:.2f`. So are the large cities
# ({glue:text}`cities:.2f`) and Paris ({glue:text}`paris:.2f`) on the other side. But the smallest tier, {glue:text}`first_q:.2f`,
# could be anything from {glue:text}`first_low:.2f` to {glue:text}`first_high:.2f`; the next one from {glue:text}`second_low:.2f` to
# {glue:text}`second_high:.2f`. **The trough and the large end show; the small end does not.**
#
# ### Against whom?
#
# A third place serves people who work. Does the picture change if we divide by residents at work, or by jobs? And if we keep only
# the places with coworking?

# %%
DENOMINATORS = {"people": "population_2018", "residents at work": "employed_2011",
                "jobs": "employment_2015"}
against = pd.DataFrame({name: quotients(places, zones[column], tier)["quotient"]
                        for name, column in DENOMINATORS.items()})
against["coworking only"] = quotients(zones["coworking"], people, tier)["quotient"]

# %% tags=["hide-input"]
jobs = quotients(places, zones["employment_2015"], tier)
glue(paris_jobs=jobs.loc["Paris", "quotient"], paris_jobs_low=jobs.loc["Paris", "low"],
     paris_jobs_high=jobs.loc["Paris", "high"],
     small_coworking=against["coworking only"].iloc[0],
     one_coworking=int(zones.loc[tier == "2,000–4,999", "coworking"].sum()))
table(against.rename_axis("largest town of the zone").reset_index(),
      "The trough stays under every denominator; the surplus of Paris does not",
      data=["employment_zones"], name="denominators",
      note="third places over those expected; people 2018, residents aged 25–54 at work "
      "2011, jobs 2015; last column: coworking by people")

# %% [markdown]
# The trough stays. Paris does not: measured by its jobs it has {glue:text}`paris_jobs:.2f` times its share
# ({glue:text}`paris_jobs_low:.2f` to {glue:text}`paris_jobs_high:.2f`), no surplus at all, because people travel there to work. And the
# smallest tier falls to {glue:text}`small_coworking:.2f` with coworking alone, which is {glue:text}`one_coworking` place.
#
# ### By commune
#
# A zone around a town of 300,000 also holds villages. A third place in such a village counts above as "large city". Count it by
# the urban unit of its own commune instead:

# %%
by_commune[["count", "expected", "quotient", "low", "high"]].round(2)

# %% tags=["hide-input"]
before = by_commune["quotient"].iloc[:-1]
glue(rural=by_commune["quotient"].iloc[0], rural_places=int(by_commune["count"].iloc[0]),
     rural_share=by_commune["count"].iloc[0] / by_commune["count"].sum(),
     commune_50=by_commune.loc["50,000–99,999", "quotient"],
     rises=("rises with every class" if before.is_monotonic_increasing else
            "does not rise with every class"), city_commune=before.iloc[-1],
     paris_commune=by_commune["quotient"].iloc[-1],
     all_communes=int(by_commune["count"].sum()), six=int(
         load("third_places_by_commune_class")["third_places"].sum()
         - by_commune["count"].sum()))

# %% [markdown]
# No trough, and no small end: the quotient {glue:text}`rises` from {glue:text}`rural:.2f` outside urban units to
# {glue:text}`city_commune:.2f` in cities of 200,000 and more (Paris: {glue:text}`paris_commune:.2f`). Towns of 50,000–99,999 have
# {glue:text}`commune_50:.2f`, their share. Third places in villages exist, {glue:text}`rural_places` of
# {glue:text}`all_communes:,` or {glue:text}`rural_share:.0%`, but far more people live there. ({glue:text}`six` more could be put in no
# class.)
#
# ### Three columns
#
# What the introduction says, what the abstract says, and our figures under the two grains: three columns, for small,
# medium and large towns.

# %% tags=["hide-input"]
own = pd.Series(communes.index, communes.index)
own_three = in_three(own.cat, communes.index)
own_ends = quotients(communes["third_places"], communes["population_2019"], own_three)


def written(found):
    return found.apply(lambda r: f"{r['quotient']:.2f}, from {r['low']:.2f} to "
                       f"{r['high']:.2f}", axis=1)


said = pd.DataFrame.from_dict({
    "introduction": ["favoured", "under-represented", "favoured"],
    "abstract": ["supposed: more where in difficulty or badly connected",
                 "not known to us", "relatively fewer, on the map"],
    "our zones": written(ends).to_list(),
    "our communes": written(own_ends).to_list()},
    orient="index", columns=["small, rural", "medium", "large"])

# %% tags=["hide-input"]
table(said.reset_index(names="who"), "The introduction, the abstract and our figures",
      data=TABLES, name="three", note="first two rows in our words (supposed: as a "
      "hypothesis); figures: third places over those expected, exact 95 % intervals; "
      "small: under 20,000 inhabitants, medium: 20,000–99,999, large: 100,000 and over")

# %% [markdown]
# By zone our figures side with the introduction for medium-sized towns and large cities. For small places they show somewhat
# more than in the middle (how surely, we shall see), and no more than in the country. By commune they contradict it at the small end. Neither row agrees with the
# abstract's sentence on metropolises. Or does it?
#
# ### What a map would say
#
# A map does not add up people. It shows zones, each once. Take the twenty zones with the highest quotients, and the mean and
# the middle zone of each tier:

# %%
q = quotients(places, people)["quotient"]
top = q.nlargest(20).index
by_map = q.groupby(three).agg(mean="mean", median="median")
by_map["among the top 20"] = three[top].value_counts()
by_map["zones"] = three.value_counts()
by_map.insert(0, "added up", ends["quotient"])
by_map.round(2)

# %% tags=["hide-input"]
region_paris = zones[tier == "Paris"].index
centre = zones.loc[region_paris, "third_places"].idxmax()
core = quotients(places, people, pd.Series(np.where(
    zones.index == centre, "centre", np.where(tier == "Paris", "around", "other")),
    zones.index))["quotient"]
glue(top_small=int(by_map["among the top 20"].iloc[0]),
     top_large=int(by_map["among the top 20"].iloc[2]), mean_small=by_map["mean"].iloc[0],
     mean_large=by_map["mean"].iloc[2], paris_centre=core["centre"],
     paris_around=core["around"], around=len(region_paris) - 1)

# %% tags=["hide-input"]
big = by_map.loc[THREE[2]]
FEW, ERROR = "A few zones with many people and many places", "One of the two is an error"
check.choice(
    f"Large zones have {big['added up']:.2f} times their share when they are added up, "
    f"and {big['mean']:.2f} in the mean of the zones. Which zones make the difference?",
    answer=FEW if big["added up"] > big["mean"] else ERROR, options={
        FEW: "In the mean each zone counts once. In the sum, what counts?",
        ERROR: "Both are right. Ask what one zone weighs in each of them.",
        "Those with no third place at all": "They lower both. Which zones weigh more in "
        "a sum than in a mean?",
        "Those among the twenty highest": "They raise the mean: that would put it above. "
        "Which zones hold the most people?"},
    why="Added up, Paris and Lyon weigh as much as their people; in the mean, and on a "
    "map, they are two zones like any other. Say which of the two you mean.")

# %% [markdown]
# Of the twenty highest quotients {glue:text}`top_small` belong to small zones and only {glue:text}`top_large` to large ones. The mean
# small zone has {glue:text}`mean_small:.2f`, the mean large one {glue:text}`mean_large:.2f`. (The middle zone, the median, is much the same in
# all three.) **Counting zones, large cities have relatively less than small places, near to what the abstract says. Counting people, they
# have more, as the introduction says.** We don't know that this is how the authors came to both sentences. It is how one table
# can give both.
#
# A large tier also hides its inside. The tier of Paris is {glue:text}`paris_centre:.2f` in the zone of Paris itself and
# {glue:text}`paris_around:.2f` in the {glue:text}`around` zones around it.
#
# ### The funnel: which zones are out of line?
#
# Each point is a zone: the more places it expects, the farther right. Chance alone can put it between the
# lines; if all zones had the same rate, at most one in twenty would lie outside of the inner pair, and one in five
# hundred outside of the outer pair.

# %%
in_funnel = funnel(places, people)
strict = funnel(places, people, level=0.998)
pd.crosstab(three.rename("largest town"), in_funnel["side"])

# %% tags=["hide-input"]
SIDES = {"above": GREEN, "inside": CONTEXT, "below": PINK}
cloud = in_funnel.join(zones["name"]).rename(columns={"count": "places"}).round(4)
NAMED = ["Paris", "Lyon", "Poitiers", "La Lozère", "Corte"]
cloud["label"] = cloud["name"].where(cloud["name"].isin(NAMED), "")
cloud["under"] = cloud["name"].where(cloud["name"].isin(["Bordeaux"]), "")
across = np.geomspace(0.25, 145, 90)
lines = pd.concat([pd.DataFrame({"expected": across, "quotient": limit,
                                 "line": f"{level}{n}", "limits": f"{level:.1%}"})
                   for level in (0.95, 0.998)
                   for n, limit in enumerate(funnel_limits(across, level))]).round(4)
lines = lines[lines["quotient"].between(0.001, 7.5)]

# %% tags=["hide-input"]
log = alt.X("expected:Q", title="third places expected",
            scale=alt.Scale(type="log", domain=[0.22, 200]),
            axis=alt.Axis(values=[0.3, 1, 3, 10, 30, 100], grid=False))
high = alt.Y("quotient:Q", title="over those expected",
             scale=alt.Scale(domain=[0, 7.5]))
limits = alt.Chart(lines).mark_line(strokeWidth=1.2, color="#4A5056").encode(
    log, high, alt.Detail("line:N"),
    alt.StrokeDash("limits:N", legend=alt.Legend(symbolType="stroke", offset=26)))

# %% tags=["hide-input"]
base = alt.Chart(cloud).encode(
    log, high, tooltip=["name", "places", "expected", "quotient"])
dots = base.mark_point(filled=True, size=46, opacity=0.8).encode(
    alt.Color("side:N", sort=list(SIDES), legend=alt.Legend(offset=26), scale=alt.Scale(
        domain=list(SIDES), range=list(SIDES.values()))),
    alt.Shape("side:N", sort=list(SIDES), legend=alt.Legend(offset=26), scale=alt.Scale(
        domain=list(SIDES), range=["triangle-up", "circle", "triangle-down"])))
names = base.mark_text(dy=-10, fontSize=11).encode(alt.Text("label:N"))
names += base.mark_text(dy=14, fontSize=11).encode(alt.Text("under:N"))
out = in_funnel["side"].value_counts()
title = f"{out['above']} zones above the funnel, {out['below']} below: most are large"
figure((limits + dots + names).properties(title=title, height=360),
       data=["employment_zones"], note="lines: limits that chance keeps to",
       alt_text=f"Funnel plot: quotients of {len(cloud)} zones against third places "
       "expected. Paris, Lyon, Bordeaux, Toulouse and Poitiers lie above the limits, and "
       "so does La Lozère among small zones; Corte, higher still, is inside.")

# %% tags=["hide-input"]
beyond = strict[strict["side"] != "inside"]
large_out = int((three[in_funnel.index[in_funnel["side"] != "inside"]] == THREE[2]).sum())
unseen = (np.exp(-in_funnel["expected"]) >= 0.025) & (three == THREE[0])
glue(out_all=int(out["above"] + out["below"]), out_large=large_out,
     chance=0.05 * len(zones),
     out_strict=len(beyond), lozere=int(places[zones["name"] == "La Lozère"].iloc[0]),
     lozere_q=q[zones["name"] == "La Lozère"].iloc[0],
     corte=q[zones["name"] == "Corte"].iloc[0],
     corte_places=int(places[zones["name"] == "Corte"].iloc[0]),
     unseen="every" if unseen.sum() == (three == THREE[0]).sum() else "nearly every",
     small_above=int(
         (in_funnel["side"].eq("above") & (three == THREE[0])).sum()))

# %% tags=["hide-input"]
called = cloud.set_index("name")["quotient"]
over = cloud[cloud["side"] == "above"].set_index("name")["quotient"]
first, second = over.nlargest(2).index
crest, most = called.idxmax(), cloud.set_index("name")["expected"].idxmax()
check.pick(
    "Pick the zone with the highest quotient among those that chance alone hardly gives.",
    options=sorted(called.index), answer=first, field="name",
    hints={crest: "Its quotient is the highest of all, and lies between the lines: with "
           "so few places expected, chance gives such heights.",
           most: "Far outside the lines, but not the highest. Look further left.",
           second: f"It is above the lines, at {over[second]:.1f}: the second highest."},
    otherwise="Look for the green triangle that stands highest.",
    why=f"{over[first]:.1f} times its share, above the limits of its size, while "
    f"{crest} with {called[crest]:.1f} is inside them. A funnel ranks by surprise, not "
    "by height.")

# %% [markdown]
# {glue:text}`out_all` zones lie outside the inner lines, where chance would put
# {glue:text}`chance:.0f` at most, and {glue:text}`out_large` of them are
# large. At the outer lines {glue:text}`out_strict` remain. Of the small zones only {glue:text}`small_above` are above: La Lozère, for
# one, has {glue:text}`lozere` places, {glue:text}`lozere_q:.1f` times its share, which chance hardly gives. Corte has a higher
# quotient still, {glue:text}`corte:.1f`, on {glue:text}`corte_places` places, and lies inside. Note what the
# funnel cannot do: in {glue:text}`unseen` small zone even a count of zero would be no surprise, so
# none of these can be *below*.
#
# ### Smoothing
#
# To colour a map, use the smoothed quotients. Here are the ten highest raw ones, before and after.

# %%
smoothed = smooth(places, people)
first = q.nlargest(10).index
smoothed.loc[first].set_index(zones.loc[first, "name"]).round(2)

# %% tags=["hide-input"]
raw = quotients(places, people).loc[first].set_index(zones.loc[first, "name"])
pulled = smoothed.loc[first].set_index(zones.loc[first, "name"])
pulled = pulled.drop(columns="quotient").rename(columns={"smoothed": "quotient"})
KINDS = {"as counted": CONTEXT, "smoothed": GREEN}
dots = as_dots(dict(zip(KINDS, [raw, pulled], strict=True)))
chart = interval_dots(dots, "over those expected", KINDS,
                      raw.index.tolist(), rule=1, height=330)
again = smoothed["smoothed"].nlargest(20).index
glue(still=int(three[again].eq(THREE[2]).sum()), small_still=int(
    three[again].eq(THREE[0]).sum()),
    keeps=int((pulled["low"] > 1).sum()), moran_places=len(zones))
title = f"Smoothed, {(pulled['low'] > 1).sum()} of the ten highest stay clear of 1"
figure(chart.properties(title=title), data=["employment_zones"],
       note="grey: exact intervals; green: bounds of the smoothed quotient",
       alt_text="Ten highest quotients as counted and smoothed: " + "; ".join(
           f"{n} {raw.loc[n, 'quotient']:.1f} to {pulled.loc[n, 'quotient']:.1f}"
           for n in raw.index))

# %% [markdown]
# After smoothing, {glue:text}`keeps` of the ten are still clear of 1. Among the twenty highest *smoothed* quotients there are
# {glue:text}`small_still` small zones and {glue:text}`still` large ones: the surprising top of the map was made by small numbers.
#
# ### How uneven is it?
#
# Put the zones in order from the least provided, and add up people and places. If all had their share, the **Lorenz curve** would be the
# straight line; **Gini's coefficient** says how far it sags, 0 for not at all.

# %% tags=["hide-input"]
curve = lorenz(places, people).round(5)
sag = {"zones": gini(places, people),
       "tiers": gini(places.groupby(tier, observed=True).sum(),
                     people.groupby(tier, observed=True).sum())}
without = people[places == 0].sum() / people.sum()

# %% tags=["hide-input"]
half = curve.loc[curve["things"] <= 0.5, "people"].max()
chance = np.random.default_rng(0).poisson(in_funnel["expected"], (50, len(zones)))
by_chance = np.mean([gini(pd.Series(one, zones.index), people) for one in chance])
axes = [alt.X("people:Q", title="people, from the least provided zones",
              axis=alt.Axis(format="%")),
        alt.Y("things:Q", title="their share of third places", axis=alt.Axis(format="%"))]
line = alt.Chart(curve).mark_line(color=GREEN).encode(*axes)
equal = alt.Chart(curve.iloc[[0, -1]]).mark_line(color=CONTEXT, strokeDash=[4, 4],
                                                 strokeWidth=1.5).encode(*axes)
glue(gini=sag["zones"], gini_tiers=sag["tiers"], without=without, gini_chance=by_chance)
title = f"The least provided {half:.0%} of people have half of the third places"
figure((equal + line).properties(title=title, height=300), data=["employment_zones"],
       note="dashed: if all zones had the same rate",
       alt_text=f"Lorenz curve of third places over people by zone: flat at first, "
       f"{without:.0%} of people live in zones with none; half of the places are reached "
       f"at {half:.0%} of the people.")

# %% [markdown]
# Over zones Gini's coefficient is {glue:text}`gini:.2f`; over the eight tiers it is only {glue:text}`gini_tiers:.2f`. Part of the first
# is mere counting, since small zones jump between none and many by chance: if all had the same rate, it would come to
# {glue:text}`gini_chance:.2f` all the same. What is left lies mostly *inside* tiers, between one zone and another of like size. {glue:text}`without:.0%` of the people live in a zone with no third place.
#
# ## Do tiers differ? Two tests that disagree
#
# The **chi-square** test takes each third place as an observation: are they spread over the tiers as people are? The
# **Kruskal–Wallis** test takes each zone: are the zones of one tier ranked higher than those of another? The last one
# deals the tiers out again at random among the zones, a thousand times less one, and looks how often they come to differ as much.

# %%
by_places, by_zones = chi_square(places, people, tier), kruskal_wallis(q, tier)
dealt = permutation_test(places, people, tier)
print(f"places: p = {by_places.p_value:.0e}, w = {by_places.effect:.2f}")
print(f"zones:  p = {by_zones.p_value:.2f}, epsilon² = {by_zones.effect:.3f}")
print(f"dealt:  p = {dealt.p_value:.2f}; {dealt.observed:.0f} seen, "
      f"{dealt.mean:.0f} usual")

# %% tags=["hide-input"]
biggest = places.nlargest(2).index
others = zones.index.difference(biggest)
dealt_again = permutation_test(places[others], people[others], tier[others])
glue(p_zones=by_zones.p_value, effect_zones=by_zones.effect,
     effect_places=by_places.effect, p_dealt=dealt.p_value, seen=dealt.observed,
     usual=dealt.mean,
     p_again=dealt_again.p_value, two=" and ".join(zones.loc[biggest, "name"]),
     two_share=places[biggest].sum() / places.sum())

# %% tags=["hide-input"]
OTHER = "Neither: one asks about places, the other about zones"
FIRST = "The second: so small a p cannot be chance"
check.choice(
    f"For places p is next to nothing, for zones it is {by_zones.p_value:.2f}. Which of "
    "the two tests is wrong?",
    answer=OTHER if by_places.p_value < 0.05 < by_zones.p_value else FIRST, options={
        OTHER: "What is one observation for each of them?",
        FIRST: "It is small because each of many places counts as an observation of its "
        "own. Are they put down one by one?",
        "The first: its effect is small": "The effect tells how much they differ, p how "
        "seldom chance gives as much. Both can be right.",
        "Both: tiers do not differ": "A test that finds nothing does not show that there "
        "is nothing. Ask what each of them counts."},
    why=f"{places.sum():,.0f} places against {len(zones)} zones. Before you believe a p, "
    "ask what was counted as one independent observation.")

# %% [markdown]
# The first says: surely. The second: nothing to see (*p* = {glue:text}`p_zones:.2f`; the tiers take up
# {glue:text}`effect_zones:.1%` of the spread of ranks). The third sides with the second (*p* = {glue:text}`p_dealt:.2f`). None of
# them is wrong; they answer different questions.
#
# - *Chi-square* asks about places, and takes each as put down on its own. They are not: {glue:text}`two` alone hold
#   {glue:text}`two_share:.0%` of them. One extraordinary city counts as hundreds of proofs.
# - *Kruskal–Wallis* asks about the usual zone and forgets size. The middle zone is much the same, small, medium or large (see
#   *median* in the table above); what differs is a handful of large cities.
# - *Dealing* keeps whole zones. Random tiers differ by {glue:text}`usual:.0f` on average, more than ours by {glue:text}`seen:.0f`,
#   since whichever tier draws the giants stands out. Leave {glue:text}`two` aside and *p* is {glue:text}`p_again:.3f`.
#
# So the effect sizes matter more than the *p*: for places it is small to middling (*w* = {glue:text}`effect_places:.2f`), for zones next to
# nothing.
#
# ### With errors that know about clumps
#
# A **Poisson regression** says the same in ratios: the rate of small and of large zones over that of medium ones. Its usual errors
# believe, like chi-square, that places are put down one by one. Zones vary more than that; the *dispersion* says how much, and
# **quasi-Poisson** errors are as much wider.

# %%
dummies = pd.get_dummies(three).astype(float)[[THREE[0], THREE[2]]]
trusting = poisson_regression(places, dummies, people, quasi=False)
careful = poisson_regression(places, dummies, people)
print(f"dispersion {careful.dispersion:.2f}, errors {careful.dispersion ** 0.5:.2f} "
      "times wider")
careful.table.iloc[1:][["ratio", "low", "high", "p_value"]].round(4)

# %% tags=["hide-input"]
fits = {"Poisson": trusting, "quasi-Poisson": careful}
rows = pd.concat({kind: fit.table.iloc[1:] for kind, fit in fits.items()})
rows = rows.rename_axis(["kind", "group"]).reset_index()
rows = rows.rename(columns={"ratio": "value"})
few = three != THREE[2]
under = poisson_regression(places[few], dummies.loc[few, [THREE[0]]], people[few])
ratio, near = careful.table, under.table.iloc[1]
small_end, large_end = ratio.loc[THREE[0]], ratio.loc[THREE[2]]
glue(dispersion=careful.dispersion, small_ratio=small_end["ratio"],
     small_ratio_low=small_end["low"], small_ratio_high=small_end["high"],
     large_ratio=large_end["ratio"], large_ratio_low=large_end["low"],
     large_ratio_high=large_end["high"], near_low=near["low"],
     near_high=near["high"], near_dispersion=under.dispersion)
# %% tags=["hide-input"]
chart = interval_dots(rows.round(4), "rate over that of 20,000–99,999",
                      dict(zip(fits, [CONTEXT, GREEN], strict=True)),
                      [THREE[0], THREE[2]], rule=1, height=150)
title = "The large end stands clear of the middle; the small end does not"
figure(chart.properties(title=title), data=["employment_zones"],
       note="tier by the largest town of the zone; 95 % intervals",
       alt_text="Rate ratios to medium zones. Small zones "
       f"{small_end['ratio']:.2f}, large zones {large_end['ratio']:.2f}; "
       "with quasi-Poisson errors the interval of the small ones contains 1.")

# %% [markdown]
# Large zones have {glue:text}`large_ratio:.2f` times the rate of medium ones ({glue:text}`large_ratio_low:.2f` to
# {glue:text}`large_ratio_high:.2f`): that survives. Small ones have {glue:text}`small_ratio:.2f` times, but with a dispersion of
# {glue:text}`dispersion:.1f` the interval is {glue:text}`small_ratio_low:.2f` to {glue:text}`small_ratio_high:.2f`. Compared without the
# large cities, whose spread is the largest, it is {glue:text}`near_low:.3f` to {glue:text}`near_high:.3f` (dispersion
# {glue:text}`near_dispersion:.1f`): on the edge. **A small arm above the trough is likely, not shown.**
#
# ### Do neighbours resemble each other?
#
# **Moran's I** compares each zone with the mean of its nearest neighbours: 0 when they are unrelated, towards 1 when alike.

# %%
from methods.autocorrelation import morans_i, nearest

found = {number: morans_i(smoothed["smoothed"], nearest(zones, number))
         for number in (4, 6, 8, 10)}
pd.DataFrame(found, index=found[4]._fields).drop("places").round(3)

# %% tags=["hide-input"]
glue(moran_low=min(m.i for m in found.values()),
     moran_high=max(m.i for m in found.values()),
     moran_p=max(m.p_value for m in found.values()))

# %% [markdown]
# With four to ten neighbours I lies between {glue:text}`moran_low:.2f` and {glue:text}`moran_high:.2f`: weak, and hardly chance
# (*p* at most {glue:text}`moran_p:.3f`, over {glue:text}`moran_places` zones). The figures of one zone tell a little about the next, so no
# zone is quite an independent witness. The intervals above take no notice of that.
#
# ## The hypothesis: zones in difficulty?
#
# The abstract's hypothesis is that third places are more frequent in zones in difficulty or badly connected, where they serve new
# self-employed people. Which of our columns speak to it? *Difficulty*: unemployment, change of jobs 1998–2015, share of workers.
# *Self-employed*: their share, though it counts all of them in 2011, not the new ones. Managers stand for the large cities. All are
# put on one scale, standard deviations, so that their ratios can be compared.

# %%
zones["jobs_change"] = (zones["employment_2015"] / zones["employment_1998"] - 1) * 100
MEASURES = {"unemployment_pct_2011": "unemployment", "jobs_change": "growth of jobs",
            "workers_pct_2011": "workers", "self_employed_pct_2011": "self-employed",
            "managers_pct_2011": "managers"}
measures = zones[list(MEASURES)].rename(columns=MEASURES)
z = standardise(measures)
together = poisson_regression(places, z, people)
together.table.iloc[1:][["ratio", "low", "high", "p_value"]].round(3)

# %% [markdown]
# A ratio of 1.2 means: a zone one standard deviation higher has 1.2 times the rate, the other four being equal. "Equal" is doing a lot
# there: zones with many managers have few workers. So look at each measure alone too, and then only at the zones under 100,000, which
# the hypothesis is about.

# %%
def alone(keep):
    """Each measure without the others."""
    fits = [poisson_regression(places[keep], z.loc[keep, [name]], people[keep])
            for name in z]
    return pd.concat([fit.table.iloc[[1]] for fit in fits])


all_zones = pd.Series(True, zones.index)
ways = {"alone": alone(all_zones), "together": together.table.iloc[1:],
        "< 100,000": alone(few)}

# %% tags=["hide-input"]
rows = pd.concat({kind: found.rename(columns={"ratio": "quotient"})
                  for kind, found in ways.items()})
dots = rows.rename_axis(["kind", "group"]).reset_index()
dots = dots[["kind", "group", "quotient", "low", "high"]]
dots = dots.rename(columns={"quotient": "value"})
SHADES = dict(zip(ways, [CONTEXT, GREEN, CATEGORIES[1]], strict=True))
chart = interval_dots(dots.round(4), "ratio for one standard deviation more",
                      SHADES, list(z), rule=1, height=330)
title = "Not more where there is unemployment; fewer where there are many workers"
figure(chart.properties(title=title), data=["employment_zones"],
       note="quasi-Poisson, 95 % intervals; < 100,000: "
       "alone, in zones whose largest town is smaller",
       alt_text="Rate ratios of third places: " + "; ".join(
           f"{r.group}, {r.kind}: {r.value:.2f} ({r.low:.2f} to {r.high:.2f})"
           for r in dots.itertuples()))

# %% tags=["hide-input"]
one, five, small_ones = ways.values()
column = ["ratio", "low", "high"]
glue(jobless=one.loc["unemployment", "ratio"], jobless_low=one.loc["unemployment", "low"],
     jobless_high=one.loc["unemployment", "high"],
     growth=one.loc["growth of jobs", "ratio"], worker=one.loc["workers", "ratio"],
     worker_small=small_ones.loc["workers", "ratio"],
     self_five=five.loc["self-employed", "ratio"],
     self_low=five.loc["self-employed", "low"],
     self_high=five.loc["self-employed", "high"],
     self_one=one.loc["self-employed", "ratio"],
     self_small=small_ones.loc["self-employed", "ratio"],
     self_small_low=small_ones.loc["self-employed", "low"],
     self_small_high=small_ones.loc["self-employed", "high"],
     explained=1 - together.deviance / together.null_deviance)

# %% [markdown]
# *Difficulty*: **not supported.** Where unemployment is higher, third places are not more frequent: a ratio of
# {glue:text}`jobless:.2f` ({glue:text}`jobless_low:.2f` to {glue:text}`jobless_high:.2f`). They are more frequent where jobs grew
# ({glue:text}`growth:.2f`) and rarer where workers are many ({glue:text}`worker:.2f`; under 100,000, {glue:text}`worker_small:.2f`).
#
# *Self-employed*: **in part.** Alone and over all zones, nothing ({glue:text}`self_one:.2f`). But with the other four equal, the ratio is
# {glue:text}`self_five:.2f` ({glue:text}`self_low:.2f` to {glue:text}`self_high:.2f`), and among zones under 100,000 it is
# {glue:text}`self_small:.2f` ({glue:text}`self_small_low:.2f` to {glue:text}`self_small_high:.2f`): outside the large cities, third places and the
# self-employed go together. All five measures explain {glue:text}`explained:.0%` of the deviance. None of this says what causes what.
#
# *Badly connected*: **not testable here.** It would need, zone by zone, travel times to the nearest large station, motorway or
# metropolis, or the share of premises with fast internet. We have no such table. Distance on the map is no stand-in: a far place on a
# fast line is well connected.
#
# ## Types of zones
#
# The same question, asked the way of a typology: which zones are alike in these five measures, and which kind has third places? The
# third places themselves take no part in the making of the types. How many types? Draw the zones again with replacement, and look
# whether each class comes back; over 0.75 it is called stable.

# %%
back = {(method, number): bootstrap_stability(measures, number, method, draws=40)
        for method in ("ward", "k-means") for number in (2, 3, 4, 5)}
pd.DataFrame(back).T.rename_axis(["method", "classes"]).round(2)

# %% tags=["hide-input"]
from methods.profiles import principal_components

axes = principal_components(measures)
glue(least_ward=min(v.min() for (m, _), v in back.items() if m == "ward"),
     best_ward=max(v.min() for (m, _), v in back.items() if m == "ward"),
     least_three=back["k-means", 3].min(), least_four=back["k-means", 4].min(),
     axis_1=axes.explained[1], axis_2=axes.explained[2])
loads = axes.loadings[[1, 2]].rename_axis("measure").reset_index()
loads.columns = ["measure", "first axis", "second axis"]
table(loads, "Two axes: workers against managers and growth, then the self-employed",
      data=["employment_zones"], name="loadings",
      formats={"first axis": "+.2f", "second axis": "+.2f"},
      note="principal components: correlation of each measure with each axis")

# %% [markdown]
# No cut of Ward's tree has all its classes stable (its weakest class comes back at {glue:text}`best_ward:.2f` at best,
# {glue:text}`least_ward:.2f` at worst). *k*-means does with three ({glue:text}`least_three:.2f` for the weakest), no longer with four
# ({glue:text}`least_four:.2f`). So: three. The two principal components, {glue:text}`axis_1:.0%` and {glue:text}`axis_2:.0%` of the spread, say
# what they are made of.

# %%
kinds = classes(measures, 3, "k-means")
kind_quotients = quotients(places, people, kinds)
profiles(measures, kinds).round(2)

# %% [markdown]
# Read each row from its largest figures, and the three types get their names: zones with many workers and few managers;
# zones of the self-employed, with growing jobs and high unemployment; zones with many managers and few workers.

# %% tags=["hide-input"]
by_kind = kind_quotients["quotient"].set_axis(
    ["zones of workers", "zones of the self-employed", "zones of managers"])
check.guess(
    "How many times their share of third places do the three types of zones have? 1 is "
    "as many as their people let expect.", bars=by_kind.round(2), axis=(0, 2),
    form=".2f", name="kinds", data=["employment_zones"],
    say=f"Most in {by_kind.idxmax()}, fewest in {by_kind.idxmin()}: the ones have "
    f"{by_kind.max() / by_kind.min():.1f} times as many as the others, for as many "
    "people.")

# %% tags=["hide-input"]
KIND_NAMES = {1: "workers, few managers", 2: "self-employed, growing jobs",
              3: "managers, few workers"}
shown = kind_quotients.rename(index=KIND_NAMES)
dots = as_dots({"types of zones": shown})
chart = interval_dots(dots, "over those expected", {"types of zones": GREEN},
                      list(KIND_NAMES.values()), rule=1, height=150)
unlike = permutation_test(places, people, kinds)
largest = zones.loc[kinds[kinds == 2].index].nlargest(4, "population_2018")["name"]
glue(kind_1=kind_quotients["quotient"][1], kind_2=kind_quotients["quotient"][2],
     kind_3=kind_quotients["quotient"][3], kind_p=unlike.p_value,
     in_kind_1=int(kind_quotients["units"][1]), in_kind_2=int(kind_quotients["units"][2]),
     in_kind_3=int(kind_quotients["units"][3]), kind_2_names=", ".join(largest),
     kind_2_low=kind_quotients["low"][2],
     kind_2_high=kind_quotients["high"][2])
title = "Zones of managers have third places, zones of workers lack them"
figure(chart.properties(title=title), data=["employment_zones"],
       note="exact 95 % intervals", alt_text="; ".join(
           f"{r.group}: {r.value:.2f} ({r.low:.2f} to {r.high:.2f})"
           for r in dots.itertuples()))

# %% [markdown]
# {glue:text}`in_kind_1` zones of workers have {glue:text}`kind_1:.2f` times their share of third places, {glue:text}`in_kind_3` zones of managers
# {glue:text}`kind_3:.2f`. The {glue:text}`in_kind_2` zones where the self-employed are many *and* unemployment is
# high (the largest are {glue:text}`kind_2_names`) have {glue:text}`kind_2:.2f` ({glue:text}`kind_2_low:.2f` to {glue:text}`kind_2_high:.2f`): about their share, and more
# than the zones of workers. That is the nearest our figures come to the hypothesis. Dealing the types out at random hardly ever gives as
# much (*p* = {glue:text}`kind_p:.3f`), while tiers of size did not pass that test. **In these figures, what a
# zone's people do says more about its third places than how large its town is.**
#
# ## Do third places offset lost industrial jobs?
#
# The introduction says that they can help (§14). Our table can't test it, and neither can any table of one date. It would take: industrial
# jobs by zone and year, before and after; the date at which each third place opened, and those that closed; the jobs of the
# people who work there, and where they worked before; and zones alike in all else where none opened, to compare with. What we can say
# is where third places stand: less often where workers are many. That is no verdict on what one of them does for its town.
#
# ## Later lists
#
# Our list ends in 2019. Published figures go on, quoted from the CGET mission and from France Tiers-Lieux:

# %% tags=["hide-input"]
series = pd.DataFrame({year: {"places": quoted.loc[f"third-places-{year}", "low"],
                              "outside": quoted.loc[f"third-places-{year}-outside-share",
                                                    "low"] / 100}
                       for year in (2018, 2021, 2023)}).T
series = series.rename_axis("year").reset_index()
base = alt.Chart(series).encode(
    alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
    alt.Y("outside:Q", title="share outside the 22 métropoles",
          axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 0.8])))
chart = base.mark_bar(color=GREEN, width=60) + base.mark_text(dy=-9).encode(
    alt.Text("outside:Q", format=".0%"))
each = [quoted.loc[f"third-places-2018-{name}", "low"]
        for name in ("outside", "elsewhere-each", "metropoles-each")]
inside = series.loc[0, "places"] - each[0]
lives = each[0] * each[1] / (each[0] * each[1] + inside * each[2])

# %% tags=["hide-input"]
glue(out_2018=series["outside"].iloc[0], out_2021=series["outside"].iloc[1],
     out_2023=series["outside"].iloc[2], lives=lives,
     quoted_2018=series["outside"].iloc[0] / lives,
     quoted_2023=series["outside"].iloc[2] / lives)
shares = ", ".join(f"{share:.0%}" for share in series["outside"])
title = f"Quoted: outside the métropoles {shares}"
figure(chart.properties(title=title, height=230), data=["published_figures"],
       note="CGET mission 2018; France Tiers-Lieux 2021 and 2023",
       alt_text="Quoted share of third places outside the 22 métropoles: "
       + "; ".join(f"{r.year}, {r.outside:.0%} of about {r.places:,.0f}"
                   for r in series.itertuples()))

# %% tags=["hide-input"]
latest = series["outside"].iloc[-1]
OPEN = "The bars do not say: it depends on how many people live there"
MORE = "Yes: they have more than half of them"
check.choice(
    f"In 2023, {latest:.0%} of the third places stand outside the 22 métropoles. Do "
    "these parts of France have more than their share?",
    answer=OPEN if lives > latest else MORE, options={
        OPEN: "A share of places: over which share of people?",
        MORE: "More than half of the places is more than their share only if fewer than "
        "so many of the people live there.",
        "Yes: their share has grown each time": "It can grow and still be too small. A "
        "share of places wants a share of people beside it.",
        "No: places there are smaller": "The figures count places and know nothing of "
        "their size."},
    why=f"About {lives:.0%} of the people live there, as the figures quoted for 2018 "
    "imply. A location quotient divides the one share by the other.")

# %% [markdown]
# {glue:text}`out_2018:.0%`, {glue:text}`out_2021:.0%`, {glue:text}`out_2023:.0%`: the share outside the 22 métropoles grows. But a share of
# places means nothing before one knows the share of people. The figures quoted for 2018 (inhabitants for one third
# place, inside and outside) imply that {glue:text}`lives:.0%` of the people live outside, so that the quotient outside was {glue:text}`quoted_2018:.2f`. If the people had stayed where they
# are, it would be {glue:text}`quoted_2023:.2f` in 2023: still under 1, and much nearer. Whether places moved, or the counting went deeper
# into the country, such figures do not say.
#
# ## The explorer
#
# All choices in your hands: the grain, the denominator, the tiers, the smallest zone kept, all places or coworking only, as counted
# or smoothed. Click a tier to light its zones.

# %% tags=["hide-input"]
from widgets.explorers.third_places import ThirdPlaces

explorer = ThirdPlaces()
explorer

# %% [markdown]
# Try three moves. Leave out the zones under 50,000 people: what becomes of the small end? Take jobs as the denominator and watch
# Paris. Turn smoothing on and look at the left of the funnel: which zones still stand out? And mind the number of places behind
# each tier that the sentence names: with few, "clearly" may be one zone.
#
# ## The map
#
# Each circle is a zone, its area in proportion to its third places, its colour what the funnel says. The smallest circles are
# the {glue:text}`empty` zones with none.

# %% tags=["hide-input"]
side = in_funnel["side"]
LEGEND = {f"{name} the funnel": colour for name, colour in SIDES.items()}
drawn = zones.sort_values(["third_places", "name"], ascending=[False, True])
words = (drawn["name"] + ": " + drawn["third_places"].astype("str") + " third places, "
         + in_funnel["expected"][drawn.index].map("{:.1f} expected".format)
         + ", quotient " + q[drawn.index].map("{:.2f}".format)
         + smoothed["smoothed"][drawn.index].map(", smoothed {:.2f}".format))
size = radius(drawn["third_places"], largest=26, reference=300)
ground = base_map()
for name in ("above", "inside", "below"):        # the largest circles go to the bottom
    group = drawn[side[drawn.index] == name]
    Points(group, f"{name} the funnel", SIDES[name], size[group.index],
           words[group.index]).add_to(ground)

# %% tags=["hide-input"]
show_map(ground, "Above the funnel: Paris, Lyon, Lille, and cities of the west and south",
         "Green circles, zones above the funnel, are few: Paris, Lyon, Lille, Bordeaux, "
         "Toulouse, Rennes and some smaller zones; pink ones, below it, ring Paris and "
         "lie in Normandy and the far north; most zones are grey, inside it.", LEGEND,
         data=["employment_zones"], note="area: third places; 95 % funnel limits")

# %% [markdown]
# *How to read it.* A green circle has more third places than chance gives a zone of its people; a large grey one has many, because many
# people live there. A small grey one says nothing: it may be rich or poor in them, and is too small to tell.

# %% tags=["hide-input"]
twin = zones.join(in_funnel[["expected", "quotient", "side"]])
twin = twin.join(smoothed[["smoothed"]])
twin = twin.sort_values(["smoothed", "name"], ascending=[False, True])
twin = twin[["name", "largest_town_size_class", "third_places", "expected", "quotient",
             "smoothed", "side"]].astype({"largest_town_size_class": "str"})
twin.columns = ["zone", "largest town", "third places", "expected", "quotient",
                "smoothed", "funnel"]
table(twin, "All zones, from the highest smoothed quotient to the lowest", name="zones",
      data=["employment_zones"], formats={"expected": ",.1f"})

# %% [markdown]
# ## What is medium?
#
# The trough was found in tiers of 20,000–99,999. Move its two ends. The function adds up all zones below, within and above.

# %%
SIZES = by_zone.index.astype("str").tolist()


def ends_of(medium_from="20,000–49,999", medium_to="50,000–99,999", what="third_places"):
    """Quotients of the zones below, within and above a range of tiers."""
    bounds = [SIZES.index(medium_from), SIZES.index(medium_to) + 1]
    at = np.digitize(tier.astype("str").map(SIZES.index), bounds)
    group = pd.Series(at, zones.index).map({0: "small", 1: "medium", 2: "large"})
    found = quotients(zones[what], people, group)
    order = [name for name in ("small", "medium", "large") if name in found.index]
    print(found.loc[order, ["units", "count", "quotient", "low", "high"]].round(2))


ends_of(medium_to="100,000–199,999")

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact

interact(ends_of, medium_from=SIZES[1:4], medium_to=SIZES[3:6],
         what=["third_places", "coworking"]);

# %% [markdown]
# ## How far can this be trusted?
#
# - **A list is not a census.** Places were found by a mission and added later. If it looked harder where it knew people, or
#   where networks of third places answered, that is in every figure here.
# - **A place is a place.** A desk in a town hall and a floor with three hundred desks both count one.
# - **Different dates.** Places of 2018–2019 over people of 2018, occupations of 2011, jobs of 2015, zones drawn in 2010.
# - **The grain.** By zone, the country around a city counts as the city; by commune, the suburb as the city too. Neither is "rural".
# - **Clumps.** Intervals of tiers are Garwood's and take places as put down one by one; with the dispersion that we found they are too
#   narrow. Trust the ratios with quasi-Poisson errors.
# - **Missing columns.** Nothing here says how well a zone is connected, nor what a third place changed.
# - **What does not move.** Zones around towns of 20,000–99,999 have less than their share under each denominator, and with coworking
#   only. Places are rarer where workers are many, alone and among zones under 100,000.
#
# ## Exercises
#
# :::{exercise}
# :label: third-read
# *Read.* In the table of tiers by zone, the smallest tier has the highest quotient. Why does the chapter not call it the most
# favoured? Which other figure of the same row would you print beside it?
# :::
#
# :::{solution} third-read
# :class: dropdown
# It rests on three places in four zones, two of which have none. The interval goes from well under 1 to over 4, so the row is
# compatible with a deficit as with a large surplus. Print the interval, or the count of places: both say it.
# :::
#
# :::{exercise}
# :label: third-hand
# *By hand.* In the toy, add one place to zone G. What are its quotient and the quotient of its tier now? Mind that the whole has
# changed too. Then check.
# :::
#
# :::{solution-start} third-hand
# :class: dropdown
# :::

# %%
more = toy["places"].copy()
more["G"] += 1
print(quotients(more, toy["people"])["quotient"].round(3)["G"])
quotients(more, toy["people"], toy["tier"])[["count", "expected", "quotient"]].round(3)

# %% [markdown]
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: third-denominator
# *Change a number.* Does the small end come nearer to 1 when we divide by jobs of 2015? Write `three_by(column)`, which gives the
# quotients of the three tiers (small, medium, large) with any column of `zones` as the denominator.
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_three_by(three_by):
    """Shares of places over shares of the column, by hand."""
    def parts(column, by=three):
        sums = pd.DataFrame({"has": places, "of": zones[column]}).groupby(
            by, observed=True).sum()
        return sums["has"] / places.sum() / (sums["of"] / zones[column].sum())
    jobs, each = zones["employment_2015"], parts("employment_2015", zones.index)
    wrong = [(parts("population_2018"), "That is by people: use `column`."),
             (parts("employment_2015", tier), "These are all eight tiers: group the "
              "zones by `three`."),
             (each.groupby(three).mean(), "That is the mean of the zones. Add up first, "
              "divide last."),
             (places.groupby(three).sum() / jobs.groupby(three).sum(), "These are rates. "
              "A quotient compares each with that of the whole country.")]
    return check.compare(three_by("employment_2015"), parts("employment_2015"), wrong,
                         "Take the column `quotient` of what `quotients` gives."
                         ) or check.compare(three_by("employed_2011"),
                                            parts("employed_2011"), (), "Use `column`.")


# %% [markdown]
# :::{solution-start} third-denominator
# :class: dropdown
# :::

# %% tags=["exercise"]
def three_by(column):
    """Quotients of small, medium and large zones over any column."""
    return quotients(places, zones[column], three)["quotient"]


check_three_by(three_by)

# %% tags=["hide-input"]
by_jobs = quotients(places, zones["employment_2015"], three)
glue(small_by_jobs=by_jobs.iloc[0]["quotient"], small_jobs_low=by_jobs.iloc[0]["low"],
     small_jobs_high=by_jobs.iloc[0]["high"], medium_by_jobs=by_jobs.iloc[1]["quotient"])

# %% [markdown]
# By jobs the small end has {glue:text}`small_by_jobs:.2f` times its share ({glue:text}`small_jobs_low:.2f` to
# {glue:text}`small_jobs_high:.2f`), by people {glue:text}`small:.2f`: small zones have fewer jobs for their people. The trough stays,
# {glue:text}`medium_by_jobs:.2f`.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: third-binomial
# *Compare.* Paris holds a large part of all third places, so the country it is compared with is partly itself. `quotients` has another
# law, `"binomial"`, that takes their total as known. Write `narrower(name)`: by what part of its width does the interval of a tier
# shrink? Which tiers gain?
# :::

# %% tags=["hide-input", "exercise-check"]
from scipy.stats import beta, chi2


@check.exercise
def check_narrower(narrower):
    """Both intervals from their textbook formulas."""
    def widths(name):
        n, all_ = by_zone.loc[name, "count"], places.sum()
        exact = chi2.ppf(0.975, 2 * n + 2) / 2 - chi2.ppf(0.025, 2 * n) / 2
        share = beta.ppf(0.975, n + 1, all_ - n) - beta.ppf(0.025, n, all_ - n + 1)
        return exact, share * all_, by_zone.loc[name, "expected"]
    usual, given, expected = widths("Paris")
    wrong = [(given / usual, "That is what is left of the width: by what part does it "
              "shrink?"),
             (usual / given - 1, "Divide by the usual width, not by the narrower one."),
             ((usual - given) / expected, "That is a difference: divide it by the usual "
              "width."),
             (0, "Nothing shrinks: ask `quotients` for the law `\"binomial\"`.")]
    other, less, _ = widths("2,000–4,999")
    return check.compare(narrower("Paris"), 1 - given / usual, wrong, "A width is `high` "
                         "less `low`.") or check.compare(
        narrower("2,000–4,999"), 1 - less / other, (), "Use `name`.")


# %% [markdown]
# :::{solution-start} third-binomial
# :class: dropdown
# :::

# %% tags=["exercise"]
def narrower(name):
    """By what part the interval of a tier shrinks when the total is known."""
    given = quotients(places, people, tier, law="binomial").loc[name]
    usual = by_zone.loc[name]
    return 1 - (given["high"] - given["low"]) / (usual["high"] - usual["low"])


check_narrower(narrower)

# %% tags=["hide-input"]
known_total = quotients(places, people, tier, law="binomial")
kept = (known_total["high"] - known_total["low"]) / (by_zone["high"] - by_zone["low"])
glue(narrow_paris=1 - kept["Paris"], narrow_small=1 - kept.iloc[0],
     narrow_cities=1 - kept["200,000–1,999,999"])

# %% [markdown]
# Paris's interval shrinks by {glue:text}`narrow_paris:.0%`, that of the large cities by {glue:text}`narrow_cities:.0%`, that of the
# smallest tier by {glue:text}`narrow_small:.1%`. The larger a tier's part of the total, the more of the total's chance is its own.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: third-code
# *Change code.* The dealing test failed to tell the tiers apart because of a few giants. Write `dealt_among(keep)`, which gives the *p*
# of dealing small, medium and large (`three`) out again among some zones only; `keep` is True for those. Try `few`, the zones under 100,000,
# and compare with the quasi-Poisson interval of the same comparison. Do they agree?
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_dealt_among(dealt_among):
    """The same test on zones taken by name."""
    def dealing(keep, by=three, count=places):
        names = zones.index[keep]
        return permutation_test(count.loc[names], people.loc[names], by.loc[names])
    lone = people >= people.median()
    wrong = [(dealing(people > 0).p_value, "That is for all zones: keep those where "
              "`keep` is True."),
             (dealing(few, tier).p_value, "That deals all the tiers out: deal `three`."),
             (dealing(few, three, zones["coworking"]).p_value, "That is for coworking: "
              "take all the third places."),
             (dealing(few).observed, "That is how much they differ. How often do random "
              "deals differ as much?")]
    return check.compare(dealt_among(few), dealing(few).p_value, wrong, "Places, people "
                         "and tiers must all be of the zones kept.") or check.compare(
        dealt_among(lone), dealing(lone).p_value, (), "Use `keep`, not `few`.")


glue(dealt_few=permutation_test(places[few], people[few], three[few]).p_value)

# %% [markdown]
# :::{solution-start} third-code
# :class: dropdown
# :::

# %% tags=["exercise"]
def dealt_among(keep):
    """p of dealing the three tiers out again among the zones kept."""
    return permutation_test(places[keep], people[keep], three[keep]).p_value


check_dealt_among(dealt_among)

# %% [markdown]
# Dealing gives *p* = {glue:text}`dealt_few:.3f` among the zones under 100,000; the quasi-Poisson interval of small over medium runs from
# {glue:text}`near_low:.3f` to {glue:text}`near_high:.3f`. They agree: both are on the edge. Two ways that know about clumps see a small end that
# is likely, not shown.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: third-open
# *Open.* A newspaper of a town of 60,000 inhabitants asks: "Are we neglected?" Answer in three sentences that you could defend, with one
# figure, its interval, and one thing that the figure can't say.
# :::
#
# :::{solution} third-open
# :class: dropdown
# There is no one answer. A good one uses the zone's own figure and its place in the funnel, not its tier's mean; says that zones of that
# size have on average about two thirds of their share when counted by zone, and about their share when counted by commune; and
# adds that a count of places says nothing of their desks, their users or their effects.
# :::
#
# ## Summary
#
# By employment zone, third places are rare around towns of 20,000–99,999 ({glue:text}`medium:.2f` of their share) and thick around larger
# ones ({glue:text}`large:.2f`); a small arm above the trough is likely, not shown, and by commune there is none. The introduction's two
# ends and the abstract's "fewer in metropolises" can both be read off one table, by counting people or counting zones. Third places
# are not more frequent in zones in difficulty; outside large cities they go with the self-employed. What they do for lost industrial jobs
# these figures cannot say.
#
# ## Further reading
#
# The article {cite:p}`baudelle` and the introduction {cite:p}`introduction`. On exact bounds of a count: {cite:t}`garwood1936`; on
# funnel plots: {cite:t}`spiegelhalter2005`; on smoothing maps of small counts: {cite:t}`marshall1991`; on neighbours: {cite:t}`moran1950`;
# on whether classes come back: {cite:t}`hennig2007`.
