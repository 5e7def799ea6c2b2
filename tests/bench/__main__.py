"""Time the methods beside other implementations, and the built book's pages and explorers, and a large file: `make bench`."""

from __future__ import annotations

import subprocess
import sys

from tests.bench import pages, sequences

done = [sequences.main("--alone" in sys.argv), pages.main(),
        not subprocess.run([sys.executable, "-m", "tests.bench.official"], check=False).returncode]      # alone: its memory is measured
sys.exit(not all(done))
