"""Time the methods beside other implementations, and the built book's pages and explorers: `make bench`."""

from __future__ import annotations

import sys

from tests.bench import pages, sequences

done = [sequences.main("--alone" in sys.argv), pages.main()]
sys.exit(not all(done))
