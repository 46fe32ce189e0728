"""The panel where nothing is open yet: it opens a master as a double click would, in a program that stays the person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from live_screen import live_screen
from needed import needed_module, needed_program
from panel.desk import Panel, end_all_with, wait_until

pytestmark = [pytest.mark.libreoffice, pytest.mark.window, pytest.mark.desk, pytest.mark.slow]


def test_a_master_is_opened_where_none_is_and_outlives_the_panel(master_bytes: bytes, tmp_path: Path) -> None:
    needed_module("tkinter")
    needed_program("soffice", "libreoffice")
    master = tmp_path / "master.xlsx"
    master.write_bytes(master_bytes)
    try:
        with live_screen(tmp_path) as screen:
            panel = Panel(screen, tmp_path / "told.json", HOME=str(tmp_path))
            wait_until(lambda: panel.widgets("TLabel", "没有打开的工作簿"), "an empty list")
            panel.click("打开总表")
            panel.enter(str(master))
            wait_until(lambda: panel.books() == "master.xlsx（LibreOffice）", "the master")
            wait_until(panel.idle, "the panel to rest")
            screen.end(panel.process)
            assert master.with_name(f".~lock.{master.name}#").exists()
    finally:
        end_all_with(str(master))
