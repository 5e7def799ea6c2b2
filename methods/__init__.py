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
- `methods.agreement`: how far coders agree: percent, Cohen’s kappa, Krippendorff’s alpha;
- `methods.typology`: mean trajectories of classes, their order, names and matched numbers;
- `methods.grids`: evidence grids with unknown cells: dominance before weights, scores and ranks as intervals;
- `methods.weightings`: random weightings of a grid: pairs in order, first places, rankings kept;
- `methods.throughput`: material throughput under growth, and what circularity takes off it;
- `methods.claims`: checks of the issue's claims: a figure, its interval, a comparison, a verdict.
"""
