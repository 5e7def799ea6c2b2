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
# # New models, thin evidence
#
# **The article.** Fompérie and Maillefert, "Nouveaux modèles économiques et renouvellement productif à Romans-sur-Isère : à la
# recherche de la durabilité territoriale", *EchoGéo* no. 63, 2023
# ([read it](https://journals.openedition.org/echogeo/24861)) {cite:p}`fomperie`. (The introduction spells the names Fombérie
# and Murielle, the journal Fompérie and Muriel; we follow the journal.)
#
# **Its claim.** Five examples in Romans-sur-Isère are read with a grid built on perma-circularity: links to the social and
# solidarity economy, cooperation, circularity, the service dimension of value creation. Towns are fertile ground for such
# models, through a "soft" attractiveness and better links between actors (introduction §15).
#
# :::{admonition} On our own coding of public facts: cooperation can be read, circularity cannot, and nobody is first
# :class: verdict
# For five initiatives that we chose, one public fact each fills {glue:text}`known` of the {glue:text}`cells` cells of such a
# grid. Cooperation is known for {glue:text}`known_cooperation` of the five, circularity for {glue:text}`known_circularity`.
# With equal weights {glue:text}`decided` of the {glue:text}`pairs` pairs is in order, and no pair is in order under more than
# {glue:text}`most_decided:.0%` of random weightings. Write 0 where nothing is known, and all {glue:text}`zero_decided` are:
# that ranks what the press wrote. Better links show in {glue:text}`known_links` initiatives, soft attractiveness in
# {glue:text}`known_soft`. This fits the introduction's sentence about towns, and does not test it.
#
# *What would change it:* the article's own grid; one fact on materials; coders who are not us; other towns, coded with the
# same code book.
# :::

# %% tags=["hide-input"]
import altair as alt
import pandas as pd

from data import load
from methods.agreement import both_coded, cohens_kappa, percent_agreement
from methods.clusters import haversine
from methods.grids import bounds, dominance, evidence_grid, rank_interval, score_interval
from methods.throughput import scenarios, throughput, virgin_share
from methods.weightings import first_shares, pair_shares, random_weights, ranking_kept
from widgets import CONTEXT, INDUSTRY, SERVICES, Points, base_map
from widgets import check, data_used, figure, glue, radius, show_claims, show_map
from widgets import start, table
from widgets.charts import interval_dots, named_lines

start()
coding = load("romans_coding").sort_values(["coder", "initiative", "dimension"])
facts = load("case_facts").query("case == 'Romans-sur-Isère'").set_index("fact")
published = load("published_figures").set_index("figure")
units = load("urban_units").set_index("urban_unit").sort_index()

# %% tags=["hide-input"]
show_claims("08_models")

# %% [markdown]
# The next picture is the whole evidence: what one coder reads in one public fact for each initiative. A question mark is not
# a zero. It says that the fact says nothing.

# %% tags=["hide-input"]
NAMES = ["group of social enterprises", "Pôle Sud", "shoe workshop and brand",
         "Start-Up de Territoire", "Cité de la Chaussure"]
FOUR = ["social economy", "cooperation", "circularity", "service"]
BESIDE = ["soft attractiveness", "links between actors"]
first, second = (evidence_grid(coding[coding["coder"] == coder])
                 for coder in ("first", "second"))


# %% tags=["hide-input"]
from widgets.explorers.models import PLACES, SHADES, SHORT

SHORTS = [SHORT[name] for name in NAMES]


def grid_chart(grid):
    """An evidence grid as coloured cells, with a question mark where nothing is known."""
    long = grid.rename(index=SHORT).loc[SHORTS, FOUR + BESIDE].rename_axis("initiative")
    long = long.reset_index().melt("initiative", var_name="dimension", value_name="level")
    long["text"] = long["level"].map("{:.0f}".format).where(long["level"].notna(), "?")
    base = alt.Chart(long).encode(
        alt.X("initiative:N", sort=SHORTS, title=None, axis=alt.Axis(
            orient="top", labelAngle=-35, ticks=False, domain=False)),
        alt.Y("dimension:N", sort=FOUR + BESIDE, title=None))
    scale = alt.Scale(domain=[0, 1, 2, 3], range=SHADES)
    fill = alt.condition("isValid(datum.level)", alt.Color(
        "level:Q", legend=None, scale=scale), alt.value("#FFFFFF"))
    cells = base.mark_rect(stroke="#C9C4B8").encode(color=fill)
    return cells + base.mark_text(fontSize=13).encode(alt.Text("text:N"))


# %% tags=["hide-input"]
known = first[FOUR].notna()
title = (f"Public facts fill {known.sum().sum()} of {known.size} cells of the grid, "
         f"and {known['circularity'].sum() or 'none'} on circularity")
words = "; ".join(f"{name}, {', '.join(known.columns[known.loc[name]]) or 'none'}"
                  for name in NAMES)
figure(grid_chart(first).properties(title=title, height=210), data=["romans_coding"],
       note="levels 0 to 3, first reading; the last two dimensions stand beside the "
       "grid; from the group of social enterprises (1987) to the Cité de la Chaussure "
       "(2019)",
       alt_text="A grid of six dimensions and five initiatives. Cells with a level "
       f"among the first four dimensions: {words}. All others hold a question mark.")
glue(known=int(known.sum().sum()), cells=known.size,
     known_cooperation=int(known["cooperation"].sum()),
     known_circularity=int(known["circularity"].sum()) or "none",
     known_links=int(first["links between actors"].notna().sum()),
     known_soft=int(first["soft attractiveness"].notna().sum()))

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** turn facts into a grid of evidence without inventing any; measure how far two
# coders agree when nearness counts; say who stands above whom before any weight is chosen; carry what is unknown through a
# score and a ranking; and compute what circularity can do against growth.
#
# **Time.** {planned-minutes}. **You need** means and percentages. No Python is needed to read.

# %% tags=["hide-input"]
data_used("romans_coding", "case_facts", "published_figures", "urban_units",
          "urban_units_occupations", "france_occupations", "communes")

# %% [markdown]
# ## The question
#
# How do you compare a cooperation cluster with a shoe workshop? The introduction reports that the article reads its five examples
# with a grid of four dimensions (§15). We take a **grid** to be a table with initiatives in rows, dimensions in columns, and a level in
# each cell. It looks like a school report, and the temptation is to add up the marks.
#
# Two things stand in the way. Marks need weights, and weights are opinions. And many cells are empty, because nobody wrote about
# them. This chapter asks what can be said *before* weights, *whatever* the weights, and *whatever* the empty cells hold.
#
# The idea behind the grid, **perma-circularity**, sets a speed limit: material throughput may grow by at most
# 1 % a year, better 0.5 %, then return within planetary limits (Bourg 2017, quoted). Arnsperger & Bourg
# (2016) expressly build no index of it. So the levels below are no measure of perma-circularity; they only sort what we read.
#
# ## What differs from the article
#
# - **The five.** The article has five experiments. Which ones is not known to us. Ours are five public initiatives of Romans for
#   which we hold a dated fact; they are our choice and not known to be the article's.
# - **The rows.** The article's rows, levels and scores are not known to us either. We have its four dimensions, by name.
# - **The material.** We read one sentence from the press for each initiative and met nobody. Whatever an interview would tell
#   is unknown here.
# - **The coders.** Both readings are ours. The second is there so that you can disagree with the first.
#
# ### The code book
#
# A code book says, before anyone reads, what each dimension means and what counts as a level. This one is ours.

# %% tags=["hide-input"]
book = pd.DataFrame([
    ["social economy", "ties to associations, cooperatives, social enterprises"],
    ["cooperation", "working with others on something shared"],
    ["circularity", "materials kept in use, repaired, recovered"],
    ["service", "value made by a use or a help rather than by a good sold"],
    ["soft attractiveness", "draws people by something else than land or money"],
    ["links between actors", "people or firms meet who would not have met"]],
    columns=["dimension", "what we look for"])
book["stands"] = ["in the grid"] * 4 + ["beside it"] * 2
table(book, "Six dimensions, in our words", kind="our coding",
      note="level 0: a fact speaks against it; 1: a trace; 2: a clear part; 3: what the "
      "initiative is; no level: no fact tells")

# %% [markdown]
# The first four names are the introduction's. The last two come from what it says of towns; links and cooperation overlap, so
# they never enter one score together.
#
# ## By hand: a toy of four firms
#
# Four invented firms, three dimensions, two cells unknown.

# %%
nan = float("nan")
toy = pd.DataFrame({"links": [3, 2, 1, nan], "loops": [2, 2, nan, 0],
                    "service": [2, 1, 1, 0]}, index=["A", "B", "C", "D"])
table(toy.reset_index(names="firm"), "The toy, whole; a dash is unknown", kind="toy")

# %% [markdown]
# **Dominance.** A firm *dominates* another when it is at least as high in every dimension and higher in one. No weight is needed:
# whatever they are, it comes out no lower. Compare A and B: 3 and 2, 2 and 2, 2 and 1. A dominates. Now A and C. C's loops may
# be 0 or 3. If they are 2 or less A dominates, if they are 3 it does not. So the dominance is **possible**, not **necessary**. Last, A and D: D's
# links may be as high as 3, but that only draws level with A, and the rest is lower. That is necessary, in spite of the unknown
# cell. Now B and C with a pencil.

# %% tags=["hide-input"]
found = dominance(*bounds(toy)).set_index(["above", "below"]).loc[("B", "C")]
MAYBE, MUST = "Yes, but only if C’s loops are low enough", "Yes, whatever C’s loops are"
NEVER = "No: C may always be ahead"
check.choice(
    "Does B dominate C?", answer=MUST if found["necessary"] else
    MAYBE if found["possible"] else NEVER, options={
        MUST: "Try 3 for C’s loops. Is B still at least as high in every dimension?",
        MAYBE: "Try each of the four levels for C’s loops.",
        NEVER: "Try 0 for C’s loops. Is B at least as high in every dimension, and "
        "higher in one?"},
    why=f"With {toy.loc['B', 'loops']:.0f} or less in C’s loops B is nowhere below, and "
    "above in links; with more it is not. So the dominance is possible, not necessary: "
    "one empty cell is enough to keep a pair open.")

# %% [markdown]
# Do the other pairs, then look.

# %%
low, high = bounds(toy)
pairs = dominance(low, high)
pairs[pairs["possible"]]

# %% [markdown]
# `bounds` writes each cell twice, as low and as high as it may be; an unknown one is 0 and 3. `shared` counts the dimensions in which
# both are known, and `on_shared` asks who dominates on these alone. That is tempting, and risky: each pair is compared on other
# ground, so that three firms can even run in a circle.
#
# **Score.** With equal weights a score is a mean. A has (3 + 2 + 2) / 3 = 2.33. For C, take 0 and then 3 for the loops:
# between 0.67 and 1.67. Which ranks can C have?

# %%
even = pd.Series(1, toy.columns)
scores = score_interval(low, high, even)
scores.join(rank_interval(scores)).round(2)

# %% [markdown]
# A is first whatever the unknown cells hold. D may be third or fourth; C may be second, level with B, or
# third, or fourth. With zeros in the empty cells
# there would have been one neat order, and nobody would have known.
#
# **Weights.** Instead of defending one set of weights, try many. A thousand weightings drawn at random, each as likely as any other,
# show how often each firm is first. (The **Dirichlet** law draws shares that add up to one.)

# %%
drawn = random_weights(toy.columns, 1000)
toy_first = first_shares(low, high, drawn)
glue(toy_first=toy_first.loc["A", "surely"])
toy_first

# %% [markdown]
# A may be first under every weighting, and surely is under {glue:text}`toy_first:.0%` of the toy's. Under the others loops weigh so
# much that C, if its unknown cell held a 3, would pass it.
#
# **Agreement.** Two coders read four more firms. Three against three is full agreement; two against one is a near miss; nought
# against one too. **Weighted kappa** makes a far miss dearer than a near one: a difference of 1 costs 1, of 2 costs 4, of 3
# costs 9.

# %%
one = pd.Series([3, 2, 1, 0], index=list("EFGH"))
other = pd.Series([3, 1, 1, 1], index=list("EFGH"))
print(f"agree on {percent_agreement(one, other):.0%}, "
      f"weighted kappa {cohens_kappa(one, other, 'quadratic', [0, 1, 2, 3]):.2f}")

# %% [markdown]
# By hand: the four pairs cost 0, 1, 0 and 1, in the mean 1/2. If the second coder's codes were dealt to the firms at
# random, each of the first coder's codes would meet each of the second's: 16 pairs that cost 12 + 4 + 4 + 12 = 32 together, in the mean
# 2. Kappa is 1 − (1/2) / 2 = 0.75: three quarters of the cost that chance would bring is saved.
#
# ## On real figures: from facts to cells
#
# Here is all that we hold on Romans: seven facts from the press, of which five are about an initiative.

# %% tags=["hide-input"]
said = facts.sort_values(["year_from", "statement"])
said = said.assign(value=said["high"])[["date", "statement", "value", "unit", "source"]]
table(said, "Seven public facts on Romans-sur-Isère", data=["case_facts"],
      formats={"value": ",g"}, name="romans_facts",
      note="the shoe jobs of 2007 are an upper bound: under 200")

# %% [markdown]
# Now the first reading. A row stands here only if a fact carries it; the words in the last column say how. *Stated*: the fact uses
# the word. *Inferred*: one step of reasoning. *Weak*: a step that you may refuse.

# %% tags=["hide-input"]
def coded(coder):
    rows = coding[(coding["coder"] == coder) & coding["level"].notna()].copy()
    rows["at"] = rows["initiative"].map(NAMES.index) * 10
    rows["at"] += rows["dimension"].map((FOUR + BESIDE).index)
    return rows.sort_values("at")


columns = ["initiative", "dimension", "level", "reading", "fact", "why"]
table(coded("first")[columns].astype({"reading": "str"}), data=["romans_coding"],
      caption=f"{len(coded('first'))} of 30 cells have a level in the first reading",
      name="first_reading")

# %% [markdown]
# One inference deserves a warning. The fact on Pôle Sud counts jobs "in the group". We read this as the group of social enterprises of
# 1987, which no fact says. The second coder let it count for less.
#
# ### What is known
#
# How many of the five initiatives have a level, by dimension?

# %%
filled = pd.DataFrame({"first reading": first.notna().sum(),
                       "second reading": second.notna().sum()}).loc[FOUR + BESIDE]
filled

# %% tags=["hide-input"]
glue(second_known=int(second[FOUR].notna().sum().sum()),
     service_first=int(first["service"].notna().sum()) or "none",
     service_second=int(second["service"].notna().sum()))

# %% tags=["hide-input"]
in_loops = filled.loc["circularity"].max()
SILENT, NONE = "Nothing: none of our facts speaks of it", "That it is low in all five"
check.choice(
    "Circularity has a level for none of the five. What does that say of the "
    "initiatives?",
    answer=SILENT if in_loops == 0 else "That the coders disagree about it", options={
        SILENT: "Look at the row of circularity once more.",
        NONE: "A low level would be a 0, carried by a fact that speaks against it. Here "
        "there is no fact.",
        "That the coders disagree about it": "Both figures of its row say the same: "
        "neither coder found a fact to read.",
        "That it does not matter to them": "One sentence from the press was read for "
        "each. What it leaves out may matter a great deal."},
    why="An empty cell tells of the sources, not of the place. Whoever met these people "
    "might fill it with any level.")

# %% [markdown]
# The second coder fills {glue:text}`second_known` cells of the four dimensions. No fact speaks of materials, so circularity is
# unknown five times over, for both. The service dimension is known for {glue:text}`service_first` in the first reading and for
# {glue:text}`service_second` in the second, on weak ground. **Two of the grid's four dimensions can hardly be read off public facts.**
# That is a result about the sources. It says nothing about the initiatives, which may be as circular as you like.
#
# ### Two readings
#
# How far do the two coders agree? Only cells that both coded can be compared.

# %%
def column(grid):
    """A grid as one column of cells, sorted."""
    return grid.melt(ignore_index=False).set_index("dimension", append=True)["value"]


ours, theirs = column(first), column(second)
both = both_coded(ours, theirs).astype(int)
kappa = cohens_kappa(ours, theirs, "quadratic", [0, 1, 2, 3])

# %% tags=["hide-input"]
LEVELS = [0, 1, 2, 3]
without = [cohens_kappa(ours.drop(cell), theirs.drop(cell), "quadratic", LEVELS)
           for cell in both.index]
at_all = cohens_kappa(ours.notna(), theirs.notna())
apart = (both["one"] - both["other"]).abs()
glue(kappa=kappa, kappa_low=min(without), kappa_high=max(without), both=len(both),
     same=int((apart == 0).sum()), farthest=int(apart.max()), at_all=at_all,
     only_one=int((ours.notna() != theirs.notna()).sum()))
shown = both.reset_index().sort_values(["dimension", "initiative"])
shown = shown[["initiative", "dimension", "one", "other"]]
shown.columns = ["initiative", "dimension", "first", "second"]
table(shown, "Cells that both coders coded", data=["romans_coding"], name="both_coded")

# %% [markdown]
# They agree exactly on {glue:text}`same` of {glue:text}`both` cells and are never more than {glue:text}`farthest` level apart.
# Weighted kappa is {glue:text}`kappa:.2f`; leave out one cell at a time and it runs from {glue:text}`kappa_low:.2f` to
# {glue:text}`kappa_high:.2f`. {glue:text}`both` cells are too few to call an agreement good or poor. There is a second question, often forgotten: do
# they agree on *whether anything is known*? They differ in {glue:text}`only_one` of 30 cells, a kappa of {glue:text}`at_all:.2f`.
# Look at the Cité de la Chaussure and its private investment: one coder reads a 0 for the social economy, the other reads nothing.
# **What counts as known is coding, too.**
#
# ## Dominance, before any weight
#
# Who stands above whom in the four dimensions, whatever the unknown cells hold?

# %%
low, high = bounds(first[FOUR])
orders = dominance(low, high)
orders[["necessary", "possible", "on_shared"]].sum()

# %% tags=["hide-input"]
other_orders = dominance(*bounds(second[FOUR]))


def arrows(table):
    chosen = table[table["on_shared"]]
    return set(zip(chosen["above"], chosen["below"], strict=True))


mine, yours = arrows(orders), arrows(other_orders)
glue(necessary=int(orders["necessary"].sum()) or "none", shared=len(mine),
     possible=int(orders["possible"].sum()),
     common=len(mine & yours), turned=sum((b, a) in yours for a, b in mine),
     second_shared=len(yours), ordered=len(orders),
     second_necessary=int(other_orders["necessary"].sum()) or "none")

# %% [markdown]
# Of {glue:text}`ordered` ordered pairs, {glue:text}`necessary` is a necessary dominance, and {glue:text}`possible` are possible ones.
# One empty column is enough for that: as long as the circularity of both is unknown, either may be ahead. For the second coder the
# number of necessary ones is the same: {glue:text}`second_necessary`.
#
# The network shows the third relation, dominance on what both show. An arrow leads from the one above to the one below.

# %% tags=["hide-input"]
from widgets.networks import edges_between, network

nodes = pd.DataFrame([(name, *at) for name, at in PLACES.items()],
                     columns=["name", "x", "y"])
ties = pd.DataFrame(sorted((SHORT[a], SHORT[b]) for a, b in mine), columns=["from", "to"])
tied = set(ties["from"]) | set(ties["to"])
GROUPS = {"compared": SERVICES, "on no common ground": CONTEXT}
names = dict(zip([True, False], GROUPS, strict=True))
nodes["group"] = nodes["name"].isin(tied).map(names)
ties["kind"] = "above"
chart = network(nodes, edges_between(nodes, ties, gap=0), GROUPS, {"above": INDUSTRY},
                width=320, height=290)
most = orders.loc[orders["on_shared"], "shared"].max()
title = f"No arrow rests on more than {most} dimension, and it is cooperation"
figure(chart.properties(title=title), data=["romans_coding"],
       note="above: on what both show; first reading",
       alt_text="Network of five initiatives. Arrows: " + "; ".join(
           f"{a} above {b}" for a, b in zip(ties["from"], ties["to"], strict=True))
       + ". The workshop has none.")

# %% [markdown]
# {glue:text}`shared` arrows, and each compares the two in cooperation only. The second reading gives {glue:text}`second_shared`
# arrows, of which {glue:text}`common` are the same and {glue:text}`turned` point the other way: what is above Start-Up de Territoire and
# the group for one coder, the Cité, is below both for the other. A picture like this looks like a result. It is one coder's view of
# one dimension.
#
# ## Scores, with the unknown inside
#
# Let us do what school reports do, and give the four dimensions equal weights. Each score runs from the least to the most that the
# unknown cells allow.

# %%
equal = pd.Series(1, FOUR)
scores = score_interval(low, high, equal)
scores.join(rank_interval(scores)).loc[NAMES].round(2)

# %% tags=["hide-input"]
others = score_interval(*bounds(second[FOUR]), equal)
spans = pd.concat({"first": scores, "second": others}, names=["kind", "group"])
spans = spans.reset_index()
shades = {"first": INDUSTRY, "second": SERVICES}
chart = interval_dots(spans.drop(columns="known"), "weighted mean level",
                      colours=shades, order=NAMES, height=250)
overlap = spans.groupby("kind")["low"].max() <= spans.groupby("kind")["high"].min()
title = ("In both readings every score overlaps every other" if overlap.all() else
         "Some scores stay clear of others")
figure(chart.properties(title=title), data=["romans_coding"],
       note="equal weights; first and second reading",
       alt_text="Intervals of the score: " + "; ".join(
           f"{r.group}, {r.kind} reading, {r.low:.2f} to {r.high:.2f}"
           for r in spans.itertuples()))

# %% tags=["hide-input"]
blank = scores["known"].idxmin()
best, lowest = scores["high"].drop(blank).idxmax(), scores["low"].drop(blank).idxmin()
check.pick(
    "Pick the initiative whose score tells nothing at all, in either reading.",
    options=NAMES, answer=blank, field="group",
    hints={best: "Its score may be high, but it cannot be anything: its line does not "
           "start at 0.",
           lowest: f"Its line starts low, at {scores.loc[lowest, 'low']:.2f}, and does "
           "not cover the whole scale."},
    otherwise="Some of its cells are known, so that its line is shorter than the scale. "
    "Look for the longest lines.",
    why="None of its four cells is known to either coder: its score may be anything from "
    "0 to 3. So it may come first, and last. A mean of what happens to be known would "
    "have hidden that.")

# %% [markdown]
# Any of the five may be first, and any may be last, the workshop above all: none of its four cells is known, so its score runs
# over the whole scale.
#
# ## Whatever the weights
#
# Perhaps equal weights were the trouble. Draw a thousand others, and ask in how many of them each pair is in order.

# %%
drawn = random_weights(FOUR, 1000)
by_pair = pair_shares(low, high, drawn)
by_pair.sort_values(["open", "one", "other"]).head(4)

# %% [markdown]
# The four clearest pairs are still open under most weightings. Now make the usual mistake, on purpose: fill empty cells with 0.

# %%
zero = bounds(first[FOUR].fillna(0))
kept = pd.DataFrame({"unknown kept": ranking_kept(low, high, equal, drawn),
                     "zero for unknown": ranking_kept(*zero, equal, drawn)})
kept.round(2)

# %% tags=["hide-input"]
firsts = {"unknown kept": first_shares(low, high, drawn),
          "zero for unknown": first_shares(*zero, drawn)}
won = int((firsts["zero for unknown"]["possibly"] == 0).sum())
zeros = score_interval(*zero, equal)["low"]
number = first[FOUR].notna().sum(axis=1)
upset = sum(zeros[a] > zeros[b] and number[a] < number[b] for a in NAMES for b in NAMES)

# %% tags=["hide-input"]
bars = pd.concat(firsts, names=["how", "initiative"]).round(3).reset_index()
bars["name"] = bars["initiative"].map(SHORT)
base = alt.Chart(bars).encode(alt.Y("name:N", sort=list(PLACES), title=None))
axis = alt.Axis(format="%", values=[0, 0.5, 1])
maybe = base.mark_bar(color="#BFD9EA").encode(
    alt.X("possibly:Q", axis=axis, title="share of weightings"),
    tooltip=["initiative", "how", "surely", "possibly"])
surely = base.mark_bar(color=INDUSTRY, height=8).encode(alt.X("surely:Q"))
chart = alt.layer(maybe, surely).properties(width=165, height=140).facet(
    alt.Column("how:N", title=None, header=alt.Header(labelAnchor="start")))
title = "Kept unknown, all may be first; set to zero, few are left"
figure(chart.properties(title=title), data=["romans_coding"],
       note="pale: may be first; orange: surely first; 1,000 weightings, first reading",
       alt_text="Share of weightings in which each initiative is first. " + "; ".join(
           f"{r.how}, {r.name}: possibly {r.possibly:.0%}, surely {r.surely:.0%}"
           for r in bars.itertuples()))

# %% tags=["hide-input"]
WRITTEN, GOOD = "How much was written about each", "How lasting each model is"
check.choice(
    f"With 0 in the empty cells all {kept.loc['decided', 'zero for unknown']:.0f} pairs "
    "are in order. What is that an order of?",
    answer=WRITTEN if upset == 0 else GOOD, options={
        WRITTEN: "Count the known cells of each initiative and compare with its place.",
        GOOD: "Then what would a single new fact about the workshop do? Count the known "
        "cells of each initiative.",
        "Of the weights that we chose": "A thousand weightings were drawn. Those who are "
        "never first are so under each of them.",
        "Of nothing: it is chance": "Draw the weights again and much the same comes out. "
        "Something puts them in order: count the known cells of each."},
    why="Whoever has more known cells has more chances to stand above 0. The press wrote "
    "more about some than about others.")

# %% tags=["hide-input"]
glue(decided=int(kept.loc["decided", "unknown kept"]) or "none",
     pairs=int(kept.loc["pairs", "unknown kept"]),
     most_decided=1 - by_pair["open"].min(),
     zero_decided=int(kept.loc["decided", "zero for unknown"]),
     zero_kept=kept.loc["kept", "zero for unknown"],
     pole_zero=firsts["zero for unknown"].loc["Pôle Sud", "surely"],
     ever_first=int((firsts["unknown kept"]["surely"] > 0).sum()) or "none",
     never=won, upset=upset or "never")

# %% [markdown]
# With zeros, {glue:text}`zero_decided` of {glue:text}`pairs` pairs are in order, Pôle Sud is first under {glue:text}`pole_zero:.0%`
# of the weightings, {glue:text}`never` of the five can never be first, and {glue:text}`zero_kept:.0%` of the weightings keep
# the whole ranking. It looks like a
# finding with a measure of its stability. With the unknown kept, {glue:text}`ever_first` of the five is surely
# first under a single one of them. Where do the zeros get their order from? Count the known cells of each initiative: in that
# ranking, an initiative with fewer known cells is {glue:text}`upset` above one with more. **The zeros rank how much was written.**
#
# Stability under random weights does not protect from this. It tests the weights, and the mistake is in the cells.
#
# ### Leave out what nobody can read?
#
# One may drop the dimensions for which nothing is known, and say so. Then the question is another one: not who is the most lasting
# model, but who is ahead in social economy and cooperation.

# %%
two = bounds(first[["social economy", "cooperation"]])
few = random_weights(["social economy", "cooperation"], 1000)
ranking_kept(*two, pd.Series(1, two[0].columns), few).round(2)

# %% tags=["hide-input"]
left = ranking_kept(*two, pd.Series(1, two[0].columns), few)
two_scores = score_interval(*two, pd.Series(1, two[0].columns))
glue(two_decided=int(left["decided"]), two_kept=left["kept"],
     two_first=int((rank_interval(two_scores)["best"] == 1).sum()))

# %% [markdown]
# {glue:text}`two_decided` pairs of ten are now in order with equal weights, and {glue:text}`two_kept:.0%` of the random weightings
# keep them. {glue:text}`two_first` initiatives may still be first. Fewer dimensions buy more order; the price is what the grid was for.
#
# ## Soft attractiveness and links between actors
#
# The introduction ends on a sentence about towns: they are fertile ground through a "soft" attractiveness and better links
# between actors (§15). What do the facts carry?

# %% tags=["hide-input"]
rows = pd.concat([coded("first"), coded("second")])
rows = rows[rows["dimension"].isin(BESIDE)].sort_values(["dimension", "at", "coder"])
table(rows[["initiative", "dimension", "coder", "level", "reading", "why"]].astype(
    {"reading": "str"}), data=["romans_coding"], name="beside_the_grid",
      caption="Links can be read more often than attractiveness")
glue(soft_second=int(second["soft attractiveness"].notna().sum()),
     links_second=int(second["links between actors"].notna().sum()))

# %% [markdown]
# Links between actors have a level in {glue:text}`known_links` initiatives for one coder and {glue:text}`links_second` for the
# other; soft attractiveness in {glue:text}`known_soft` and {glue:text}`soft_second`. The strongest single figure is the evening of 2018 with
# its 1,500 people and about 80 projects (press, quoted). So the sentence has something under it. But "towns are fertile ground" compares
# towns with other places, and here is one town. Nothing in this chapter can test it.
#
# ## What circularity can do against growth
#
# The grid could not show circularity. Arithmetic can show what it would be up against. Quoted first:

# %% tags=["hide-input"]
limits = published[published["topic"] == "perma-circularity"]
limits = limits.sort_values("high", ascending=False, na_position="last")
limits = limits[["statement", "high", "unit", "note", "source", "published"]]
limits.columns = ["statement", "at most", "unit", "note", "source", "year"]
table(limits.fillna({"unit": "", "note": ""}), "What is quoted here of perma-circularity",
      data=["published_figures"], formats={"at most": "g", "year": ".0f"},
      name="perma_circularity")

# %% [markdown]
# Take today's throughput of material as 1, and let it grow by the same share each year. The rates are the two quoted ones, one
# above, none, and a return of 2 % a year (our choice, a toy).

# %% tags=["hide-input"]
pace = 0.03
fast = throughput(pace, 50).loc[::10]
check.guess(
    f"Throughput is {fast.iloc[0]:.0f} today and grows by {pace:.0%} a year. Draw the "
    "next fifty years.", line=fast, given=1, axis=(0, 8), form=".1f",
    name="throughput", covers=2, kind="toy", note="years from now",
    say="It grows by the same share each year, not by the same amount: in the first ten "
    f"years by {fast.iloc[1] - fast.iloc[0]:.2f}, in the last ten by "
    f"{fast.iloc[-1] - fast.iloc[-2]:.2f}. A straight line would end at "
    f"{1 + 50 * pace:.1f}.")

# %%
RATES = [0.03, 0.01, 0.005, 0, -0.02]
paths = pd.DataFrame({rate: throughput(rate, 50) for rate in RATES})
paths.loc[[10, 20, 30, 40, 50]].round(2)

# %% tags=["hide-input"]
def say_rate(rate):
    return f"{rate:+.1%}".replace(".0%", "%").replace("-", "−").replace("+0%", "0%")


lines = paths.loc[::10].round(4).rename(columns=say_rate).reset_index()
lines = lines.melt("year", var_name="name")
ends = dict(zip(map(say_rate, RATES), paths.iloc[-1], strict=True))
lines["label"] = lines["name"] + lines["name"].map(ends).map(": × {:.2f}".format)
shades = dict(zip(ends, [INDUSTRY, "#E69F00", "#009E73", CONTEXT, SERVICES], strict=True))
chart = named_lines(lines, shades, "throughput, first year = 1", room=0.34, rule=1)
title = f"At 3 % a year, fifty years make {ends['+3%']:.1f} times as much"
figure(chart.properties(title=title), kind="toy", note="years from the start; arithmetic",
       alt_text="Lines of throughput over fifty years: " + "; ".join(
           f"{name} a year, to {value:.2f} times" for name, value in ends.items()))
glue(at_three=ends["+3%"], at_one=ends["+1%"], at_half=ends["+0.5%"])

# %% [markdown]
# It is {glue:text}`at_three:.1f` times as much; at the quoted limit of 1 % it is {glue:text}`at_one:.2f`, at 0.5 %
# {glue:text}`at_half:.2f`. Now recycle. Suppose that material stays in use for 20 years and that a part of what leaves use comes back:
# none, half, or nine tenths (three levels of circularity, our choice). What comes back today was put in 20 years ago, when less was put in. So growth
# opens a gap that no recovery can close: of each tonne needed, 1 − *c* (1 + *g*)⁻²⁰ must be taken anew, where *g* is the
# growth of a year and *c* the part that comes back.

# %% tags=["hide-input"]
slow = 0.01
percent = 100 * virgin_share(slow, 1.0, 20)
check.number(
    f"Throughput grows by {slow:.0%} a year, and all that leaves use after 20 years "
    "comes back. What part of the material needed must still be taken anew, to a whole "
    "percent?",
    answer=percent, tolerance=0.6, unit="%", form=".0f", hints={
        0: "All that was put in comes back. But less was put in 20 years ago than is "
        "needed today.",
        100 * (throughput(slow, 20).iloc[-1] - 1): "By so much the need has grown since "
        "then. Divide that growth by the need of today.",
        100 - percent: "That is what comes back: take the rest.",
        20 * slow * 100: "Twenty years of growth add up to a little more, and the gap is "
        "counted on the need of today."},
    otherwise=f"Put 1 for c and {slow} for g into the formula.",
    why="Perfect recovery gives back the material of 20 years ago. As long as the need "
    "grows, that is never enough.")

# %%
print(f"growth 1 %, all of it recovered: {virgin_share(0.01, 1.0, 20):.0%} is new")
outcome = scenarios(RATES, [0, 0.5, 0.9], years=50, life=20)
new = outcome.pivot_table("virgin", "rate", "circularity").loc[RATES]

# %% tags=["hide-input"]
shown = new.rename(columns={0: "none recovered", 0.5: "half", 0.9: "nine tenths"})
shown = shown.assign(rate=[say_rate(rate) for rate in new.index])
shown = shown[["rate", "none recovered", "half", "nine tenths"]]
table(shown.rename(columns={"rate": "growth a year"}), kind="toy", name="new_material",
      caption="New material in year 50, all of today’s throughput = 1",
      note="20 years in use; the same growth before as after; −2 % sends back more than "
      "it needs", formats=dict.fromkeys(shown.columns[1:], ".2f"))
glue(gap=virgin_share(0.01, 1.0, 20), three_most=new.loc[0.03, 0.9],
     one_none=new.loc[0.01, 0], still_most=new.loc[0, 0.9])

# %% [markdown]
# At the quoted limit of 1 % a year even perfect recovery leaves {glue:text}`gap:.0%`. At 3 % with nine tenths recovered, new material in
# year 50 is {glue:text}`three_most:.2f` times today's whole throughput; at 1 % with nothing recovered it is
# {glue:text}`one_none:.2f`. **Here the rate of growth outweighs the loop.** With no growth, nine tenths recovered leave {glue:text}`still_most:.2f`.
# That is a reason to look at the flow before the loop. It is arithmetic on invented levels, and says nothing of Romans.

# %%
def calculator(growth=1.0, recovered=0.5, life=20):
    """New material in year 50, against today's throughput."""
    part = virgin_share(growth / 100, recovered, life)
    flow = throughput(growth / 100, 50).iloc[-1]
    print(f"throughput × {flow:.2f}, of which {part:.0%} new: {flow * part:.2f}")


calculator(growth=1.0, recovered=0.9)

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact

interact(calculator, growth=(-2, 3, 0.5), recovered=(0, 1, 0.1), life=(1, 41, 10));

# %% [markdown]
# ## The town behind the initiatives
#
# From press, quoted: shoe jobs in Romans went from 1,400 in 1993 to under 200 in 2007. What do the official figures show beside that? They
# count workers aged 25–54 where they live, in the whole urban unit, and no shoes. We set Romans beside the units of its size
# class and beside the units of its type in [the second chapter](02_trajectories.ipynb).

# %%
from widgets.explorers.trajectories import Trajectories, index_of_towns

index = index_of_towns().sort_index()
kind = Trajectories().usual.reindex(index.index)
ROMANS = "26501"
same_class = units.loc[index.index, "size_class"] == units.loc[ROMANS, "size_class"]
beside = {"Romans": index.loc[ROMANS], "its size class": index[same_class].median(),
          "its type": index[kind == kind[ROMANS]].median()}

# %% tags=["hide-input"]
lines = pd.DataFrame(beside).rename_axis("year").round(4).reset_index()
lines = lines.melt("year", var_name="name")
lines["label"] = lines["name"].map({
    "Romans": "Romans", "its size class": f"size class ({same_class.sum()})",
    "its type": f"type ({(kind == kind[ROMANS]).sum()})"})
chart = named_lines(lines, dict(zip(beside, [INDUSTRY, CONTEXT, SERVICES], strict=True)),
                    "specialisation index, France = 1", room=0.5, rule=1, height=260)
above = (index.loc[ROMANS] > beside["its size class"]).all()
gap = (beside["Romans"] - beside["its type"]).abs()
title = ("Romans stays above its size class, and nears its type" if above
         and gap[2011] < gap[1982] else "Romans beside its size class and its type")
figure(chart.properties(title=title),
       data=["urban_units", "urban_units_occupations", "france_occupations"],
       note="workers by residence over France; medians; in brackets: number of units",
       alt_text="Index at five censuses: " + "; ".join(
           f"{name}, {path.iloc[0]:.2f} to {path.iloc[-1]:.2f}" for name, path in
           beside.items()))

# %% tags=["hide-input"]
counts = load("urban_units_occupations").set_index(["urban_unit", "year"])["workers"]
growth = units["population_2023"] / units["population_2019"] - 1
like = growth[index.index]
shoes = facts.loc[["romans-shoe-jobs-1993", "romans-shoe-jobs-2007"], "high"]
glue(shoe_fall=1 - shoes.iloc[1] / shoes.iloc[0], index_1982=index.loc[ROMANS, 1982],
     index_2011=index.loc[ROMANS, 2011], workers_1982=int(counts[ROMANS, 1982]),
     workers_2011=int(counts[ROMANS, 2011]), class_2011=beside["its size class"][2011],
     type_1982=beside["its type"][1982], type_2011=beside["its type"][2011],
     people=growth[ROMANS], people_class=like[same_class].median(),
     people_type=like[kind == kind[ROMANS]].median())

# %% [markdown]
# The quoted shoe jobs fell by at least {glue:text}`shoe_fall:.0%`. Residents of the urban unit who are workers went from
# {glue:text}`workers_1982:,` to {glue:text}`workers_2011:,` over a longer time, and the index from {glue:text}`index_1982:.2f` to
# {glue:text}`index_2011:.2f`, still above the {glue:text}`class_2011:.2f` of its size class. The two figures count different people
# at different places and must not be divided one by the other. The median of its type goes the other way, from {glue:text}`type_1982:.2f` to
# {glue:text}`type_2011:.2f`: a type gathers similar sequences of states, and Romans, whose index ends lower than it began,
# stays in one state, between 1 and 1.25, throughout.
# From 2019 to 2023 the unit gained {glue:text}`people:.1%` inhabitants, the median of its class {glue:text}`people_class:.1%` and of its type
# {glue:text}`people_type:.1%`. None of this is an effect of the initiatives, which no figure here could isolate.
#
# ## The explorer
#
# Weights, certainty and coder, in your hands. The grid shows what counts; the network who is above; the bars what is left of a first
# place. Begin by leaving out *circularity* and *service*. Then put them back, and set empty cells to zero.

# %% tags=["hide-input"]
from widgets.explorers.models import Models

explorer = Models()
explorer

# %% [markdown]
# Try three moves. Count only what is *stated*: how many cells are left? Take the second coder: which arrows turn round? Set empty cells to
# zero and triple one weight after the other: who becomes first, and did any fact say so?
#
# ## The map
#
# The initiatives have no address in our facts, so they are not on the map. It shows the town among the communes whose point lies within
# 20 km, with their people: the area of a circle is their number, the colour says whether it rose between 2019 and 2023.

# %%
communes = load("communes").set_index("commune").sort_index()
town = communes.loc["26281"]
km = haversine(town["lon"], town["lat"], communes["lon"], communes["lat"])
near = communes.assign(km=km)[km <= 20].copy()
near["change"] = near["population_2023"] / near["population_2019"] - 1
near["ring"] = pd.cut(near["km"], [-1, 5, 10, 15, 20], labels=["5", "10", "15", "20"])
rings = near.groupby("ring", observed=True)[["population_2019", "population_2023"]].sum()

# %% tags=["hide-input"]
LEGEND = {"gained over 2 %": INDUSTRY, "within 2 %": CONTEXT, "lost over 2 %": SERVICES}
step = pd.cut(near["change"], [-1, -0.02, 0.02, 9], labels=list(LEGEND)[::-1])
ground = base_map(bounds=[[44.84, 4.76], [45.25, 5.34]])
for name, group in near.sort_values(["population_2023", "name"], ascending=[False, True]
                                    ).groupby(step.astype("str"), sort=True):
    tips = group["name"] + group["population_2023"].map(": {:,.0f} people".format)
    tips += group["change"].map(", {:+.1%}".format)
    tips += group["km"].map(", {:.0f} km".format)
    Points(group, name, LEGEND[name], radius(group["population_2023"], 22, 65_000),
           tips).add_to(ground)
by_ring = rings["population_2023"] / rings["population_2019"] - 1
peak, town_change = by_ring.idxmax(), near.loc["26281", "change"]
title = (f"People gained most in the ring that ends {peak} km from Romans, "
         f"{by_ring.max():+.1%}; the town gained {town_change:.1%}")
show_map(ground, title, "Circles of communes around Romans: grey for the town, Bourg-de-"
         "Péage beside it and Valence in the south-west; orange ones, which gained "
         "people, in most of the ring between.", LEGEND, data=["communes"],
         note="people 2019 to 2023; a commune’s point is not its built-up area",
         height=460)

# %% tags=["hide-input"]
glue(near=len(near), gained=int((near["change"] > 0).sum()),
     here=town_change, ring_most=by_ring.max(), ring_end=str(peak),
     ring_own=by_ring["5"], others=int((near["change"] > town_change).sum()))

# %% [markdown]
# *How to read it.* An orange circle is a commune that gained over 2 %. {glue:text}`gained` of {glue:text}`near` communes gained people. The town gained {glue:text}`here:.1%`, less than
# {glue:text}`others` of the others; within 5 km it was {glue:text}`ring_own:.1%` together, and {glue:text}`ring_most:.1%` in the ring
# that ends {glue:text}`ring_end` km away. Growth happens around the town more than in it. The map counts residents and knows
# nothing of what is made there.

# %% tags=["hide-input"]
twin = near.sort_values(["km", "name"])[["name", "department", "km", "population_2019",
                                         "population_2023", "change"]]
twin.columns = ["commune", "département", "km", "people 2019", "people 2023", "change"]
table(twin, "Communes within 20 km of Romans-sur-Isère, from the nearest",
      data=["communes"], formats={"km": ".1f", "change": "+.1%"}, name="around_romans")

# %% [markdown]
# ## How far can this be trusted?
#
# - **One sentence each.** The grid rests on one public fact for each initiative. What the press did not print is not known here, and our
#   notes name the source as "press" only.
# - **Our five, our codes.** Neither is the article's. Both readings are by us, so their agreement says how much the code book leaves open,
#   not how independent people would read.
# - **Levels are not quantities.** A mean of levels takes the step from 0 to 1 to be as long as the step from 2 to 3, and one dimension's 2 to be another's.
#   Dominance does not need that; every score does.
# - **Independent cells.** An unknown cell may hold any level here, whatever the others hold. Someone who knows that cooperation and links go
#   together could narrow the intervals.
# - **A short window.** The figures on workers stop in 2011. Two of the five initiatives are younger.
# - **What does not move.** In both readings, circularity is unknown throughout, no initiative necessarily dominates another, and every initiative
#   may be first with equal weights.
#
# ## Exercises
#
# :::{exercise}
# :label: models-read
# *Read.* Why can no initiative necessarily dominate another while circularity is unknown for all five? What would a single fact have to say
# to change that, and would it be enough?
# :::
#
# :::{solution} models-read
# :class: dropdown
# Necessary dominance asks that one be at least as high in *every* dimension whatever the unknown cells hold. In circularity each may be 0 and the other 3, so
# it fails in that column for each pair. A fact that gives one initiative the highest level removes the obstacle for it: no other can be above it in that column. So does a
# fact that gives one the level 0: no other can be below it. Neither is enough in the first reading, where the column of service is as empty.
# :::
#
# :::{exercise}
# :label: models-hand
# *By hand.* In the toy, suppose someone finds that firm C's loops are 2. Which dominance becomes necessary, and which ranks can C have
# now? Then check.
# :::
#
# :::{solution-start} models-hand
# :class: dropdown
# :::

# %%
learned = toy.copy()
learned.loc["C", "loops"] = 2
found = dominance(*bounds(learned))
print(found.loc[found["necessary"], ["above", "below"]].to_string(index=False))
rank_interval(score_interval(*bounds(learned), even)).loc["C"].to_dict()

# %% [markdown]
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: models-recode
# *Recode.* You refuse the inference that Pôle Sud belongs to the social economy. Write `refused(initiative, dimension)`, which makes one
# cell of the first reading unknown and gives the scores of all five, with equal weights, as `score_interval` gives them. What happens to the
# interval of Pôle Sud, and what would have happened to the ranking with zeros?
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_refused(refused):
    """Means of the lowest and of the highest levels, without `bounds`."""
    def by_hand(level, cell=("Pôle Sud", "social economy"), most=3):
        cells = first[FOUR].copy()
        cells.loc[cell] = level
        return pd.DataFrame({"low": cells.fillna(0).mean(axis=1), "high": cells.fillna(
            most).mean(axis=1), "known": cells.notna().mean(axis=1)})
    kept, right, other = first.copy(), by_hand(nan), ("Cité de la Chaussure", FOUR[1])
    got = refused("Pôle Sud", "social economy")
    if not first.equals(kept):
        first[kept.columns] = kept
        return "It has changed `first` itself: work on a copy."
    wrong = [(scores, "These are the scores before: the cell still has its level."),
             (by_hand(0), "A refused cell is unknown, not 0."),
             (right.loc["Pôle Sud"], "That is one initiative: give all five."),
             (by_hand(nan, most=0).assign(known=1.0), "You filled empty cells with 0.")]
    return check.compare(got, right, wrong, "Put `nan` into one cell.") or check.compare(
        refused(*other), by_hand(nan, other), (), "Use `initiative` and `dimension`.")


# %% [markdown]
# :::{solution-start} models-recode
# :class: dropdown
# :::

# %% tags=["exercise"]
def refused(initiative, dimension):
    """Scores of the first reading with one of its cells unknown."""
    cells = first[FOUR].copy()
    cells.loc[initiative, dimension] = nan
    return score_interval(*bounds(cells), equal)


check_refused(refused)

# %% tags=["hide-input"]
doubted = first[FOUR].mask((first.index == "Pôle Sud")[:, None] & (
    first[FOUR].columns == "social economy"))
pole = score_interval(*bounds(doubted), equal).loc["Pôle Sud"]
ahead = doubted.fillna(0).mean(axis=1)
glue(pole_low=pole["low"], pole_high=pole["high"], pole_before=zeros["Pôle Sud"],
     pole_after=ahead["Pôle Sud"], ahead=ahead.idxmax(), zeros_first=zeros.idxmax())

# %% [markdown]
# The interval of Pôle Sud widens, to {glue:text}`pole_low:.2f` to {glue:text}`pole_high:.2f`, and that is all. With zeros its score would fall from
# {glue:text}`pole_before:.2f` to {glue:text}`pole_after:.2f`, and the first place go from {glue:text}`zeros_first` to the
# {glue:text}`ahead`: a doubt about one cell would have counted against it.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: models-both
# *Change the code.* `bounds` takes several grids: a cell then runs over all levels that any coder allows. Write `possible(*grids)`, which
# counts the possible dominances for any number of grids. How many are there with both readings, against the first alone? Why must the number
# not fall?
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_possible(possible):
    """Pair by pair, from the lowest and the highest level of each cell."""
    def counted(*grids):
        least = pd.concat([grid.fillna(0) for grid in grids]).groupby(level=0).min()
        most = pd.concat([grid.fillna(3) for grid in grids]).groupby(level=0).max()
        return sum(bool((most.loc[a] >= least.loc[b]).all()
                        and (most.loc[a] > least.loc[b]).any())
                   for a in least.index for b in least.index if a != b)
    one, other = first[FOUR], second[FOUR]
    found = dominance(*bounds(one, other))
    wrong = [(counted(one), "That is the first reading alone: pass all the grids on."),
             (len(found), "These are all pairs: how many are possible?"),
             (found["necessary"].sum(), "These are the necessary ones.")]
    return check.compare(possible(one, other), counted(one, other), wrong, "Add up the "
                         "column `possible`.") or check.compare(
        possible(toy), counted(toy), (), "Use the grids that are given.")


# %% [markdown]
# :::{solution-start} models-both
# :class: dropdown
# :::

# %% tags=["exercise"]
def possible(*grids):
    """Number of possible dominances when a cell may hold what any coder allows."""
    return int(dominance(*bounds(*grids))["possible"].sum())


check_possible(possible)

# %% tags=["hide-input"]
together = dominance(*bounds(first[FOUR], second[FOUR]))
glue(possible_both=int(together["possible"].sum()))

# %% [markdown]
# {glue:text}`possible_both` with both readings, {glue:text}`possible` with the first alone. Each interval can only grow when a second
# reading is allowed in, and what was possible in the narrower one stays possible in the wider.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: models-open
# *Open.* Take an initiative in a town that you know. Write down one sentence about it from a public source, with its date. Code the six
# dimensions with our code book, and have somebody else do it from the same sentence. Where do you differ: on a level, or on whether anything is
# known?
# :::
#
# :::{solution} models-open
# :class: dropdown
# There is no one answer. A good one names the sentence and its source, leaves empty what the sentence does not carry, gives both kinds of
# agreement (`cohens_kappa` on the levels, and on known or unknown), and changes the code book rather than the codes where the two of you differ for
# the same reason twice.
# :::
#
# ## Summary
#
# A grid of evidence keeps apart what is low and what is not known. On one public fact for each of five initiatives, {glue:text}`known`
# of {glue:text}`cells` cells are known, none on circularity; {glue:text}`necessary` of the dominances is necessary; with equal weights anyone may be first. Zeros for
# unknown cells make a complete ranking that follows the amount of text. Two readings by us differ on levels, and on what is known at all. In the toy
# arithmetic of throughput, growth outweighs recovery. Romans stays above its size class for workers by residence, up to 2011.
#
# ## Further reading
#
# The article {cite:p}`fomperie` and the introduction {cite:p}`introduction`. On agreement that forgives near misses: {cite:t}`cohen1968`; on comparing
# without one score: {cite:t}`roy1996`; on random weights: {cite:t}`lahdelma1998`; on recycling in a growing economy: {cite:t}`grosse2010`.
