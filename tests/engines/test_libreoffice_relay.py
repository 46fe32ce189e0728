"""LibreOffice through a Python that is not this one, as on Windows, where LibreOffice brings its own; and how that is found there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from live_office import live_office
from needed import needed_module
from xlengines.errors import HostMissing
from xlengines.libreoffice import bridge, installation
from xlengines.libreoffice.relay import Enum, Relay, UnoFailure

#: What a process says that talks to LibreOffice; "relay" where it must not load the bridge itself.
SCRIPT = """
import json, sys
from pathlib import Path
from xlengines.libreoffice import bridge, installation
if sys.argv[1] == "relay":
    installation.bridge_folders = lambda: []
import xlengines
app = xlengines.libreoffice_engine().apps.add(visible=False, add_book=False)
try:
    book = app.books.open(sys.argv[2])
    sheet = book.sheets[0]
    sheet.range("B2:D3").value = [[1.5, "字", True], [None, 2, "甲"]]
    sheet.range("E2").formula = "=SUM(B2:C3)"
    sheet.range("B2").color = (255, 0, 0)
    sheet.range("2:2").insert("down")
    book.names.add("块", "=Sheet!$B$3:$C$4")
    try:
        book.sheets.add("*?:")
        refused = ""
    except Exception as failure:
        refused = type(failure).__name__
    other = app.books.add()
    copy = sheet.copy(before=other.sheets[0])
    other.sheets[1].delete()
    book.to_pdf(sys.argv[3])
    told = [
        sheet.used_range.value, sheet.used_range.formula, sheet.range("B3").color, book.names["块"].refers_to, refused,
        [one.name for one in other.sheets], copy.range("E3").formula, Path(sys.argv[3]).read_bytes()[:5].decode(), sheet.range("B3").api.getPropertyState("CellBackColor").value,
    ]
finally:
    app.quit()
print(json.dumps([type(bridge.uno()).__name__, told], default=str, ensure_ascii=False))
"""


@pytest.mark.libreoffice
@pytest.mark.slow
def test_a_relay_does_what_the_bridge_itself_does(tmp_path: Path) -> None:
    with live_office():
        pass  # or skipped
    book = needed_module("openpyxl").Workbook()
    book.save(tmp_path / "甲 (1).xlsx")
    told = {}
    for way in ("direct", "relay"):
        command = [
            sys.executable,
            "-c",
            SCRIPT,
            way,
            str(tmp_path / "甲 (1).xlsx"),
            str(tmp_path / f"{way}.pdf"),
        ]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        assert ran.returncode == 0, ran.stderr
        told[way] = json.loads(ran.stdout)
    assert [told["direct"][0], told["relay"][0]] == ["module", "Relay"]
    assert told["relay"][1] == told["direct"][1]
    assert told["relay"][1][0][0][:3] == [1.5, "字", True]


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay to the Python of the system."""
    with live_office():
        pass  # or skipped
    made = Relay(Path("/usr/bin/python3"))
    yield made
    made.close()


@pytest.mark.libreoffice
def test_values_structs_and_enumerations_cross(relay: Relay) -> None:
    made = relay.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name = "名"
    made.Value = ((1, "字"), (2.5, None))
    assert (made.Name, made.Value) == ("名", ((1, "字"), (2.5, None)))
    made.Value = Enum("com.sun.star.table.CellHoriJustify", "LEFT")
    assert made.Value == Enum("com.sun.star.table.CellHoriJustify", "LEFT")
    assert relay.fileUrlToSystemPath("file:///tmp/%E7%94%B2") == "/tmp/甲"
    services = relay.getComponentContext().ServiceManager
    assert services == relay.getComponentContext().ServiceManager
    assert services != made
    assert "com.sun.star.bridge.BridgeFactory" in services.getAvailableServiceNames()
    with pytest.raises(TypeError, match="cannot cross"):
        made.Value = object()


@pytest.mark.libreoffice
def test_failures_keep_their_kind(relay: Relay) -> None:
    with pytest.raises(AttributeError):
        relay.createUnoStruct("com.sun.star.beans.PropertyValue").nothing  # noqa: B018
    context = relay.getComponentContext()
    service = "com.sun.star.connection.Connector"
    connector = context.ServiceManager.createInstanceWithContext(service, context)
    with pytest.raises(UnoFailure, match="[Cc]onnect"):
        connector.connect("pipe,name=nobody-listens-here")


@pytest.mark.libreoffice
def test_a_python_that_has_ended_is_a_failure_not_a_wait(relay: Relay) -> None:
    made = relay.createUnoStruct("com.sun.star.beans.PropertyValue")
    relay._process.kill()
    for _ in range(2):
        with pytest.raises(UnoFailure, match="has ended"):
            made.Name  # noqa: B018


def test_a_python_without_the_bridge_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    monkeypatch.setattr(installation, "bridge_folders", list)
    monkeypatch.setattr(
        installation, "other_pythons", lambda: [Path(sys.executable), Path("/no/such/python")]
    )
    bridge.uno.cache_clear()
    try:
        with pytest.raises(HostMissing, match="no/such") as told:
            bridge.uno()
        assert sys.executable in str(told.value)
        assert not bridge.is_uno_failure(ValueError()), "asking loads nothing"
    finally:
        bridge.uno.cache_clear()


class Registry(SimpleNamespace):
    """winreg, with the keys that are there."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "HKCU", "HKLM"

    def QueryValue(self, hive: str, key: str) -> str:  # noqa: N802 - winreg's own name
        if (hive, key) not in self.keys:
            raise FileNotFoundError(key)
        return str(self.keys[hive, key])


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Registry]:
    """A Windows with nothing but the folders of ``tmp_path``."""
    registry = Registry(keys={})
    monkeypatch.setitem(sys.modules, "winreg", registry)  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "Program Files"))
    for name in ("ProgramW6432", "ProgramFiles(x86)"):
        monkeypatch.delenv(name, raising=False)
    installation.soffice.cache_clear()
    yield registry
    installation.soffice.cache_clear()


def office(folder: Path, *names: str) -> Path:
    """A program folder of LibreOffice with these files."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_on_windows_the_usual_folder_and_the_python_in_it_are_found(windows: Any, tmp_path: Path) -> None:
    there = office(tmp_path / "Program Files" / "LibreOffice" / "program", "soffice.com", "python.exe")
    assert installation.soffice() == there / "soffice.com"
    assert installation.other_pythons() == [there / "python.exe"]


@pytest.mark.parametrize("hive", ["HKCU", "HKLM"])
@pytest.mark.parametrize("key", ["SOFTWARE\\LibreOffice", "SOFTWARE\\WOW6432Node\\LibreOffice"])
def test_on_windows_the_installers_note_leads_elsewhere(
    hive: str, key: str, windows: Any, tmp_path: Path
) -> None:
    office(tmp_path / "Program Files" / "LibreOffice" / "program", "soffice.com", "python.exe")
    there = office(tmp_path / "软件 (办) & 公用" / "LibreOffice" / "program", "soffice.com", "python.exe")
    windows.keys[hive, f"{key}\\UNO\\InstallPath"] = there
    assert installation.soffice() == there / "soffice.com"
    assert installation.other_pythons() == [there / "python.exe"]


def test_a_note_of_a_libreoffice_that_is_gone_leads_nowhere(windows: Any, tmp_path: Path) -> None:
    windows.keys["HKLM", "SOFTWARE\\LibreOffice\\UNO\\InstallPath"] = tmp_path / "gone" / "program"
    with pytest.raises(HostMissing):
        installation.soffice()
    there = office(tmp_path / "Program Files" / "LibreOffice" / "program", "soffice.com")
    assert installation.soffice() == there / "soffice.com"
    assert installation.other_pythons() == [], "an installation without its Python"
