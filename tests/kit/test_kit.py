"""The install kit: complete for Windows, pinned, readable by cmd.exe, with everybody's licence."""

from __future__ import annotations

import importlib.util
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installing.small_kit import PROJECT, small_wheels, wheel
from minsheng.kit.contents import BUILD_LOCK, COMMANDS, LOCK, archive, contents
from minsheng.kit.pinned import PYTHONS
from minsheng.kit.wheel import Wheel, licences, unmet


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    wheels = tmp_path_factory.mktemp("wheels")
    small_wheels(wheels)
    return contents(PROJECT, wheels)


def test_what_a_clerk_double_clicks_is_readable_in_any_code_page(found: dict[str, bytes]) -> None:
    for name, verb in COMMANDS.items():
        text = found[name].decode("ascii")
        assert "\n" not in text.replace("\r\n", "")
        assert f'kit\\start.py" {verb}\r\n' in text
        labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
        assert set(re.findall(r"(?:goto |call :)(\w+)", text)) == labels
        # A path with blanks, & or ( ) is only safe inside quotation marks.
        assert re.findall(r".*%~dp0.*", text) == ['set "HERE=%~dp0"\r']
        assert text.count('"%HERE%') == text.count("%HERE%") == 3
    assert found["打开窗口.cmd"].isascii()
    said = re.search(rb"Unescape\('(.*)'\)", found["打开窗口.cmd"])
    assert said
    assert said[1].decode("unicode_escape") == "还没有安装。请先双击安装包里的“安装.cmd”。"
    assert found["kit/no-python.txt"].decode("utf-8").startswith("这台电脑上没有找到 Python。\r\n")


def test_everything_that_was_promised_is_in_it(found: dict[str, bytes]) -> None:
    for name in (
        "先看这里.txt", "安装.cmd", "卸载.cmd", "检查.cmd", "打开窗口.cmd", "kit/start.py", "kit/民生实事.xlam", "kit/requirements-kit.txt",
        "模板/总表.xlsx", "模板/通报.docx", "样例/民生实事总表.xlsx", "样例/2024任务书.txt", "手册/手册.md", "手册/安装.md", "手册/安全说明.md",
        "LICENCES.txt",
    ):  # fmt: skip
        assert name in found
    for name, content in found.items():
        if name.endswith(".md"):
            for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", content.decode("utf-8")):
                drawn = (PROJECT / "docs" / "pictures" / Path(picture).name).exists()
                assert not drawn or f"手册/{picture}" in found, (name, picture)


def test_the_same_contents_give_the_same_zip_with_names_that_windows_reads(
    found: dict[str, bytes], tmp_path: Path
) -> None:
    for name in ("a.zip", "b.zip"):
        archive(tmp_path / name, "安装包", found)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    for info in zipfile.ZipFile(tmp_path / "a.zip").infolist():
        assert info.filename.isascii() or info.flag_bits & 0x800
        assert not set(info.filename) & set('\\:*?"<>|')


@pytest.mark.parametrize("name", [*COMMANDS, "打开窗口.cmd"])
def test_programs_are_called_by_their_full_path(name: str, found: dict[str, bytes]) -> None:
    """cmd.exe looks for a bare name in the current folder first: that of a file that somebody sent, perhaps."""
    text = found[name].decode("ascii")
    before = (
        r'(if (not )?(exist "[^"]*"|defined \w+|errorlevel \d|%errorlevel% equ 0|"%~1"=="") )+|for .* do '
    )
    own = r'set |setlocal |cd |goto |call :|exit /b|echo|type |pause|start "" /d "%USERPROFILE%" '
    for line in text.splitlines():
        if not line.startswith(("rem ", ":", "@")):
            assert re.fullmatch(rf'({before})?(({own})*("%.*|%FOUND% .*)?|({own}).*)', line), line
    assert re.search(r'start .* "%LOCALAPPDATA%|%FOUND% -I "%HERE%kit', text)
    if name in COMMANDS:
        assert text.index('cd /d "%SystemRoot%\\System32"') < text.index("kit\\start.py")


def test_another_interpreter_is_looked_for_by_full_paths_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("start", PROJECT / "kit" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    tried: list[str] = []

    def call(command: list[str], **_: object) -> int:
        tried.append(command[0])
        return 1

    monkeypatch.setattr(start.subprocess, "call", call)
    for name in ("SystemRoot", "LOCALAPPDATA", "ProgramFiles"):
        monkeypatch.delenv(name, raising=False)
    assert start.another() is None
    assert tried == []
    for name in ("SystemRoot", "LOCALAPPDATA", "ProgramFiles"):
        monkeypatch.setenv(name, f"/{name}")
    assert start.another() is None
    assert "/SystemRoot/py.exe" in tried
    assert "/ProgramFiles/Python312/python.exe" in tried
    assert all(command.startswith("/") for command in tried)


def test_what_builds_our_wheel_is_pinned_with_its_hashes() -> None:
    text = (PROJECT / BUILD_LOCK).read_text(encoding="utf-8")
    pins = re.findall(r"^(\S+==\S+) \\\n    --hash=sha256:[0-9a-f]{64}$", text, re.MULTILINE)
    assert len(pins) == text.count("==")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["build-system"]["requires"]) <= set(pins)


def test_the_lock_file_meets_what_the_program_needs() -> None:
    text = (PROJECT / LOCK).read_text(encoding="utf-8")
    pins = {
        canonicalize_name(name): version
        for name, version in re.findall(r"^(\S+)==(\S+) \\$", text, re.MULTILINE)
    }
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for line in project["dependencies"]:
        need = Requirement(line)
        assert need.specifier.contains(pins[canonicalize_name(need.name)]), f"make the lock file anew: {line}"
    assert "pywin32" in pins
    assert text.count("--hash=sha256:") >= len(pins)
    assert ";" not in text
    assert project["requires-python"] == f">={PYTHONS[0]}"


def test_what_only_windows_needs_is_missed(tmp_path: Path) -> None:
    """pip asks the markers of the machine it runs on; the kit is made on another."""
    wheel(
        tmp_path,
        "book",
        "1.0",
        {},
        'Requires-Dist: pywin32>=224; platform_system == "Windows"',
        "Requires-Dist: pens<2",
    )
    wheel(
        tmp_path,
        "pens",
        "2.0",
        {},
        'Requires-Dist: fork; os_name == "posix"',
        'Requires-Dist: extra1; extra == "all"',
    )
    wheels = [Wheel.read(path) for path in sorted(tmp_path.iterdir())]
    missing = unmet(wheels, "3.11")
    assert [line.split(",")[0] for line in missing] == [
        'book needs pywin32>=224; platform_system == "Windows"',
        "book needs pens<2",
    ]


def test_every_licence_is_told(tmp_path: Path) -> None:
    wheel(tmp_path, "book", "1.0", {}, "License-Expression: MIT", "Project-URL: Home, https://book.example",
          notices={"licenses/LICENSE": "Permission is hereby granted"})  # fmt: skip
    wheel(
        tmp_path,
        "lesser",
        "2.0",
        {},
        "Classifier: License :: OSI Approved :: LGPL",
        notices={"COPYING": "GNU LESSER"},
    )
    wheel(tmp_path, "silent", "3.0", {}, "License: ISC")
    wheels = [Wheel.read(path) for path in sorted(tmp_path.iterdir())]
    text = licences(wheels, {"silent": "as is"})
    assert "silent 3.0：ISC" in text
    assert "as is" in text
    with pytest.raises(LookupError, match="silent"):
        licences(wheels, {})
    assert "book 1.0：MIT（https://book.example）" in text
    assert "lesser 2.0：LGPL" in text
    assert text.count("Permission is hereby granted") == text.count("GNU LESSER") == 1
