"""打开总表 on a Windows that has LibreOffice and no Excel: pywin32 is there, since the kit brings it, and Excel is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from excelsim import pywin32
from minsheng import hosts
from minsheng.hosts import OpenBook
from xlengines.libreoffice import process


@pytest.mark.parametrize(
    ("number", "opens"),
    [(-2147221005, True), (-2147221164, True), (-2147024894, True), (-2147024891, False)],
    ids=["unknown name", "class not registered", "registered and gone", "access denied"],
)
def test_libreoffice_is_started_where_excel_is_not_installed(
    number: int, opens: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(name: str) -> object:
        raise pywin32.com_error(number, "没有", None, None)

    started: list[Path] = []
    path = tmp_path / "总表.xlsx"
    shown = OpenBook("libreoffice", 7, path.name, str(path))
    monkeypatch.setattr(process, "start_for_a_person", started.append)
    monkeypatch.setattr(hosts, "open_books", lambda: [(shown, None)] if started else [])
    with pywin32.running():
        monkeypatch.setattr(pywin32._engine_module(), "DispatchEx", missing)
        monkeypatch.setattr(hosts, "_PROGRAMS", {"excel": "Excel"})  # no LibreOffice runs yet
        if opens:
            assert hosts.open_for_a_person(path) == shown
            assert started == [path]
        else:
            with pytest.raises(hosts.HostFailed):
                hosts.open_for_a_person(path)
            assert started == []
