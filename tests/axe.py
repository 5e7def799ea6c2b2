"""What axe, which checks pages for those who do not see or do not use a mouse, finds in a page."""
from __future__ import annotations

import json

from playwright.sync_api import Page

from tests.conftest import ROOT

__all__ = ["violations"]

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, within: str = "document", serious: bool = False, dark: bool = False) -> list[str]:
    """Each rule that is broken, with the first elements that break it.

    Parameters
    ----------
    page : Page
    within : str
        What of the page, in JavaScript.
    serious : bool
        Whether to leave out what axe calls minor or moderate.
    dark : bool
        On a page whose light look is checked too: only contrast can differ, and only it is asked for.
    """
    options = {"resultTypes": ["violations"], "iframes": False, **({"runOnly": ["color-contrast"]} if dark else {})}
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(f"axe.run({within}, {json.dumps(options)}).then((r) => r.violations)")
    return [f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found
            if not serious or one["impact"] in ("serious", "critical")]
