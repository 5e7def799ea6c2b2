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
- `methods.shiftshare`: change as national, structural, regional and local effects, and their other splits;
- `methods.dynamics`: growth by place and group, contributions to it, changes of trend;
- `methods.reversals`: changes of trend and local effects beside what sampling alone would show;
- `methods.agreement`: how far coders agree: percent, Cohen’s kappa, Krippendorff’s alpha;
- `methods.typology`: mean trajectories of classes, their order, names and matched numbers;
- `methods.territory`: a valley as an axis: areas, places along a line, residentialisation, convergence;
- `methods.segregation`: dissimilarity, isolation, and what other samples could have counted;
- `methods.coding`: thematic coding of statements: code book, co-occurrence, saturation, agreement code by code;
- `methods.claims`: checks of the issue's claims: a figure, its interval, a comparison, a verdict.
- `methods.chains`: access to resources as dated, typed ties: network, chains in time, routes, what a removal cuts off;
- `methods.ties`: shares of ties with the unknown kept, what hangs on unsure rows, positions in a network;
- `methods.land`: the search for a place: contiguous land, criteria, people around.
"""
