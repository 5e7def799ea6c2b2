"""A room of students on a real JupyterHub, on loopback: each logs in, opens a chapter and runs it, all at once.

The students are threads here, the servers and kernels are real processes. What is measured: seconds to a server that
answers, seconds for the chapter, processor seconds, and memory as PSS (pages that several processes share are counted
once, in equal parts), so that the students' figures add up to what the machine holds.
"""
from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import requests
from jupyter_kernel_client import JupyterKernelClient

__all__ = ["measure"]

CONFIG = Path(__file__).with_name("hub_config.py")
PATIENCE = 1800         # seconds: a busy machine is slow, and slow is what is measured


def free_ports(count: int) -> int:
    """The first of some free ports in a row."""
    for first in range(18000, 28000, count):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
    raise RuntimeError("no free ports on 127.0.0.1 from 18000 to 28000")


@contextlib.contextmanager
def hub(room: Path, password: str, proxy: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A JupyterHub and its proxy: the address, and the hub's process."""
    port = free_ports(3)
    environment = {**os.environ, "ROOM": str(room), "ROOM_PORT": str(port), "ROOM_PASSWORD": password, "ROOM_PROXY": str(proxy),
                   "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    with (room / "hub.log").open("w") as log:
        started = subprocess.Popen([sys.executable, "-m", "jupyterhub", "--config", str(CONFIG)], cwd=room, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"{address}/hub/health", timeout=5).ok:
                    break
            if started.poll() is not None:
                raise RuntimeError("the hub stopped:\n" + (room / "hub.log").read_text()[-2000:])
            time.sleep(0.5)
        yield address, psutil.Process(started.pid)
    finally:
        children = psutil.Process(started.pid).children(recursive=True) if started.poll() is None else []
        started.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(30)
        for child in children:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()


# ---- a student
@dataclass
class Student:
    """What one student does, and how long it took."""

    name: str
    address: str
    password: str
    times: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    cells: int = 0

    def log_in(self) -> requests.Session:
        """Through the hub's own form, as a browser does."""
        session = requests.Session()
        session.get(f"{self.address}/hub/login", timeout=PATIENCE).raise_for_status()
        answer = session.post(f"{self.address}/hub/login", timeout=PATIENCE, allow_redirects=False,
                              data={"username": self.name, "password": self.password, "_xsrf": session.cookies["_xsrf"]})
        if answer.status_code != 302:
            raise RuntimeError(f"{self.name} could not log in: {answer.status_code}")
        session.get(f"{self.address}/hub/home", timeout=PATIENCE).raise_for_status()
        return session

    def ask(self, session: requests.Session, kind: str, path: str, **more: Any) -> requests.Response:
        """The hub's own interface, with what the login left in the browser."""
        answer = session.request(kind, f"{self.address}/hub/api/users/{self.name}{path}", timeout=PATIENCE,
                                 headers={"X-XSRFToken": session.cookies.get("_xsrf", path="/hub/"), "Referer": f"{self.address}/hub/home"}, **more)
        answer.raise_for_status()
        return answer

    def start(self) -> str:
        """Log in, start the own server, wait until it answers: the token to speak to it."""
        session = self.log_in()
        token = self.ask(session, "POST", "/tokens", json={"expires_in": PATIENCE * 2, "note": "drill"}).json()["token"]
        self.ask(session, "POST", "/server")
        while not (self.ask(session, "GET", "").json()["servers"].get("") or {}).get("ready"):
            time.sleep(0.5)
        return token

    def open(self, token: str, chapter: str) -> list[str]:
        """The chapter's cells of code, asked for from the student's own server."""
        answer = requests.get(f"{self.address}/user/{self.name}/api/contents/{chapter}", headers={"Authorization": f"token {token}"}, timeout=PATIENCE)
        answer.raise_for_status()
        return ["".join(cell["source"]) for cell in answer.json()["content"]["cells"] if cell["cell_type"] == "code"]

    def run(self, chapter: str, ready: threading.Barrier) -> None:
        """All of it; the chapters begin together, when the last server is there."""
        began = time.perf_counter()
        token = self.start()
        code = self.open(token, chapter)
        self.times["server"] = time.perf_counter() - began
        ready.wait(PATIENCE)
        began = time.perf_counter()
        # The hub takes a token from a header, and none from an address.
        kernel = JupyterKernelClient(server_url=f"{self.address}/user/{self.name}", token=token, headers={"Authorization": f"token {token}"},
                                     client_kwargs={"timeout": PATIENCE})
        kernel.start(timeout=PATIENCE)
        try:
            for cell in code:
                answer = kernel.execute(cell, timeout=PATIENCE)
                self.cells += 1
                if answer["status"] != "ok":
                    self.errors.append(f"{cell[:60]!r}: {json.dumps(answer)[:300]}")
            self.times["chapter"] = time.perf_counter() - began
            ready.wait(PATIENCE)        # nobody leaves before memory was last looked at
        finally:
            kernel.stop(timeout=PATIENCE)


# ---- what it takes
class Watch(threading.Thread):
    """Looks at the memory and the processor seconds of the hub and of each student's processes, until told to stop."""

    def __init__(self, whole: psutil.Process, seconds: float = 3.0) -> None:
        super().__init__(daemon=True)
        self.whole, self.seconds, self.done = whole, seconds, threading.Event()
        self.memory: dict[str, int] = {}        # most bytes, by student; "" is the hub and its proxy
        self.processor: dict[str, float] = {}
        self.together = 0
        self.owners: dict[int, str] = {}

    def _owner(self, process: psutil.Process) -> str:
        if process.pid not in self.owners:
            self.owners[process.pid] = process.environ().get("JUPYTERHUB_USER", "")
        return self.owners[process.pid]

    def look(self) -> None:
        """One look."""
        memory: dict[str, int] = {}
        processor: dict[str, float] = {}
        for process in [self.whole, *self.whole.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                owner = self._owner(process)
                used = process.cpu_times()
                memory[owner] = memory.get(owner, 0) + process.memory_full_info().pss
                processor[owner] = processor.get(owner, 0.0) + used.user + used.system
        for name, amount in memory.items():
            self.memory[name] = max(amount, self.memory.get(name, 0))
            self.processor[name] = max(processor[name], self.processor.get(name, 0.0))
        self.together = max(self.together, sum(memory.values()))

    def run(self) -> None:
        while not self.done.wait(self.seconds):
            self.look()


def measure(students: int, notebook: Path, proxy: Path, room: Path) -> dict[str, Any]:
    """Fill a room.

    Parameters
    ----------
    students : int
        How many.
    notebook : Path
        The reader's copy of a chapter.
    proxy : Path
        The program `configurable-http-proxy`.
    room : Path
        An empty folder.

    Returns
    -------
    dict
        Seconds, processor seconds and bytes a student, each as median and most; the hub's own; cells run, and errors.
    """
    password, load = secrets.token_hex(8), os.getloadavg()[0]
    names = [f"student{number:02}" for number in range(1, students + 1)]
    for name in names:
        (room / "homes" / name).mkdir(parents=True)
        shutil.copyfile(notebook, room / "homes" / name / notebook.name)
    with hub(room, password, proxy) as (address, process):
        watch = Watch(process)
        watch.start()
        room_of = [Student(name, address, password) for name in names]
        ready = threading.Barrier(students, action=watch.look)
        with ThreadPoolExecutor(students) as pool:
            for done in [pool.submit(_carefully, one, notebook.name, ready) for one in room_of]:
                done.result()
        watch.done.set()
        watch.join()
    return _told(room_of, watch, notebook.stem, load)


def _carefully(student: Student, chapter: str, ready: threading.Barrier) -> None:
    """A student who fails lets nobody wait."""
    try:
        student.run(chapter, ready)
    except Exception as problem:
        student.errors.append(f"{type(problem).__name__}: {problem}")
        ready.abort()


def _told(room_of: list[Student], watch: Watch, chapter: str, load: float) -> dict[str, Any]:
    def spread(values: list[float]) -> dict[str, float]:
        return {"median": round(statistics.median(values), 2), "most": round(max(values), 2)} if values else {}
    mine = [one.name for one in room_of]
    return {"students": len(room_of), "chapter": chapter, "cells": sum(one.cells for one in room_of), "load before": round(load, 2),
            "errors": [f"{one.name}: {error}" for one in room_of for error in one.errors],
            "server seconds": spread([one.times["server"] for one in room_of if "server" in one.times]),
            "chapter seconds": spread([one.times["chapter"] for one in room_of if "chapter" in one.times]),
            "processor seconds": spread([watch.processor.get(name, 0.0) for name in mine]),
            "memory MB": spread([watch.memory.get(name, 0) / 1e6 for name in mine]),
            "hub": {"memory MB": round(watch.memory.get("", 0) / 1e6, 1), "processor seconds": round(watch.processor.get("", 0.0), 1)},
            "together MB": round(watch.together / 1e6)}
