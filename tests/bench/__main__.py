"""Time the methods beside other implementations: `make bench`."""

from __future__ import annotations

import sys

from tests.bench import sequences

sys.exit(0 if sequences.main("--alone" in sys.argv) else 1)
