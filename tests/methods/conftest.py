"""Property-based tests draw the same examples each time, and a slow machine does not fail them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("book", deadline=None, derandomize=True)
settings.load_profile("book")
