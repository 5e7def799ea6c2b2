"""The page of the book that prints the drill's last result, from the small file that the drill leaves."""
from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["LAST", "PAGE", "ROOMS", "WAIT", "cores_for", "memory_for", "report", "main"]

LAST = Path(__file__).with_name("last.json")
PAGE = Path(__file__).resolve().parents[2] / "book" / "measured_room.md"
ROOMS = (30, 200)       # students
WAIT = 120              # seconds within which a room that presses "run all" at once has its chapter
SYSTEM = 1.0            # GB left to the system


def memory_for(students: int, hub: Mapping[str, Any]) -> int:
    """Memory that a room needs: the hub, the heaviest student times the students, and the system's own.

    Parameters
    ----------
    students : int
        How many at once.
    hub : mapping
        The drill's result.

    Returns
    -------
    int
        GB, rounded up.

    Examples
    --------
    >>> memory_for(30, {"hub": {"memory MB": 200}, "memory MB": {"most": 400}})
    14
    """
    return math.ceil(SYSTEM + (hub["hub"]["memory MB"] + students * hub["memory MB"]["most"]) / 1000)


def cores_for(students: int, hub: Mapping[str, Any], wait: float = WAIT) -> int:
    """Cores that a room needs, for everybody to have run the chapter within a time.

    Parameters
    ----------
    students : int
        How many at once.
    hub : mapping
        The drill's result.
    wait : float
        Seconds.

    Returns
    -------
    int
        Rounded up.

    Examples
    --------
    >>> cores_for(30, {"processor seconds": {"median": 20}}, wait=120)
    5
    """
    return math.ceil(students * hub["processor seconds"]["median"] / wait)


def _about(result: Mapping[str, Any]) -> str:
    machine, load = result["machine"], result["hub"]["load before"]
    busy = (f"The machine was doing other work too (load average {load:.1f} before the drill's own): the seconds that students wait are longer than on "
            "a machine left alone; their processor seconds and memory depend on that much less." if load > machine["cores"] / 4 else
            f"The machine was doing little else (load average {load:.1f}).")
    return (f"Made by `make drill` on {result['date']}, on a machine with {machine['cores']} cores and {machine['memory GB']:.0f} GB of memory, "
            f"{machine['system']}, Python {machine['python']}. {busy}")


def _hub(hub: Mapping[str, Any]) -> list[str]:
    def row(words: str, key: str, unit: str) -> str:
        return f"| {words} | {hub[key]['median']:,.0f} {unit} | {hub[key]['most']:,.0f} {unit} |"
    failed = "no cell failed" if not hub["errors"] else f"**{len(hub['errors'])} failures**: {hub['errors'][0][:200]}"
    needs = [f"| {students} | {memory_for(students, hub)} GB | {cores_for(students, hub)} |" for students in ROOMS]
    memory = f"{SYSTEM:.0f} GB + {hub['hub']['memory MB']:,.0f} MB + students × {hub['memory MB']['most']:,.0f} MB"
    return [f"## {hub['students']} students on a hub", "",
            f"A JupyterHub with its proxy, on one machine. {hub['students']} simulated students log in at once through its form; each gets a server and "
            f"opens chapter `{hub['chapter']}`; when the last server is there, all run every cell, through the hub. {hub['cells']:,} cells ran; {failed}.", "",
            "| a student | median | most |", "|---|---|---|",
            row("from login to an open chapter", "server seconds", "s"), row("all cells of the chapter", "chapter seconds", "s"),
            row("processor, server and kernel", "processor seconds", "s"), row("memory, server and kernel", "memory MB", "MB"), "",
            f"The hub and its proxy held {hub['hub']['memory MB']:,.0f} MB; all together, {hub['together MB'] / 1000:,.1f} GB. Memory is counted so that a "
            "page which several processes share counts once (PSS).", "",
            "What a larger room needs, computed from these figures and not tried:", "",
            "| students at once | memory | cores |", "|---|---|---|", *needs, "",
            f"Memory is {memory}, rounded up. Cores are students × {hub['processor seconds']['median']:.1f} processor seconds ÷ {WAIT} seconds, rounded up: "
            f"if everybody presses *run all* at the same moment, everybody has the chapter {WAIT // 60} minutes later. With fewer cores they wait "
            "longer; with less memory, some kernels die.", ""]


def _web(web: Mapping[str, Any]) -> list[str]:
    lost = "none was lost" if not web["lost"] and not web["lost by its log"] else (
        f"**{web['lost']} were lost** ({web['lost by its log']} by the server's own log)")
    visits = web["requests a second"] / web["files a visit"]
    return ["## The site on a server", "",
            f"The built book behind nginx on the same machine, {web['visitors']} connections at a time, asking for what first visits to the chapters load "
            f"({web['files a visit']:.0f} files, {web['MB a visit']:.1f} MB a visit, not compressed): {web['requests']:,} requests in "
            f"{web['seconds']:.1f} s, {web['requests a second']:,} a second, and {lost}. That is {visits:,.0f} first visits a second; in a room the "
            "network is slower than that.", ""]


def report(result: Mapping[str, Any]) -> str:
    """The page.

    Parameters
    ----------
    result : mapping
        As `python -m tests.drill` leaves it in `last.json`.

    Returns
    -------
    str
        Markdown.
    """
    return "\n".join(["# Measured in a room", "", _about(result), "", *_hub(result["hub"]), *_web(result["web"])])


def main() -> None:
    """Write the page from the last result."""
    PAGE.write_text(report(json.loads(LAST.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
