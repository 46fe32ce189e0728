"""``python -m wine FOLDER REPORT`` in tests/: builds the kit, plays it, writes the report; exit 1 where something went wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from live_screen import live_screen
from wine import parts
from wine.machine import machine
from wine.plays import Play, played
from wine.report import report


def main(folder: Path, kept: Path) -> int:
    """1 where a play went wrong."""
    (folder / "parts").mkdir(parents=True, exist_ok=True)
    parts.fetched(folder / "parts")
    if not list(folder.glob("*.zip")):
        subprocess.run([sys.executable, "-m", "minsheng.kit", "-o", str(folder)], check=True)
    (kit,) = folder.glob("*.zip")
    plays: list[Play] = []
    with live_screen(folder) as screen, machine(folder, screen) as on:
        for play in played(on, kit):
            print(f"[{'不对' if play.wrong else '对'}] {play.name}", *play.wrong, sep="\n    ", flush=True)
            plays.append(play)
        kept.write_text(report(on, plays), encoding="utf-8")
    return 1 if any(play.wrong for play in plays) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
