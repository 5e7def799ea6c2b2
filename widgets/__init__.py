"""Explorers, charts, tables and maps of the book. They call `methods`; a chapter calls them."""
from widgets.glue import glue
from widgets.ledger import ledger, show_claims
from widgets.maps import Points, base_map, radius, show_map, town_map
from widgets.show import data_used, figure, table
from widgets.theme import CATEGORIES, CONTEXT, INDUSTRY, SERVICES, STATES, start

__all__ = ["CATEGORIES", "CONTEXT", "INDUSTRY", "SERVICES", "STATES", "Points", "base_map", "data_used", "figure", "glue",
           "ledger", "radius", "show_claims", "show_map", "start", "table", "town_map"]
