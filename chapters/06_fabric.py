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
# # Urban fabric or business park?
#
# **The article.** Gilbart and Mazy, "Facteurs et modalités d'insertion des activités productives entre tissus urbains
# et parcs d'activité économique. Une lecture à partir du territoire de Mons", *EchoGéo* no. 63, 2023 ([read
# it](https://journals.openedition.org/echogeo/24787)) {cite:p}`gilbart`.
#
# **Its claim.** Production in such a town is now a diffuse fabric of very small firms, which calls into question a
# planning that knows only parks. When these firms chose their place, economic reasons weighed less than personal ones
# (introduction §10–12).
#
# :::{admonition} On our figures: no steady loss of land for production; why firms are where they are is out of reach
# :class: verdict
# Workshops and factories of the 13 municipalities around Mons held {glue:text}`start:,.0f` ha in 1983 and
# {glue:text}`end:,.0f` in 2015. Each of {glue:text}`steps_all` single years moved more land than that whole change; in
# the largest, factories lost {glue:text}`lost_2012:.0f` ha and wasteland gained {glue:text}`waste_2012:.0f`, so that a
# mere change of name cannot be excluded. Housing gained {glue:text}`housing:,.0f` ha. The scores of the article's ten
# firms are unknown to us: the method is shown on invented firms, and ten firms would show a gap of half a standard
# deviation only {glue:text}`power_half:.0%` of the time.
#
# *What would change it:* a word from the land register on what was renamed in 2011 and 2012; the ten firms' own scores;
# establishments by size in Mons itself.
# :::

# %% tags=["hide-input"]
import altair as alt
import numpy as np
import pandas as pd

from data import load
from methods.breaks import breakpoints, runs
from methods.exact import power, sign_flip_test, split_test
from methods.factors import RULES, bootstrap_ranks, family_scores, leave_one_out, ranking
from methods.landuse import against, change, in_steps, land_shares, steps, swaps
from methods.plots import gower, plot_classes
from methods.quality import adjusted_rand
from widgets import CONTEXT, INDUSTRY, SERVICES
from widgets import Points, base_map, check, data_used, figure, glue, radius, show_map
from widgets import show_claims, start, table

start()
land = load("mons_land_use").sort_values(["name", "year"]).set_index(["name", "year"])
published = load("published_figures").set_index("figure")
places = load("mons_municipalities").sort_values("name").set_index("name")

# %% tags=["hide-input"]
show_claims("06_fabric")

# %% [markdown]
# The next picture is the verdict in one image. The line is the land of workshops and factories in the land register
# (*cadastre*); dots mark years in which it moved by more than a tenth at once.

# %% tags=["hide-input"]
LAND, FACTORIES = ["mons_land_use"], "workshops_and_factories"
land = land.drop(columns="municipality").round(1)
whole = land.groupby("year").sum().round(1)
total = whole[FACTORIES]
large = steps(total)
moved = swaps(whole, 2011, 2012)
glue(start=total[1983], end=total[2015], steps_all=len(large),
     lost_2012=-moved[FACTORIES], waste_2012=moved["wasteland"],
     housing=whole.loc[2015, "housing"] - whole.loc[1983, "housing"])

# %% tags=["hide-input"]
path = total.rename("hectares").rename_axis("year").reset_index()
path["step"] = path["year"].isin(large["to"])
texts = large.set_index("to")["hectares"].map("{:+.0f} ha".format).str.replace("-", "−")
path["label"] = path["year"].map(texts).fillna("")
path["side"] = np.where(path["year"].map(large.set_index("to")["hectares"]) < 0, 20, -14)
base = alt.Chart(path).encode(
    alt.X("year:Q", title=None, scale=alt.Scale(domain=[1983, 2016], nice=False),
          axis=alt.Axis(format="d", tickCount=7, grid=False)),
    alt.Y("hectares:Q", title="hectares", scale=alt.Scale(domain=[0, 950])),
    tooltip=["year", "hectares"])
marked = base.transform_filter("datum.step")
words = [marked.transform_filter(f"datum.side == {dy}").mark_text(
    dy=dy, align=align, fontSize=13).encode(alt.Text("label:N"))
    for dy, align in ((20, "center"), (-14, "left"))]

# %% tags=["hide-input"]
chart = alt.layer(base.mark_line(color=CONTEXT), *words, marked.mark_point(
    filled=True, size=110, color=INDUSTRY, opacity=1))
title = (f"{total[1983]:.0f} hectares at the start, {total[2015]:.0f} at the end, "
         f"and {len(large)} steps larger than the change")
figure(chart.properties(title=title, height=260), data=LAND,
       note="13 municipalities; no figures for 1992, 2003 and 2006",
       alt_text=f"Hectares of workshops and factories from 1983 ({total[1983]:.0f}) to "
       f"2015 ({total[2015]:.0f}), with steps: " + "; ".join(
           f"{year}, {text}" for year, text in texts.items()))

# %% [markdown]
# ## Before you start
#
# **After this chapter you will be able to** turn scores into a ranking by four rules and say what each does; test a
# difference in ten cases exactly, by listing every arrangement; say what ten cases cannot show; look for steps in a
# series before you call it a trend; and sort plots into types by hand and by machine.
#
# **Time.** {planned-minutes}. **You need** [the first chapter](01_towns.ipynb), a mean, and patience to flip a few
# signs by hand. No Python is needed to read.

# %% tags=["hide-input"]
data_used("mons_land_use", "mons_municipalities", "published_figures")

# %% [markdown]
# ## The question
#
# Large factories once gave towns like this one their structure. Today, says the introduction, very small businesses are
# 90 % of the productive landscape, a diffuse fabric (§11). That raises three questions. *Why here?* Do firms settle
# where costs are lowest, or where the owner lives and knows people (§10)? *Where exactly?* In the **urban fabric**
# (*tissu urbain*) or in a **business park** (*parc d'activité économique*), which planning has long taken for the place
# of production (§11)? *On how much land?* It must be saved, and housing wants it too. The words are in the
# [glossary](../book/glossary.md).
#
# ## What differs from the article
#
# - **Firms.** The article looks at ten very small and small productive firms (abstract). Its list of factors, its weights
#   and its types of places are unknown to us, and so are the answers. Our ten firms are invented.
# - **Factors.** Ours come from textbooks on location; three of them echo words of the introduction (§10): possible
#   collaborations among the economic ones, ties and a shorter commute among the personal ones.
# - **Land.** The real figures here, hectares by municipality and year, are not said to be the article's. They count
#   plots by their use in the land register, not firms, jobs or buildings.
#
# ## By hand: ten toy firms
#
# Ten invented firms say how much each factor counted when they chose their place, from 0 (not at all) to 5 (decisive).
# A to E stand in the fabric, F to J in a park. We composed the figures so that the answer hangs on choices. They say
# nothing about any firm.

# %%
ECONOMIC = ["land price", "lorry access", "customers", "suppliers", "staff",
            "collaboration"]
PERSONAL = ["family near", "short commute", "roots", "liked place"]
DIGITS = ["2231215130", "2143043404", "2031012412", "3320222522", "1122413343",
          "2411123324", "3331223221", "5441203321", "3351304233", "1242214131"]
scores = pd.DataFrame([[int(digit) for digit in row] for row in DIGITS],
                      index=list("ABCDEFGHIJ"), columns=ECONOMIC + PERSONAL)
fabric = pd.Series([True] * 5 + [False] * 5, scores.index)

# %% tags=["hide-input"]
shown = scores.T.rename_axis("factor").reset_index()
shown.insert(1, "family", ["economic"] * 6 + ["personal"] * 4)
table(shown, "The toy, whole: what each factor counted for in ten firms", kind="toy",
      name="firms", note="0 to 5; A to E in the fabric, F to J in a park")

# %% [markdown]
# ### Which factor comes first?
#
# Four rules turn ten lists of scores into one. **Mean score**: average the numbers. **Mean rank**: rank the factors
# inside each firm first, so that a firm that gives high marks to everything counts like any other. **Borda**: each firm
# gives a factor one point for every factor that it puts below, half a point for an equal. **Copeland**: let factors
# meet in duels; who is put higher by more firms wins. Try Borda with a pencil, on the column of firm A.

# %% tags=["hide-input"]
mark, others = scores.loc["A", "customers"], scores.loc["A"].drop("customers")
below, level = (others < mark).sum(), (others == mark).sum()
check.number(
    "How many points does firm A give “customers” by Borda’s rule?",
    answer=below + level / 2, tolerance=0.1, unit="points",
    hints={below: "That counts the factors put lower. An equal one adds half a point.",
           below + level: "An equal factor counts half a point, not a whole one.",
           mark: "That is the score which the firm gave. Borda counts how many other "
           "factors the firm puts below.",
           len(others) - below - level: "Those are the factors put above: count those "
           "below."},
    otherwise="Go down the column of A: one point for each score under that of "
    "customers, half a point for each equal one.",
    why=f"{below} factors are lower and {level} is equal. The score itself no longer "
    "matters, only which factors it beats: a firm that gives high marks to everything "
    "has no more to say than another.")

# %%
by_rule = {rule: ranking(scores, rule)["place"] for rule in RULES}
order = by_rule["borda"].index
rules = pd.DataFrame(by_rule).loc[order]
a = scores.loc["A"].drop("customers")
mark = scores.loc["A", "customers"]
print("Borda, firm A to customers:", (a < mark).sum() + (a == mark).sum() / 2)

# %% tags=["hide-input"]
firsts = {rule: place.index[0] for rule, place in by_rule.items()}
glue(first_borda=firsts["borda"], first_copeland=firsts["copeland"],
     same="the same places" if (rules["mean rank"] == rules["borda"]).all()
     else "other places")
table(rules.reset_index(), "The first place depends on the rule", kind="toy",
      name="rules", formats=dict.fromkeys(RULES, ".1f"),
      note="place 1 is first; equal ones share")

# %% tags=["hide-input"]
ahead, behind = firsts["copeland"], firsts["borda"]
duels = pd.Series({a: sum((scores[a] > scores[b]).sum() > (scores[a] < scores[b]).sum()
                          for b in scores) for a in scores})
most = (scores.drop(columns=ahead).max(axis=1) < scores[ahead]).sum()
more, fewer = ((scores[ahead] > scores[behind]).sum(),
               (scores[ahead] < scores[behind]).sum())
DUELS, HIGH = "It wins more duels, narrow ones too", "Its mean score is the highest"
check.choice(
    f"Copeland alone puts “{ahead}” first. Why?",
    answer=DUELS if duels[ahead] > duels[behind] else HIGH, options={
        DUELS: "Count, factor by factor, how many firms put it higher.",
        HIGH: "Look at its place in the first column of figures: another factor has a "
        "higher mean.",
        "Most firms put it above all others": f"So it is for {most} of the ten. "
        "Copeland asks about two factors at a time.",
        "Copeland prefers economic factors": "No rule knows the families: each sees "
        "the scores and nothing else."},
    why=f"Against “{behind}” it wins by {more} firms to {fewer}, the rest being level. "
    "Copeland does not ask by how much: a narrow duel counts like a clear one.")

# %% [markdown]
# The mean rank and Borda give {glue:text}`same`, and always do when every firm scores everything: Borda's points are
# ranks counted from the other end. Copeland disagrees: not *{glue:text}`first_borda`* but *{glue:text}`first_copeland`*
# is first, an economic factor in place of a personal one. No score has changed, only the way to add scores up.
#
# ### Personal against economic: an exact test
#
# Now the article's question. For each firm, take the mean of its personal factors minus the mean of its economic ones.
# Is that gap above zero in general, or only by chance in these firms?
#
# Begin with four firms and gaps of 2, 1, 1 and −1. If personal and economic reasons were alike, any gap might as well
# have come with the other sign. There are 2 × 2 × 2 × 2 = 16 ways to set the signs. Write down the 16 sums. Ours is 3.

# %% tags=["hide-input"]
gaps = [2, 1, 1, -1]
flipped, ours = (len(gaps) * sign_flip_test(gaps).differences).round(), sum(gaps)
check.number(
    "How many of the 16 sums are as far from zero as ours, or farther?",
    answer=(np.abs(flipped) >= ours).sum(), tolerance=0.1, unit="sums",
    hints={(flipped >= ours).sum(): "You took one side only. A sum of −3 is as far from "
           "zero as one of 3.",
           (np.abs(flipped) > ours).sum(): "Those are farther out. Those as far out as "
           "ours count too, and ours is one of them.",
           (flipped == ours).sum(): "Those equal ours. Count those on the other side of "
           "zero too, and those farther out."},
    otherwise="Write the signs in four columns, + and −, so that each row is different; "
    "there are 16 rows.",
    why="That is half of all flips. Four firms like these say nothing: their gaps might "
    "as well have come with other signs.")

# %%
from itertools import product

sums = sorted(2 * a + b + c - d for a, b, c, d in product([1, -1], repeat=4))
small = sign_flip_test([2, 1, 1, -1])
print(f"{sums}\n{small.as_far} of {small.arrangements} are as far out: "
      f"p = {small.p_value}")

# %% [markdown]
# The share of flips that are as far out is the ***p*-value**. No formula and no normal curve were needed, only counting.
# That is an **exact test**. Ten firms have 1,024 flips.

# %%
families = dict.fromkeys(ECONOMIC, "economic") | dict.fromkeys(PERSONAL, "personal")
means = family_scores(scores, families)
gap = means["personal"] - means["economic"]
flips = sign_flip_test(gap)
print(f"mean gap {flips.observed:+.2f}; {flips.as_far} of {flips.arrangements:,} flips "
      f"are as far out, p = {flips.p_value:.3f}")
means.assign(gap=gap).T.round(2)

# %% tags=["hide-input"]
edges = np.arange(-1.05, 1.1, 0.1)
counts = np.histogram(flips.differences, edges)[0]
bars = pd.DataFrame({"low": edges[:-1].round(2), "high": edges[1:].round(2),
                     "flips": counts})
bars["middle"] = (bars["low"] + 0.05).round(2)
at = abs(round(flips.observed, 3))
hist = alt.Chart(bars).mark_bar().encode(
    alt.X("low:Q", bin=alt.Bin(binned=True), title="mean gap under each flip"),
    alt.X2("high:Q"), alt.Y("flips:Q", title="flips"), color=alt.value(CONTEXT),
    tooltip=["low", "high", "flips"])
lines = alt.Chart(pd.DataFrame({"at": [-at, at]})).mark_rule(
    color=INDUSTRY, strokeWidth=2.5).encode(alt.X("at:Q"))
title = f"Only {flips.as_far} of {flips.arrangements:,} flips are as far out as ours"
figure((hist + lines).properties(title=title, height=220), kind="toy",
       note="orange: the observed mean gap, and its mirror",
       alt_text="Histogram of the mean gap under all flips of signs, a bell around zero; "
       f"lines at plus and minus {at:.2f}, outside of which few flips lie.")

# %% tags=["hide-input"]
rare, p_value = flips.as_far / flips.arrangements, flips.p_value
RARE = f"If the two were alike, {rare:.0%} of the flips would show so large a gap"
WEIGH = f"Personal reasons weigh more, with a certainty of {1 - p_value:.0%}"
check.choice(
    f"p = {p_value:.3f}: what does that say of the ten toy firms?",
    answer=RARE if abs(rare - p_value) < 1e-9 else WEIGH, options={
        RARE: "Say it again in words: as far out as ours, among all flips.",
        WEIGH: "The flips are made as if the two families were alike. They tell how "
        "rare our gap is then, not how sure the contrary is.",
        f"The two families are alike with a probability of {p_value:.0%}": "The "
        "counting takes for granted that they are alike, so it cannot say how likely "
        "that is.",
        f"Personal factors score {p_value:.0%} higher": "How much higher is the mean "
        f"gap, {flips.observed:.2f} points. p is a share of flips."},
    why="A small p says: hard to get by chance. It says nothing of how large the gap is, "
    "nor of any firm that is not in the table.")

# %% [markdown]
# ### What the answer hangs on
#
# The introduction counts *possible collaborations* among the economic reasons (§10). One could see them otherwise: one
# collaborates with people one knows. Count that one factor as personal, or leave it out, and test again.

# %%
def retested(collaboration="economic", weights=None, firms=scores):
    kinds = {**families, "collaboration": collaboration}
    kinds = {name: kind for name, kind in kinds.items() if kind != "left out"}
    found = family_scores(firms, kinds, weights)
    return sign_flip_test(found["personal"] - found["economic"])


as_one = {kind: retested(kind).p_value for kind in ("economic", "left out", "personal")}
pd.Series(as_one, name="p-value").rename_axis("collaboration is").to_frame().round(3)

# %% tags=["hide-input"]
one_less = pd.Series({firm: retested(firms=scores.drop(index=firm)).p_value
                      for firm in scores.index})
glue(p_toy=flips.p_value, gap_toy=flips.observed,
     p_personal=retested("personal").p_value, p_out=retested("left out").p_value,
     p_less_low=one_less.min(), p_less_high=one_less.max(),
     over=int((one_less > 0.05).sum()))

# %% [markdown]
# With collaboration among the economic factors the toy's gap of {glue:text}`gap_toy:+.2f` has *p* =
# {glue:text}`p_toy:.3f`: a finding, by the usual bound of 0.05. Left out, *p* = {glue:text}`p_out:.3f`; counted as
# personal, *p* = {glue:text}`p_personal:.3f`: none. **The list of factors decides, and a list is a choice.** Leave out
# one firm at a time, and *p* runs from {glue:text}`p_less_low:.3f` to {glue:text}`p_less_high:.3f`; in
# {glue:text}`over` of these ten cases there is no finding any more.
#
# ### Fabric against park
#
# A second question: is the gap larger in the fabric than in the park? Five firms against five can be drawn from ten in
# 252 ways. List them all, and count as before.

# %%
split = split_test(gap, fabric)
print(f"fabric minus park {split.observed:+.2f}; {split.as_far} of "
      f"{split.arrangements} splits are as far out, p = {split.p_value:.3f}")

# %% [markdown]
# The gap is {glue:text}`split_gap:.2f` points larger in the toy's fabric: more than the gap that we just called a
# finding, and here it is none (*p* = {glue:text}`p_split:.2f`). Two groups of five tell less than ten pairs: firms
# differ from one another, and a firm compared with itself does not.
#
# ### How firm is the ranking?
#
# Draw ten firms from the ten, with replacement, and rank again: some firms are in twice, others not at all. Do it 2,000
# times. This is the **bootstrap**: how far would places move in other samples of firms like these?

# %%
places_drawn = bootstrap_ranks(scores, "borda")
left = leave_one_out(scores, "borda")
places_drawn["one firm less"] = left.min(axis=1).map("{:g}".format) + " to " \
    + left.max(axis=1).map("{:g}".format)
places_drawn.round(2)

# %% tags=["hide-input"]
top, second = places_drawn.index[:2]
glue(split_gap=split.observed, p_split=split.p_value, top=top, second=second,
     top_first=places_drawn.loc[top, "first"],
     second_first=places_drawn.loc[second, "first"])
dots = places_drawn.reset_index()
dots["family"] = dots["factor"].map(families)
base = alt.Chart(dots).encode(
    alt.Y("factor:N", sort=list(dots["factor"]), title=None),
    alt.Color("family:N", scale=alt.Scale(domain=["economic", "personal"],
                                          range=[SERVICES, INDUSTRY])),
    tooltip=["factor", "family", "place", "low", "high"])

# %% tags=["hide-input"]
axis = {"title": "place by Borda’s rule (1 = first)",
        "scale": alt.Scale(domain=[0.5, 10.5], nice=False),
        "axis": alt.Axis(values=list(range(1, 11)), format="d")}
chart = base.mark_rule(strokeWidth=2).encode(alt.X("low:Q", **axis), alt.X2("high:Q")) \
    + base.mark_point(filled=True, size=90, opacity=1).encode(alt.X("place:Q", **axis))
title = "The first and the last are told apart; the middle is not"
figure(chart.properties(title=title, height=270), kind="toy",
       note="lines: 90 % of 2,000 samples of the firms",
       alt_text="Place of each factor with its interval: " + "; ".join(
           f"{r.factor} {r.place:g}, {r.low:g} to {r.high:g}" for r in dots.itertuples()))

# %% tags=["hide-input"]
span = places_drawn["high"] - places_drawn["low"]
surest, widest = span.idxmin(), span.idxmax()
check.pick(
    "Pick the factor whose place ten such firms tell most surely.",
    options=list(places_drawn.index), answer=surest, field="factor",
    hints={top: f"It is first, but its line goes down to place {span[top] + 1:g}. Look "
           "for the shortest line.",
           widest: f"Its line is {span[widest]:g} places long: nobody can say where it "
           "stands. Look for the shortest."},
    otherwise="Its line is longer than another. Compare how far the lines reach, not "
    "where the dots stand.",
    why="In nine samples out of ten it is at place "
    f"{places_drawn.loc[surest, 'low']:g} or below. Sure is not the same as important: "
    "here the surest place is the last.")

# %% [markdown]
# *{glue:text}`top`* is alone on top in {glue:text}`top_first:.0%` of the samples, *{glue:text}`second`* in
# {glue:text}`second_first:.0%`. A list of "the ten factors in order of importance" from ten firms is sure of its two
# ends at best.
#
# ### What ten firms can say
#
# Suppose that the true gap is as large as half the spread between firms (half a **standard deviation**). How often
# would ten firms show it? Draw ten values with that gap, test, repeat. The share of findings is the **power** of the
# test.

# %%
EFFECTS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5]
paired = power(EFFECTS, cases=10)
groups = power(EFFECTS, cases=10, first=5)
found = {"ten firms, each with itself": paired, "five against five": groups}
pd.DataFrame(found).round(2)

# %% tags=["hide-input"]
both = pd.concat(found, names=["test"]).reset_index()
glue(power_half=paired[0.5], power_one=paired[1.0], groups_one=groups[1.0],
     groups_two=groups[2.0])
base = alt.Chart(both).encode(
    alt.X("effect:Q", title="true difference, in standard deviations"),
    alt.Y("power:Q", title="how often it is found", axis=alt.Axis(format="%")),
    alt.Color("test:N", scale=alt.Scale(range=[SERVICES, INDUSTRY])))
rule = alt.Chart(pd.DataFrame({"at": [0.8]})).mark_rule(strokeDash=[4, 4]).encode(
    alt.Y("at:Q"))
title = f"With ten firms, half a standard deviation shows {paired[0.5]:.0%} of the time"
chart = rule + base.mark_line(point=alt.OverlayMarkDef(filled=True, size=50))
figure(chart.properties(title=title, height=250), kind="toy",
       note="2,000 samples from a normal law for each difference; found: p of 0.05 or "
       "less; dashed: 80 %",
       alt_text="Power against the true difference for the two tests: " + "; ".join(
           f"{e:g}: {paired[e]:.0%} and {groups[e]:.0%}" for e in (0.5, 1, 1.5, 2)))

# %% tags=["hide-input"]
MISS = "So few firms would miss most differences, large ones too"
SAME = "Fabric and park do not differ"
check.choice(
    "Five firms in the fabric, five in a park, and the test finds no difference. What "
    "may you write?", answer=MISS if groups[1.0] < 0.5 else SAME, options={
        MISS: "Read the line of five against five at one standard deviation.",
        SAME: "Look at the line of five against five: how often would a true difference "
        "of one standard deviation be found?",
        "If they differ, then by little": "Read the same line at two standard "
        f"deviations: even of those {1 - groups[2.0]:.0%} are missed.",
        "More samples on the computer would show it": "The samples measure the test. "
        "What is short is firms."},
    why=f"A difference of one standard deviation is found {groups[1.0]:.0%} of the time. "
    "A test that finds nothing speaks only of what it could have found.")

# %% [markdown]
# A gap of half a standard deviation is found {glue:text}`power_half:.0%` of the time, one of a whole standard deviation
# {glue:text}`power_one:.0%`. For five against five the same gap of one is found {glue:text}`groups_one:.0%` of the
# time; it takes two to reach {glue:text}`groups_two:.0%`. So ten firms can show a large gap between reasons, and
# between places only a very large one. When they show none, that is no evidence that there is none. And where firms are
# chosen, not drawn at random, no test carries from them to the others. Interviews do what tests can't: they say *how* a
# reason worked.
#
# ## By hand: twelve toy plots
#
# The introduction calls for new **typo-morphological** models (§12): types of buildings and plots that bring production
# back into the town. A typology starts with a code. Here are twelve invented plots: area of the building on the ground,
# share of the plot that it covers, how one enters, what else is there. The last column is our class, by eye.

# %%
plots = pd.DataFrame([
    ["P01", 120, 0.85, "street", "dwellings", "front"],
    ["P02", 90, 0.9, "street", "dwellings", "front"],
    ["P03", 160, 0.7, "yard", "shop", "front"],
    ["P04", 300, 0.65, "yard", "dwellings", "yard"],
    ["P05", 420, 0.7, "yard", "dwellings", "yard"],
    ["P06", 260, 0.55, "yard", "none", "yard"],
    ["P07", 900, 0.5, "street", "none", "hall"],
    ["P08", 1500, 0.45, "own drive", "none", "hall"],
    ["P09", 1100, 0.6, "own drive", "offices", "hall"],
    ["P10", 2600, 0.3, "park road", "none", "box"],
    ["P11", 3200, 0.35, "park road", "offices", "box"],
    ["P12", 2000, 0.25, "park road", "none", "box"]],
    columns=["plot", "footprint", "coverage", "access", "mix", "by eye"])
plots = plots.set_index("plot")

# %% tags=["hide-input"]
table(plots.reset_index(), "Twelve toy plots, the whole of them", kind="toy",
      name="plots", note="footprint in square metres")

# %% [markdown]
# How unlike are P01 and P02? **Gower's distance** takes the mean over the four criteria. A number counts the gap over
# its range: (120 − 90) / (3,200 − 90), then (0.90 − 0.85) / (0.90 − 0.25). A word counts 0 if equal, else 1. Add the
# four, divide by four. Then group the plots by average linkage, as in [the second chapter](02_trajectories.ipynb).

# %%
CRITERIA = ["footprint", "coverage", "access", "mix"]
print(gower(plots[CRITERIA]).loc["P01", ["P02", "P03", "P10"]].round(3).to_dict())
plots["by machine"] = plot_classes(plots[CRITERIA], 4)
pd.crosstab(plots["by eye"], plots["by machine"])

# %%
agreed = {"all four criteria": adjusted_rand(plots["by eye"], plots["by machine"])}
for name in CRITERIA:
    others = [criterion for criterion in CRITERIA if criterion != name]
    found = plot_classes(plots[others], 4)
    agreed[f"without {name}"] = adjusted_rand(plots["by eye"], found)
pd.Series(agreed).round(2)

# %% tags=["hide-input"]
numbers = pd.Series({k: adjusted_rand(plots["by eye"], plot_classes(plots[CRITERIA], k))
                     for k in range(2, 7)})
worst = min(agreed, key=agreed.get)
glue(rand=agreed["all four criteria"], rand_low=agreed[worst], rand_worst=worst,
     rand_best=numbers.max(), best_number=int(numbers.idxmax()))

# %% [markdown]
# Eye and machine agree at {glue:text}`rand:.2f` on the adjusted Rand index (1 is full agreement, 0 is chance). The
# machine treats every criterion alike; the eye does not. Leave out one criterion at a time: the agreement is lowest
# {glue:text}`rand_worst` ({glue:text}`rand_low:.2f`), so our eye leaned on that one most. Asked for
# {glue:text}`best_number` classes, the machine comes nearest to ours ({glue:text}`rand_best:.2f`). A typology is an
# answer to "alike in what?", and that question is a planner's, not a program's.
#
# ## On real figures
#
# ### Ninety per cent of what?
#
# Sources differ here. The introduction says that *very small* businesses are 90 % of the productive landscape of Mons
# (§11); the abstract says that very small *and small* firms are more than 90 %, in general. We have no count for Mons.
# Three figures published elsewhere show how much hangs on the bound and on what is counted: two count establishments, one
# counts the jobs in them.

# %%
QUOTED = ["wallonia-under-20", "charleroi-under-50", "charleroi-under-50-jobs"]
quoted = published.loc[QUOTED, ["place", "year_from", "statement", "low", "source"]]

# %% tags=["hide-input"]
small_ones = pd.Series((quoted["low"] / 100).to_numpy(), [
    "Wallonia, under 20 staff", "Charleroi, under 50 staff", "Charleroi, their jobs"])
check.guess(
    "Of all establishments, which share has under 20 staff in Wallonia, and under 50 "
    "around Charleroi? And which share of the jobs do the latter hold?", bars=small_ones,
    axis=(0, 1), name="small", form=".1%", covers=2, data=["published_figures"],
    say=f"Small ones are {small_ones.iloc[1]:.1%} of the establishments and hold "
    f"{small_ones.iloc[2]:.1%} of the jobs: few large ones are enough to turn the "
    "picture.")

# %%
quoted[["place", "low"]]

# %% tags=["hide-input"]
glue(w20=quoted["low"].iloc[0], c50=quoted["low"].iloc[1], c50jobs=quoted["low"].iloc[2])
rows = quoted.assign(share=quoted["low"] / 100, what=[
    "Wallonia: under 20 staff,|share of establishments",
    "Charleroi–Sud Hainaut: under 50,|share of establishments",
    "Charleroi–Sud Hainaut: under 50,|share of jobs"])
base = alt.Chart(rows).encode(
    alt.X("share:Q", title="share", axis=alt.Axis(format="%", tickCount=5),
          scale=alt.Scale(domain=[0, 1])),
    alt.Y("what:N", title=None, sort=list(rows["what"]), axis=alt.Axis(
        labelExpr="split(datum.label, '|')", labelLimit=230)))
rule = alt.Chart(pd.DataFrame({"at": [0.9]})).mark_rule(strokeDash=[4, 4]).encode(
    alt.X("at:Q"))
chart = rule + base.mark_bar(color=INDUSTRY, height=22) + base.mark_text(
    align="right", dx=-6, color="white", fontSize=13).encode(
    alt.Text("share:Q", format=".1%"))
title = "Nearly all establishments are small; they hold fewer than half of the jobs"
figure(chart.properties(title=title, height=150), data=["published_figures"],
       note="IWEPS, end of 2017; Igretec, end of 2014; dashed: 90 %",
       alt_text="; ".join(f"{r.what.replace('|', ' ')} {r.share:.1%}"
                          for r in rows.itertuples()))

# %% [markdown]
# In Wallonia {glue:text}`w20:.1f` % of the establishments with staff had fewer than 20 workers (IWEPS, quoted). A *very
# small* firm usually has fewer than ten, and those cannot be more than those under 20: for all of Wallonia and
# establishments of all kinds, "very small" would stay below 90 %. *Very small and small* reaches it:
# {glue:text}`c50:.1f` % under 50 in Charleroi–Sud Hainaut (Igretec, quoted), with {glue:text}`c50jobs:.1f` % of the
# jobs. Count firms without staff, or productive ones only, or Mons alone, and the share is another. Both sentences can
# be right. Neither says that small firms are most of the *work*.
#
# ### Steps before trends
#
# The land register gives each plot one of 27 uses, here grouped into twelve. Before any sentence with "decline" in it:
# list every step from one year to the next of more than a tenth. A plant that opens or closes makes a step. So does a
# clerk who moves plots from one heading to another. Then split the change into these steps and all the rest.

# %%
mons = land.loc["Mons"]
each = {name: steps(land.loc[name][FACTORIES], floor=1) for name in places.index}
listed = pd.concat({"all 13": steps(total), **each}, names=["place"])
split_all, split_mons = in_steps(total), in_steps(mons[FACTORIES])
pd.DataFrame({"all 13": split_all, "Mons": split_mons}).T.round(1)

# %% tags=["hide-input"]
factories = mons[FACTORIES]
glue(mons_start=factories[1983], mons_peak=factories.max(), mons_end=factories[2015],
     peak_year=int(factories.idxmax()), mons_fall=factories.max() - factories[2015],
     mons_steps=len(steps(factories)), mons_rest=split_mons["rest"],
     mons_down=-split_mons["down"],
     all_total=split_all["total"], all_rest=split_all["rest"])
shown = listed.reset_index(level=0).sort_values(
    "hectares", key=lambda h: -h.abs(), kind="stable")
table(shown, "Every step over a tenth, the largest first", data=LAND, name="steps",
      note="workshops and factories; at least 1 ha; years: how many it spans", formats={
          "from": "d", "to": "d", "before": ",.1f", "after": ",.1f", "hectares": "+,.1f",
          "change": "+.0%", "years": "d"})

# %% tags=["hide-input"]
peak, last = int(factories.idxmax()), factories.iloc[-1]
late = steps(factories)
late = late[(late["from"] >= peak) & (late["hectares"] < 0)]
fall, steep = factories.max() - last, -late["hectares"].sum()
FEW, STEADY = "No: nearly all went in a few years", "Yes: it shrank in each decade"
check.choice(
    f"Mons had {fall:.0f} ha of workshops and factories less in 2015 than at its peak in "
    f"{peak}. A headline says: “Factory land melts away year after year.” Does the list "
    "of steps bear it out?", answer=FEW if steep > 0.8 * fall else STEADY, options={
        FEW: "Add up the rows of Mons that come after the peak.",
        STEADY: "A mean by decade hides the years. Add up the rows of Mons that come "
        "after the peak.",
        "No: Mons gained land for factories": "Up to the peak. Look at the rows of Mons "
        "after it.",
        "Such a list cannot say": "It has what is needed: the largest rows, with their "
        "years. Set their sum beside the whole loss."},
    why=f"{steep:.0f} of the {fall:.0f} ha went in {len(late)} steps, those of "
    f"{' and '.join(map(str, late['to']))}. A cause is to be sought in those years.")

# %% [markdown]
# In Mons workshops and factories went from {glue:text}`mons_start:.0f` ha to a peak of {glue:text}`mons_peak:.0f` in
# {glue:text}`peak_year`, and to {glue:text}`mons_end:.0f` in 2015. "They lost {glue:text}`mons_fall:.0f` hectares since
# the peak" is true. But {glue:text}`mons_down:.0f` ha were lost in the downward steps of the list. Take all
# {glue:text}`mons_steps` steps out, up and down, and the years that remain add up to {glue:text}`mons_rest:+.0f` ha.
# For the 13 together: {glue:text}`all_total:+.0f` ha in all, {glue:text}`all_rest:+.0f` without the steps. Outside the
# steps little moves, and not in one direction.
#
# ### What swapped with what
#
# Land does not vanish. If factories lose a step, some other use must gain it in the same year. Look at Mons, 2011 to
# 2012.

# %%
in_mons = swaps(mons, 2011, 2012)
in_hensies = swaps(land.loc["Hensies"], 1985, 1986)
print("Hensies, 1986:", in_hensies.iloc[[0, -1]].to_dict())
in_mons[in_mons.abs() > 20].to_frame()

# %% tags=["hide-input"]
after = swaps(land.loc["Saint-Ghislain"], 2012, 2013)
glue(mons_step=-in_mons[FACTORIES], mons_waste=in_mons["wasteland"],
     mons_other=-in_mons["other"],
     hensies_lost=-in_hensies[FACTORIES], hensies_waste=in_hensies["wasteland"],
     ghislain_back=after[FACTORIES], ghislain_waste=-after["wasteland"])

# %% tags=["hide-input"]
rows = in_mons.rename("hectares").rename_axis("use").reset_index()
rows["use"] = rows["use"].str.replace("_", " ")
chart = alt.Chart(rows).mark_bar().encode(
    alt.X("hectares:Q", title="hectares gained or lost"),
    alt.Y("use:N", title=None, sort=list(rows["use"]), axis=alt.Axis(labelLimit=170)),
    alt.Color("hectares:Q", legend=None, scale=alt.Scale(
        type="threshold", domain=[0], range=[INDUSTRY, SERVICES])),
    tooltip=["use", "hectares"])
title = (f"Mons in one year: wasteland gained {in_mons['wasteland']:.0f} ha, "
         f"factories lost {-in_mons[FACTORIES]:.0f}")
figure(chart.properties(title=title, height=270), data=LAND,
       note="1 January 2011 to 2012",
       alt_text="Hectares gained or lost by each use in Mons: " + "; ".join(
           f"{r.use} {r.hectares:+.0f}" for r in rows.itertuples()))

# %% [markdown]
# In that one year wasteland gained {glue:text}`mons_waste:.0f` ha: more than factories ({glue:text}`mons_step:.0f`) and
# "other" ({glue:text}`mons_other:.0f`) lost together. So much land, out of several uses at once, looks like a review of
# the register. It might also be a closure that was booked late. In Hensies the {glue:text}`hensies_lost:.1f` ha that
# factories lost in 1986 are the {glue:text}`hensies_waste:.1f` that wasteland gained. In Saint-Ghislain
# {glue:text}`ghislain_back:.0f` ha came *back* to factories in 2013, and {glue:text}`ghislain_waste:.0f` left
# wasteland. The figures cannot tell a plant that closed from a plot that was renamed. **A reclassification cannot be
# excluded**, and so no rate of decline is given here.
#
# ### How much land, for what?
#
# Now first and last year, use by use, in the 13 municipalities together:

# %%
KEPT = [FACTORIES, "storage", "offices", "shops", "housing", "wasteland", "farmland"]
changed = change(whole, 1983, 2015).loc[KEPT]
of_land = land_shares(whole)[KEPT]
made = [FACTORIES, "storage"]
ratio = against(whole, made, ["housing", "offices"])

# %% tags=["hide-input"]
shown = changed.assign(share=of_land.loc[2015])
shown = shown.rename(index=lambda s: s.replace("_", " ")).rename_axis("use").reset_index()
shown.columns = ["use", "1983", "2015", "change, ha", "change", "share of land, 2015"]
glue(production_start=whole.loc[1983, made].sum(),
     production_end=whole.loc[2015, made].sum(),
     ratio_start=ratio[1983], ratio_end=ratio[2015],
     farm=-changed.loc["farmland", "hectares"],
     storage=changed.loc["storage", "hectares"],
     factory_share=of_land.loc[2015, FACTORIES],
     housing_share=of_land.loc[2015, "housing"])
table(shown, "Farmland shrank, housing grew, factories changed little", data=LAND,
      name="land_change", note="hectares; 13 municipalities", formats={
          "1983": ",.0f", "2015": ",.0f", "change, ha": "+,.0f", "change": "+.0%",
          "share of land, 2015": ".1%"})

# %% [markdown]
# Workshops and factories take {glue:text}`factory_share:.1%` of the land, housing {glue:text}`housing_share:.1%`.
# Factories lost a little, storage gained {glue:text}`storage:.0f` ha: with it, land for production went from
# {glue:text}`production_start:,.0f` to {glue:text}`production_end:,.0f` ha. But for each hectare of housing and offices
# there were {glue:text}`ratio_start:.2f` ha of production at first and {glue:text}`ratio_end:.2f` at last. Land for
# production did not melt; housing grew around it. Farmland lost {glue:text}`farm:,.0f` ha.
#
# *Per inhabitant?* Our tables have no population of these municipalities, so we divide by none. With figures of your
# own, `per_inhabitant` in `methods.landuse` does it, and leaves missing what has no population.
#
# ### Breakpoints
#
# A machine can look for breaks too. It tries every way to cut the series into runs of three years or more, and fits
# each run by its own level, or by its own line. More breaks nearly always help the fit; a penalty (BIC) decides how
# many are worth having.

# %%
by_level = breakpoints(total)
by_line = breakpoints(total, shape="line")
print("levels break in", by_level.years, "lines in", by_line.years)
runs(by_line).round(1)

# %% tags=["hide-input"]
shared = sorted(set(by_level.years) & set(by_line.years))
slopes = runs(by_line)
longest = slopes.loc[(slopes["to"] - slopes["from"]).idxmax()]
glue(shared=" and ".join(map(str, shared)), level_years=len(by_level.years),
     line_years=len(by_line.years), run_slope=longest["a year"],
     run_from=int(longest["from"]), run_to=int(longest["to"]))

# %% tags=["hide-input"]
rows = path.assign(level=by_level.fitted.to_numpy().round(2),
                   line=by_line.fitted.to_numpy().round(2))
base = alt.Chart(rows).encode(alt.X("year:Q", title=None, scale=alt.Scale(
    domain=[1983, 2015], nice=False), axis=alt.Axis(format="d", tickCount=7, grid=False)))
fit = base.transform_fold(["level", "line"], as_=["each run has its", "fit"])
chart = base.mark_circle(size=40, color=CONTEXT).encode(
    alt.Y("hectares:Q", title="hectares", scale=alt.Scale(zero=False))) + fit.mark_line(
    strokeWidth=2).encode(alt.Y("fit:Q"), alt.Color("each run has its:N", scale=alt.Scale(
        domain=["level", "line"], range=[SERVICES, INDUSTRY])))
agreed_on = " and ".join(map(str, shared))
title = f"Levels and lines agree on {agreed_on}, not on the rest"
figure(chart.properties(title=title, height=260), data=LAND,
       note="workshops and factories, 13 municipalities; circles: the register",
       alt_text=f"Hectares by year with two fits: levels that break in {by_level.years}, "
       f"lines that break in {by_line.years}.")

# %% [markdown]
# Levels find {glue:text}`level_years` breaks, lines {glue:text}`line_years`. They share {glue:text}`shared`: the one is
# a step of Mons alone, the other is the step that we distrust. In the longest run, {glue:text}`run_from` to
# {glue:text}`run_to`, the line moves by {glue:text}`run_slope:+.1f` ha a year. A word of care: neighbouring years
# resemble each other, which the penalty does not know, and it finds breaks too readily.
#
# ### How full are the parks?
#
# In 2024 the business parks of Mons-Borinage counted {glue:text}`parks_built:,.0f` built hectares of
# {glue:text}`parks_all:,.0f` (Walloon minister, quoted). How long will the rest last? That depends on the pace, which
# we do not know: set your own. **Land sobriety** (*sobriété foncière*) is the share of new space found on land that is
# built already.

# %% tags=["hide-input"]
built = published.loc["mons-parks-built", "low"]
all_parks = published.loc["mons-parks", "low"]
glue(parks_built=built, parks_all=all_parks, left=all_parks - built,
     full=built / all_parks, years_ten=(all_parks - built) / 10)
pace = alt.param("pace", value=10, bind=alt.binding_range(
    min=2, max=40, step=1, name="New space wanted, hectares a year "))
thrift = alt.param("thrift", value=0, bind=alt.binding_range(
    min=0, max=0.9, step=0.05, name="Sobriety: share found on built land "))

# %% tags=["hide-input"]
years = pd.DataFrame({"year": range(2024, 2085), "built 2024": built,
                      "whole area": all_parks})
years["built at a pace of 10"] = (built + 10.0 * (years["year"] - 2024)).clip(
    upper=all_parks)
year = alt.Chart(years).transform_calculate(
    hectares="min(datum['whole area'], datum['built 2024'] + pace * (1 - thrift) * "
    "(datum.year - 2024))",
    words=f"'full in ' + (2024 + ceil({all_parks - built} / (pace * (1 - thrift))))")
x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[2024, 2084], nice=False),
          axis=alt.Axis(format="d", tickCount=6, grid=False))
span = {"title": "built hectares", "scale": alt.Scale(
    domain=[950, 1350], nice=False, zero=False)}
line = year.mark_line().encode(x, alt.Y("hectares:Q", **span))
whole_area = year.mark_line(strokeDash=[4, 4], color=CONTEXT, strokeWidth=1.5).encode(
    x, alt.Y("whole area:Q", **span))
words = year.transform_filter("datum.year == 2084").mark_text(
    align="right", dy=22, fontSize=14).encode(
    x, alt.Y("whole area:Q", **span), alt.Text("words:N"))

# %% tags=["hide-input"]
title = f"{built / all_parks:.0%} of the parks’ land is built; the pace decides the rest"
chart = whole_area + line + words
figure(chart.add_params(pace, thrift).properties(title=title, height=240),
       data=["published_figures"], note="the pace is an assumption, yours; dashed: the "
       "whole area of the parks",
       alt_text=f"Built hectares of the parks from {built:,.0f} in 2024 up to "
       f"{all_parks:,.0f}; two sliders set the hectares wanted a year and the share of "
       "them found on built land.")

# %% tags=["hide-input"]
room = all_parks - built
full = {(wanted, found): 2024 + np.ceil(room / (wanted * (1 - found)))
        for wanted, found in [(20, 0.5), (20, 0), (10, 0.5)]}
check.number(
    "Suppose that 20 hectares are wanted a year, and half of them found on land that is "
    "built already. In which year are the parks full?",
    answer=full[20, 0.5], tolerance=0.6, form=".0f", hints={
        full[20, 0]: "That is without sobriety: set the second slider to 0.5.",
        full[10, 0.5]: "That is half of ten hectares: set the first slider to 20.",
        full[20, 0.5] - 2024: "That is how many years it takes; count them from 2024."},
    otherwise="Set the first slider to 20 and the second to 0.5; the chart names the "
    "year.",
    why=f"{room:.0f} ha are left, and ten of the twenty are taken from them each year, "
    "as with ten hectares wanted and no sobriety.")

# %% [markdown]
# {glue:text}`left:.0f` ha are left, and {glue:text}`full:.0%` is built. At ten hectares a year that is
# {glue:text}`years_ten:.0f` years; with half of the new space on built land, twice as many. The arithmetic is plain,
# and that is its use: sobriety moves the year as much as the pace does. Whether the rest can be built on at all, the
# quoted figure does not say.
#
# ## The explorer
#
# Two instruments. The first holds the toy firms. Choose the rule, say what collaboration is, weigh two factors, leave
# out a firm, and watch the ranking and both tests.

# %% tags=["hide-input"]
from widgets.explorers.fabric import Fabric

explorer = Fabric()
explorer

# %% [markdown]
# Try to make the gap vanish with one choice, then with another. Then try to make it larger. How many of your choices
# could you have defended *before* seeing the result?
#
# The second holds the land. Choose a use, a municipality and a year; the last chart shows what swapped with what in
# that year.

# %% tags=["hide-input"]
from widgets.explorers.land import Land

parcels = Land()
parcels

# %% [markdown]
# Set it to *Saint-Ghislain* and play the years: factories lose in 2012 and gain about twice as much in 2013. Then look
# at *housing* in *all 13*: a steady climb without one large step.
#
# ### Your own weights
#
# The same test as a function with three arguments. `interact` makes a control of each.

# %%
def my_test(collaboration="economic", family_near=1.0, customers=1.0):
    """Say what the exact test finds under one's own choices."""
    weights = {"family near": family_near, "customers": customers}
    found = retested(collaboration, weights)
    print(f"gap {found.observed:+.2f}, p = {found.p_value:.3f}")


my_test(family_near=0.5)

# %% tags=["needs-kernel", "nbval-ignore-output"]
from ipywidgets import interact

interact(my_test, collaboration=["economic", "left out", "personal"],
         family_near=(0.5, 2, 0.5), customers=(0.5, 2, 0.5))

# %% [markdown]
# ## The map
#
# Each circle is a municipality, its area in proportion to the land of workshops and factories in 2015, its colour the
# change since 1983. The thin line is the border with France, the only outline that we carry here.

# %% tags=["hide-input"]
rows = {}
for name in places.index:
    line = land.loc[name][FACTORIES]
    rows[name] = [line[1983], line.max(), int(line.idxmax()), line[2015],
                  *in_steps(line, floor=1), len(steps(line, floor=1))]
twin = pd.DataFrame.from_dict(rows, orient="index", columns=[
    "1983", "peak", "peak year", "2015", "change", "steps up", "steps down",
    "all other years", "steps"])
relative = twin["2015"] / twin["1983"] - 1
MOVES = ["grew by over a tenth", "within a tenth", "shrank by over a tenth"]
SHADES = dict(zip(MOVES, [INDUSTRY, CONTEXT, SERVICES], strict=True))
kind = pd.Series(np.select([relative > 0.1, relative < -0.1], [MOVES[0], MOVES[2]],
                           MOVES[1]), twin.index)
grew = kind.value_counts().reindex(MOVES, fill_value=0)
two = twin["2015"].nlargest(2)

# %% tags=["hide-input"]
both, part = " and ".join(two.index), two.sum() / twin["2015"].sum()
glue(grew=int(grew.iloc[0]), shrank=int(grew.iloc[2]), big_two=both, two_share=part,
     rest_up=int((twin["all other years"] > 0).sum()))
tips = (twin.index.to_series() + twin["1983"].map(": {:,.1f} ha in 1983".format)
        + twin["2015"].map(", {:,.1f} in 2015".format)
        + twin["steps"].map(", large steps: {}".format))
size, at = radius(twin["2015"], 34, 300), places.assign(name=places.index)
ground = base_map(bounds=[[50.31, 3.6], [50.58, 4.02]], abroad=True)
for name in MOVES:
    of = kind.index[kind == name]
    if len(of):
        Points(at.loc[of], name, SHADES[name], size[of], tips[of]).add_to(ground)

# %% tags=["hide-input"]
title = f"{both} hold {part:.0%} of the land of workshops and factories"
show_map(ground, title, f"Circles of 13 municipalities: {both} are by far the largest; "
         f"{grew.iloc[0]} circles grew by over a tenth, {grew.iloc[2]} shrank.", SHADES,
         data=["mons_land_use", "mons_municipalities"], height=430,
         note="at the main localities; Honnelles at Roisin, Quévy at Quévy-le-Petit")

# %% [markdown]
# *How to read it.* A circle says how much registered land has that use around there, not where in the municipality it
# lies, nor whether it is fabric or park: the register has no such class. {glue:text}`big_two` hold
# {glue:text}`two_share:.0%` of it. {glue:text}`shrank` municipalities shrank by over a tenth and {glue:text}`grew`
# grew. Take out the large steps, and {glue:text}`rest_up` of the 13 gained in the sum of all other years.

# %% tags=["hide-input"]
shown = twin.sort_values("2015", ascending=False).rename_axis("municipality")
hectares = dict.fromkeys(["1983", "peak", "2015"], ",.1f") | {"peak year": "d"}
signed = dict.fromkeys(["change", "steps up", "steps down", "all other years"], "+,.1f")
table(shown.reset_index(), "Workshops and factories in the 13 municipalities", data=LAND,
      name="municipalities", formats=hectares | signed, note="hectares; steps: over a "
      "tenth and at least 1 ha from one year to the next that is known")

# %% [markdown]
# ## How far can this be trusted?
#
# - **The firms are a toy.** Nothing about reasons in Mons follows from them. The article's own list, scores and types are not
#   known to us.
# - **Plots, not firms.** The land register knows the use of a plot. A workshop behind a house is housing if the house is what the
#   register sees: the diffuse fabric that the article is about may be what these figures miss most.
# - **Names change.** Large steps hold most of the movement, and we cannot tell a closure from a new heading.
# - **Net, not gross.** A hectare lost here and gained there is no change in the sum.
# - **Other places, other bounds.** The quoted shares are of Wallonia and of Charleroi–Sud Hainaut, at other dates and for
#   establishments of all kinds; the parks are of Mons-Borinage, and "built" is not "workshops and factories".
# - **What does not move.** Housing grew more than all other built uses, in small steps; ten firms cannot rank ten factors;
#   five against five find only very large differences.
#
# ## Exercises
#
# :::{exercise}
# :label: fabric-read
# *Read.* In the table of municipalities, find two whose change from 1983 to 2015 is nearly all steps, and two in which
# it is not. What would you ask the land register about the first two?
# :::
#
# :::{solution} fabric-read
# :class: dropdown
# Hensies and Quévy, for instance: the column of all other years is near zero. Ask what happened to those plots in that
# year: works taken down, a site renamed, a survey. In Honnelles, Lens and Quiévrain there is no step of a hectare at
# all, but so little land that a single plot decides.
# :::
#
# :::{exercise}
# :label: fabric-hand
# *By hand.* Three firms have the gaps 1, 2 and 2. List the eight flips. What is the smallest *p* that three firms can
# ever give in a two-sided test, and how many firms does it take to reach 0.05?
# :::
#
# :::{solution-start} fabric-hand
# :class: dropdown
# :::

# %%
smallest = {firms: 2 / 2**firms for firms in range(3, 8)}
print(sign_flip_test([1, 2, 2]).p_value, smallest)

# %% [markdown]
# Two of eight, 0.25: with three firms nothing can ever be found. It takes six.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: fabric-number
# *Change a number.* A step is anything over a tenth. Does the sum of all other years keep its sign when the bound is 0.05, or
# 0.2? Write `outside(threshold)`, which gives the hectares of workshops and factories that Mons gained or lost in the
# years without a step. Use `in_steps`.
# :::

# %% tags=["hide-input", "exercise-check"]
@check.exercise
def check_outside(outside):
    """Year by year, without `in_steps`."""
    line = mons[FACTORIES]
    moved, part = line.diff().dropna(), line.pct_change().dropna().abs()
    wrong = [(moved[part > 0.05].sum(), "These are the steps together: you want the "
              "years that are none."),
             (moved.sum(), "That is the whole change, steps and all."),
             (moved[part <= 0.1].sum(), "That is the usual bound of a tenth: pass "
              "`threshold` on."),
             (in_steps(total, 0.05)["rest"], "These are all 13 municipalities: take the "
              "line of Mons.")]
    return check.compare(outside(0.05), moved[part <= 0.05].sum(), wrong, "Look at what "
                         "`in_steps` calls `rest`.") or check.compare(
        outside(0.2), moved[part <= 0.2].sum(), (), "Use `threshold` for the bound.")


# %% [markdown]
# :::{solution-start} fabric-number
# :class: dropdown
# :::

# %% tags=["exercise"]
def outside(threshold):
    """Hectares that Mons gained or lost in the years without a step."""
    return in_steps(mons[FACTORIES], threshold)["rest"]


check_outside(outside)

# %% tags=["hide-input"]
added = sorted(set(steps(factories, 0.05)["to"]) - set(steps(factories)["to"]))
glue(outside_low=in_steps(factories, 0.05)["rest"],
     outside_high=in_steps(factories, 0.2)["rest"], added=" and ".join(map(str, added)))

# %% [markdown]
# It does not. The other years add up to {glue:text}`outside_low:+.1f` ha with a bound of 0.05, to
# {glue:text}`mons_rest:+.1f` with 0.1 and to {glue:text}`outside_high:+.1f` with 0.2. The lowest bound makes one more
# year a step, {glue:text}`added`, and that is enough. So even "all the rest" is no trend that one could build on.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: fabric-code
# *Code it yourself.* How much hangs on one code? Write `recoded(plot, criterion, code)`, which gives the agreement of our
# classes by eye with four classes by machine (adjusted Rand index), after one code of one plot has been changed. Try the
# hall P07 with its own drive, then P03 and P10 with the street as their access.
# :::

# %% tags=["hide-input", "exercise-check"]
from sklearn.metrics import adjusted_rand_score


@check.exercise
def check_recoded(recoded):
    kept, eye = plots.copy(), plots["by eye"]
    def machine(plot, code):
        rows = plots[CRITERIA].T.to_dict()
        return plot_classes(pd.DataFrame({**rows, plot: {**rows[plot], "access": code}}).T
                            .infer_objects(), 4)
    got = recoded("P10", "access", "street")
    if not plots.equals(kept):
        plots[kept.columns] = kept
        return "It has changed `plots` itself: work on a copy."
    after = machine("P10", "street")
    wrong = [(agreed["all four criteria"], "That is the agreement before the change."),
             (adjusted_rand_score(plots["by machine"], after), "That compares the "
              "machine before and after: compare it with the eye.")]
    return check.compare(got, adjusted_rand_score(eye, after), wrong, "Change the code, "
                         "group again, then compare.") or check.compare(
        recoded("P03", "access", "street"), adjusted_rand_score(
            eye, machine("P03", "street")), (), "Use `plot`, `criterion` and `code`.")


# %% [markdown]
# :::{solution-start} fabric-code
# :class: dropdown
# :::

# %% tags=["exercise"]
def recoded(plot, criterion, code):
    """Agreement of eye and machine when one plot is coded otherwise."""
    changed_codes = plots[CRITERIA].copy()
    changed_codes.loc[plot, criterion] = code
    return adjusted_rand(plots["by eye"], plot_classes(changed_codes, 4))


check_recoded(recoded)

# %% tags=["hide-input"]
glue(**{f"recoded_{plot}": adjusted_rand(plots["by eye"], plot_classes(
    plots[CRITERIA].assign(access=plots["access"].mask(plots.index == plot, code)), 4))
    for plot, code in [("P07", "own drive"), ("P03", "street"), ("P10", "street")]})

# %% [markdown]
# With P07 nothing moves ({glue:text}`recoded_P07:.2f`): that hall is a hall by everything else. With P03, the one plot on
# which eye and machine disagreed, it goes to {glue:text}`recoded_P03:.2f`; with P10, a box of the park that would be
# entered from the street, down to {glue:text}`recoded_P10:.2f`. One code of twelve plots can make or break a typology.
#
# :::{solution-end}
# :::
#
# :::{exercise}
# :label: fabric-open
# *Open.* You may interview ten firms. Write down, before you meet them, your list of factors with their family, the
# rule of ranking, the test, and what you will do with "collaboration". Then say in two sentences which answer ten firms
# could give you, and which not.
# :::
#
# :::{solution} fabric-open
# :class: dropdown
# There is no one answer. A good one fixes every choice beforehand, gives a reason for the doubtful factor, expects to
# see a gap of about a standard deviation or more and nothing smaller, and says what the interviews will tell that no
# score can.
# :::
#
# ## Summary
#
# Around Mons the land of workshops and factories was {glue:text}`start:,.0f` ha in 1983 and {glue:text}`end:,.0f` in
# 2015; what moved it were a few large steps, in which land may only have changed its name. Housing grew around it.
# Whether small firms are "90 %" depends on the bound and on the place (§11, and the quoted figures). Whether personal
# reasons outweigh economic ones cannot be read from our figures; on a toy, one doubtful factor turns the answer, and
# ten firms show large gaps only.
#
# ## Further reading
#
# The article {cite:p}`gilbart` and the introduction {cite:p}`introduction`. On exact tests by rearrangement:
# {cite:t}`fisher1935`; on the bootstrap: {cite:t}`efron1979`; on distances between mixed codes: {cite:t}`gower1971`; on
# breakpoints: {cite:t}`bai2003`; on comparing partitions: {cite:t}`hubert1985`.
