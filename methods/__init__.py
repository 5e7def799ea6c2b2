"""The methods of the articles: plain functions on tables and arrays, no drawing, no files.

Places and their specialisation
- `methods.towns`: what a town is: size classes, coverage, agreement of definitions, rank–size rule, skills;
- `methods.specialisation`: share, specialisation index, states, sampling intervals;
- `methods.representation`: over-representation in groups, exact intervals, the two reasons;
- `methods.clusters`: neighbours on the sphere, join count, isolated towns and clusters of towns;

Trajectories
- `methods.sequences`: sequences of states: coding, transitions, chronogram, entropy;
- `methods.costs`: prices of replacing one state by another;
- `methods.matching`: distances between sequences: optimal matching, Hamming, longest common subsequence;
- `methods.prefixes`: optimal matching of all pairs at once, by shared beginnings;
- `methods.trees`: hierarchical classes of weighted sequences, the same for any order of the rows;
- `methods.medoids`: classes around medoids, and the medoid of each class;
- `methods.quality`: inertia, silhouette, agreement of partitions, what ties change;
- `methods.typology`: mean trajectories of classes, their order, names and matched numbers;
- `methods.alike`: one town beside the others: nearest trajectories, and whether its type stays when a choice changes;
- `methods.beside`: the results of two sets of figures side by side;

Change
- `methods.shiftshare`: change as national, structural, regional and local effects, and their other splits;
- `methods.dynamics`: growth by place and group, contributions to it, changes of trend;
- `methods.reversals`: changes of trend and local effects beside what sampling alone would show;

Arrivals and ties
- `methods.chains`: access to resources as dated, typed ties: network, chains in time, routes, what a removal cuts off;
- `methods.ties`: shares of ties with the unknown kept, what hangs on unsure rows, positions in a network;
- `methods.land`: the search for a place: contiguous land, criteria, people around;

A valley, and words as data
- `methods.territory`: a valley as an axis: areas, places along a line, residentialisation, convergence;
- `methods.segregation`: dissimilarity, isolation, and what other samples could have counted;
- `methods.coding`: thematic coding of statements: code book, co-occurrence, saturation, agreement code by code;
- `methods.agreement`: how far coders agree: percent, Cohen’s kappa, Krippendorff’s alpha;

Firms and land
- `methods.factors`: factors that firms score: weights, rankings, families, leave-one-out, bootstrap of ranks;
- `methods.exact`: exact tests for a handful of cases, and their power;
- `methods.landuse`: land by use: shares, change, large steps, swaps between classes;
- `methods.breaks`: breakpoints of a series;
- `methods.plots`: coded plots: Gower's distance and classes;

Counts and their places
- `methods.concentration`: location quotients with exact intervals, zero cells kept, Lorenz and Gini;
- `methods.small_counts`: funnel limits, empirical-Bayes smoothing;
- `methods.comparison`: chi-square, Kruskal–Wallis, a permutation test that deals whole places;
- `methods.autocorrelation`: nearest places, Moran's I;
- `methods.counts`: Poisson regression with an exposure, quasi-Poisson errors;
- `methods.profiles`: types of places from several measures: components, classes, profiles, stability;

Initiatives
- `methods.grids`: evidence grids with unknown cells: dominance before weights, scores and ranks as intervals;
- `methods.weightings`: random weightings of a grid: pairs in order, first places, rankings kept;
- `methods.throughput`: material throughput under growth, and what circularity takes off it;

The whole issue
- `methods.claims`: checks of the issue's claims: a figure, its interval, a comparison, a verdict.

SciPy's parts are named in full where they are used (`scipy.special.ndtr`): it reads each of them only then, so that Python
in a page starts sooner.
- `methods.claims`: checks of the issue's claims: a figure, its interval, a comparison, a verdict;
- `methods.crossreading`: several case studies on one grid: a matrix, two readings of it, what can be said in spite of gaps;
- `methods.synthesis`: verdicts counted, evidence wanted, measures along one axis, places among their like.
"""
