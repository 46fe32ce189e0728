"""检查: each thing that can stand in the way is named with what to do. What the registry holds is written down here; the
reading of a real one is Windows'."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minsheng import __version__
from minsheng.addin.names import ADDIN_FILE, CONF_FILE
from minsheng.installing import doctor, environment, windows
from minsheng.installing.doctor import examine
from minsheng.installing.profile import Profile
from minsheng.installing.receipt import Receipt, fingerprint
from minsheng.installing.windows import NO_REGISTRY, MappedRegistry

EXCEL = "Software\\Microsoft\\Office\\16.0\\Excel"
POLICY = "Software\\Policies\\Microsoft\\Office\\16.0\\Excel\\Security"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    profile = Profile(tmp_path / "user", tmp_path / "local", tmp_path / "roaming")
    for folder in (profile.home, profile.addin.parent, profile.conf.parent):
        folder.mkdir(parents=True)
    profile.addin.write_bytes(b"the add-in")
    profile.conf.write_text(f'"INTERPRETER_WIN","{profile.interpreter_setting}"\r\n')
    Receipt(__version__, True, [], {str(profile.addin): [fingerprint(b"the add-in")]}).write(profile.receipt)
    monkeypatch.setattr(environment, "works", lambda _: __version__)
    return profile


def complaints(profile: Profile, registry: MappedRegistry | None = None, kit: Path | None = None) -> str:
    found = examine(profile, registry or NO_REGISTRY, kit)
    return "\n".join(str(check) for check in found if check.good is not True)


def test_nothing_stands_in_the_way(installed: Profile) -> None:
    assert complaints(installed) == ""


def test_not_installed_or_half(installed: Profile) -> None:
    Receipt(__version__, False).write(installed.receipt)
    assert "没有做完" in complaints(installed)
    installed.receipt.write_bytes(b"\xff{")
    assert "没有做完" in complaints(installed)
    shutil.rmtree(installed.home)
    assert "还没有安装" in complaints(installed)


def test_what_was_placed_has_changed(installed: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    installed.addin.write_bytes(b"another")
    installed.conf.write_text('"INTERPRETER_WIN","D:\\x.exe"')
    said = complaints(installed)
    assert "不是安装时的那一个" in said
    assert "INTERPRETER_WIN 不是本程序的" in said
    installed.addin.unlink()
    installed.conf.unlink()
    monkeypatch.setattr(environment, "works", lambda _: "")
    said = complaints(installed)
    assert "加载项不见了" in said
    assert f"设置文件不见了：{installed.user / CONF_FILE}" in said
    assert "程序启动不了" in said


def test_a_file_from_the_internet(installed: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "has_mark_of_the_web", lambda path: path == installed.addin)
    assert "解除锁定" in complaints(installed)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            {
                f"HKCU\\{EXCEL}\\Resiliency\\DisabledItems": {
                    "1A": b"\2\0" + f"c:\\x\\{ADDIN_FILE}\0".encode("utf-16-le")
                }
            },
            "被 Excel 停用",
        ),
        ({f"HKCU\\{POLICY}": {"VBAWarnings": 4}}, "禁止了所有宏"),
        ({f"HKCU\\{EXCEL}\\Security\\Trusted Locations": {"AllLocationsDisabled": 1}}, "受信任位置"),
        (
            {f"HKLM\\{doctor._ASR.removeprefix('HKLM')[1:]}": {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "1"}},
            "不许 Office 启动别的程序",
        ),
        (
            {
                "HKCR\\Excel.Application\\CLSID": {"": "{1}"},
                "HKCR\\CLSID\\{1}\\LocalServer32": {"": "C:\\Kingsoft\\WPS Office\\et.exe /automation"},
            },
            "WPS 占用了",
        ),
    ],
)
def test_what_the_registry_says(installed: Profile, keys: dict[str, dict[str, object]], said: str) -> None:
    assert said in complaints(installed, MappedRegistry(keys))


def test_a_registry_in_order_is_no_complaint(installed: Profile) -> None:
    keys: dict[str, dict[str, object]] = {
        f"HKCU\\{EXCEL}\\Resiliency\\DisabledItems": {"1A": "another.xlam".encode("utf-16-le")},
        f"HKCU\\{POLICY}": {"VBAWarnings": 2},
        "HKCR\\Excel.Application\\CLSID": {"": "{1}"},
        "HKCR\\CLSID\\{1}\\LocalServer32": {"": "C:\\Program Files\\Microsoft Office\\EXCEL.EXE /automation"},
    }
    assert complaints(installed, MappedRegistry(keys)) == ""


@pytest.mark.parametrize("sign", "%;&=!^")
def test_odd_signs_in_a_path(installed: Profile, sign: str, tmp_path: Path) -> None:
    odd = Profile(tmp_path / f"张{sign}三", installed.local, installed.roaming)
    assert f"路径里有“{sign}”" in complaints(odd)
    assert "特殊符号" in complaints(installed, kit=tmp_path / f"包{sign}")


def test_windows_own_program_is_asked_by_its_full_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name would be looked for in the current folder first."""
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, b'"EXCEL.EXE","4711"', b"")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("SYSTEMROOT", "/Windows")
    monkeypatch.setattr(subprocess, "run", run)
    assert windows.excel_is_running()
    assert asked[0][0] == "/Windows/System32/tasklist.exe"
