"""Time the methods beside other implementations, and the built book's pages and explorers, and a large file: `make bench`."""

from __future__ import annotations

import sys

from tests.bench import official, pages, sequences

done = [sequences.main("--alone" in sys.argv), pages.main(), official.main()]
sys.exit(not all(done))
