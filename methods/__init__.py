"""The methods of the articles: plain functions on tables and arrays, no drawing, no files.

- `methods.towns`: what a town is: size classes, coverage, agreement of definitions, rank–size rule, skills;
- `methods.specialisation`: share, specialisation index, states, sampling intervals;
- `methods.representation`: over-representation in groups, exact intervals, the two reasons;
- `methods.clusters`: neighbours on the sphere, join count, isolated towns and clusters of towns;
- `methods.sequences`: sequences of states: coding, transitions, chronogram, entropy;
- `methods.costs`: prices of replacing one state by another;
- `methods.matching`: distances between sequences: optimal matching, Hamming, longest common subsequence;
- `methods.trees`: hierarchical classes of weighted sequences, the same for any order of the rows;
- `methods.medoids`: classes around medoids, and the medoid of each class;
- `methods.quality`: inertia, silhouette, agreement of partitions, what ties change;
- `methods.typology`: mean trajectories of classes, their order, names and matched numbers;
- `methods.concentration`: location quotients with exact intervals, zero cells kept, Lorenz and Gini;
- `methods.small_counts`: funnel limits, empirical-Bayes smoothing;
- `methods.comparison`: chi-square, Kruskal–Wallis, a permutation test that deals whole places;
- `methods.autocorrelation`: nearest places, Moran's I;
- `methods.counts`: Poisson regression with an exposure, quasi-Poisson errors;
- `methods.profiles`: types of places from several measures: components, classes, profiles, stability.
"""
