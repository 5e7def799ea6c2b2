"""Two directives that the pages of `book/` use: the data catalogue, and the map of the landing page."""
from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

__all__ = ["setup"]


def _cells(values: list[Any], tag: str) -> str:
    return "".join(f"<{tag}{' scope=col' if tag == 'th' else ''}>{html.escape(str(v))}</{tag}>" for v in values)


class DataCatalogue(SphinxDirective):
    """Every table of `data/`, from its own description: one section each, with its columns."""

    def run(self) -> list[nodes.Node]:
        from data import describe, sources
        known, parts = sources(), []
        for name, row in known.iterrows():
            section = nodes.section(ids=[f"table-{name}".replace("_", "-")], names=[f"table-{name}"])
            section += nodes.title(text=row["title"])
            section += nodes.raw(text=self._entry(name, row, describe(name)), format="html")
            parts.append(section)
        return parts

    @staticmethod
    def _entry(name: str, row: Any, columns: Any) -> str:
        facts = [("Table", f"<code>{name}</code>"), ("Kind of figures", html.escape(row["kind"])), ("Producer", html.escape(row["producer"])),
                 ("Date", html.escape(str(row["vintage"]))), ("Licence", html.escape(row["licence"])),
                 ("How made", html.escape(row["made"])), ("Can be made again", "yes, with <code>make data</code>" if row["rebuildable"] else
                  "no: the script that made it stands beside it, its inputs can't be had from packages" if row["script"] else
                  "no: made by hand"),
                 ("Known gaps", html.escape(row["known_gaps"]) or "none known")]
        terms = "".join(f"<dt>{term}</dt><dd>{words}</dd>" for term, words in facts)
        rows = "".join(f'<tr><th scope="row"><code>{html.escape(str(r[0]))}</code></th>{_cells(list(r[1:]), "td")}</tr>'
                       for r in columns.fillna("").itertuples(index=False))
        label = html.escape(f"Columns of {name}", quote=True)
        return (f'<p>{html.escape(row["description"])}</p><dl class="book-facts">{terms}</dl><div class="scroll" tabindex="0" role="region" '
                f'aria-label="{label}"><table class="book-columns"><thead><tr>{_cells(list(columns.columns), "th")}</tr></thead>'
                f"<tbody>{rows}</tbody></table></div>")


class HeroMap(SphinxDirective):
    """The map of the landing page: every town, coloured by the share of workers, drawn when the book is built."""

    def run(self) -> list[nodes.Node]:
        from widgets.hero import hero
        return [nodes.raw(text=hero(), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("data-catalogue", DataCatalogue)
    app.add_directive("hero-map", HeroMap)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
