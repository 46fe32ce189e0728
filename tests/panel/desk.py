"""A clerk's desk: a screen with a LibreOffice, in which a master and another book are open, and the panel."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from live_screen import Screen, live_screen
from minsheng.dialogs import need_windows
from minsheng.errors import NoWindow
from minsheng.hosts import open_books
from needed import missing
from xlengines.errors import HostMissing
from xlengines.libreoffice.installation import soffice

__all__ = ["Desk", "Panel", "end_all_with", "open_desk", "wait_until"]

SECONDS = 90  # a first start of LibreOffice on a busy machine takes its time
LAUNCHER = Path(__file__).with_name("telling_panel.py")


def wait_until(holds: Callable[[], Any], what: str) -> Any:
    """The first true answer of ``holds``."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if answer := holds():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for: {what}")


class Panel:
    """What the panel shows, and a clerk in front of it."""

    def __init__(self, screen: Screen, told: Path, **surroundings: str) -> None:
        self._screen = screen
        self._told = told
        self.process = screen.start(sys.executable, str(LAUNCHER), str(told), **surroundings)
        wait_until(told.exists, "the panel")

    def seen(self) -> dict[str, Any]:
        seen: dict[str, Any] = json.loads(self._told.read_text(encoding="utf-8"))
        return seen

    def widgets(self, kind: str = "", text: str = "") -> list[dict[str, Any]]:
        """Those of a kind whose words begin with ``text``, the window in front last."""
        found = self.seen()["widgets"]
        return [one for one in found if kind in ("", one["kind"]) and one.get("text", "").startswith(text)]

    def click(self, text: str, kind: str = "TButton") -> None:
        """Click on what is so called, once it can be clicked on and has come to rest."""

        def still() -> tuple[int, int] | None:
            places = []
            for _ in range(2):
                found = [one for one in self.widgets(kind, text) if not one.get("disabled")]
                places.append(found[-1:])
                time.sleep(0.12)
            if not places[0] or places[0] != places[1]:
                return None
            one = places[0][0]
            return one["rootx"] + one["width"] // 2, one["rooty"] + one["height"] // 2

        self._screen.click(*wait_until(still, f"{kind} {text}"))

    def enter(self, text: str) -> None:
        """Type into the entry that has the focus, and press Return once all of it stands there."""

        def entry() -> dict[str, Any] | None:
            focus = self.seen()["focus"]
            return next((one for one in self.widgets("TEntry") if one["path"] == focus), None)

        wait_until(entry, "an entry to type into")
        self._screen.type(text)
        wait_until(lambda: (entry() or {}).get("text") == text, f"{text} in the entry")
        self._screen.press("Return")

    def said(self) -> str:
        """Everything in the message pane."""
        panes = [one for one in self.widgets("Text") if one["path"].count("!toplevel") == 0]
        return str(panes[0]["text"])

    def question(self, about: str) -> str:
        """The words of the question that stands open, once it is the one that is meant."""

        def asked() -> str:
            open_ones = [one["text"] for one in self.widgets("Text") if "!_window" in one["path"]]
            return str(open_ones[-1]) if open_ones and about in open_ones[-1] else ""

        return str(wait_until(asked, f"the question about {about}"))

    def idle(self) -> bool:
        return not self.widgets("TButton", "汇总")[0]["disabled"]

    def after(self, act: Callable[[], None]) -> str:
        """What was said since, once the panel rests again."""
        before = self.said()
        act()
        wait_until(lambda: self.said() != before and self.idle(), "an answer")
        return self.said().removeprefix(before)

    def focus(self) -> str:
        """What the part is called that keys go to."""
        seen = self.seen()
        return next((one.get("text", "") for one in seen["widgets"] if one["path"] == seen["focus"]), "")

    def books(self) -> str:
        """The book that is chosen."""
        return str(self.widgets("TCombobox")[0]["text"])


@dataclass
class Desk:
    screen: Screen
    office: Any
    panel: Panel
    master: Path


@contextmanager
def open_desk(folder: Path, *books: Path, **looks: Any) -> Iterator[Desk]:
    """LibreOffice as a person starts it, then the panel; the first book is the master."""
    try:
        need_windows()
        program = str(soffice())
    except (NoWindow, HostMissing) as failure:
        missing(f"nothing to show a panel with: {failure}")
    profile = (folder / "profile").as_uri()
    with live_screen(folder, **looks) as screen:
        office = screen.start(
            program, f"-env:UserInstallation={profile}", "--norestore", "--nologo", *map(str, books)
        )
        for book in books:  # asked before a new profile is set up, LibreOffice would not be found
            wait_until(book.with_name(f".~lock.{book.name}#").exists, f"{book.name} to be loaded")
        wanted = {str(book) for book in books}
        wait_until(lambda: wanted <= {found.fullname for found, _ in open_books()}, "the books to be open")
        panel = Panel(screen, folder / "told.json")
        wait_until(lambda: any(book.name in panel.books() for book in books), "the books")
        try:
            yield Desk(screen, office, panel, books[0])
        finally:
            end_all_with(profile)  # one that restarted itself, or answered a second start


def end_all_with(words: str) -> None:
    """End the programs that carry a path of this test on their command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ProcessLookupError):
            if words.encode() in (folder / "cmdline").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)
