"""Onto an office PC and off it: the user's own profile alone, whole or not at all, and no trace afterwards.

On the profile folders of Windows laid out in a temporary folder. The registry and a running Excel are only Windows'.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installing.small_kit import PROJECT, small_wheels
from minsheng import __version__
from minsheng.addin.names import ADDIN_FILE
from minsheng.cli import main
from minsheng.errors import CannotSave, UnreadableFile, UsageError
from minsheng.installing import environment, installation
from minsheng.installing.environment import Interpreter
from minsheng.installing.installation import install, uninstall
from minsheng.installing.profile import Profile
from minsheng.installing.receipt import Receipt
from minsheng.kit.contents import archive, contents

Tree = dict[str, bytes | None]


def tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A user's folder as Windows lays it out, with another program's files in it."""
    user = tmp_path / "张 三&(1)"
    (user / "AppData" / "Local").mkdir(parents=True)
    start = user / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART"
    start.mkdir(parents=True)
    (start / "PERSONAL.XLSB").write_bytes(b"another's")
    return user


@pytest.fixture
def profile(user: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    found = {
        "USERPROFILE": str(user),
        "LOCALAPPDATA": str(user / "AppData" / "Local"),
        "APPDATA": str(user / "AppData" / "Roaming"),
    }
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return Profile.of(found)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    (folder / "wheels").mkdir(parents=True)
    (folder / "requirements-kit.txt").write_text("")
    (folder / ADDIN_FILE).write_bytes(b"the add-in")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment as a single file: what is tested then is what happens around it."""

    def build(profile: Profile, kit: Path) -> None:
        profile.python.parent.mkdir(parents=True)
        profile.python.write_bytes(b"python of " + (kit / ADDIN_FILE).read_bytes())

    monkeypatch.setattr(environment, "build", build)
    monkeypatch.setattr(environment, "works", lambda profile: __version__ if profile.python.exists() else "")


class Died(BaseException):
    """The process is gone."""


class _Fate:
    """Strikes at one of the changes that a process makes below a folder."""

    def __init__(self) -> None:
        self.folder, self.left, self.blow = "", 0, BaseException()

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.folder or event not in (
            "open",
            "os.mkdir",
            "os.rename",
            "os.remove",
            "os.rmdir",
            "shutil.rmtree",
        ):
            return
        if not str(arguments[0]).startswith(self.folder) or (
            event == "open" and str(arguments[1]) in ("r", "rb")
        ):
            return
        if event == "os.mkdir" and Path(str(arguments[0])).is_dir():
            return  # no change
        self.left -= 1
        if self.left < 0:
            self.folder = ""
            raise self.blow

    def set(self, folder: Path, left: int, blow: BaseException) -> None:
        self.folder, self.left, self.blow = str(folder), left, blow

    def lift(self) -> bool:
        """Whether it has struck."""
        struck, self.folder = not self.folder, ""
        return struck


FATE = _Fate()
sys.addaudithook(FATE)


def struck_at_every_change(user: Path, profile: Profile, kit: Path, blow: BaseException) -> Iterator[int]:
    """Install again and again, struck at the first change, the second …, until one comes through."""
    for change in range(200):
        FATE.set(user, change, blow)
        try:
            install(profile, kit, lambda _: None)
        except (Died, CannotSave):
            assert FATE.lift()
            yield change
        else:
            FATE.lift()  # not reached, or the very last tidying up: nothing depends on that
            return
    raise AssertionError("never came through")


def test_from_the_zip_to_excel_and_off_again(tmp_path: Path, user: Path, profile: Profile) -> None:
    wheels, unpacked = tmp_path / "wheels", tmp_path / "解压 100%;=!"
    lock = small_wheels(wheels)
    found = contents(PROJECT, wheels) | {"kit/requirements-kit.txt": lock.encode()}
    archive(tmp_path / "kit.zip", "安装包", found)
    zipfile.ZipFile(tmp_path / "kit.zip").extractall(unpacked)
    before = tree(user)

    def run(verb: str) -> tuple[int, str]:
        command = [sys.executable, "-I", str(unpacked / "安装包" / "kit" / "start.py"), verb]
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ}, check=False)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    code, said = run("install")
    assert code == 0, said
    assert f"安装民生实事台账 {__version__}。" in said
    assert profile.addin.read_bytes() == (PROJECT / "workbook" / ADDIN_FILE).read_bytes()
    assert f'"INTERPRETER_WIN","{profile.interpreter_setting}"' in profile.conf.read_text()
    asked = [str(profile.python), "-I", "-c", "import minsheng.installing, sys; print(sys.prefix)"]
    assert (
        Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
        == profile.environment
    )
    code, said = run("doctor")
    assert "加载项在，没有被改动。" in said
    assert "路径里有“&”" in said
    assert code == 1
    assert run("uninstall")[0] == 0
    assert tree(user) == before
    assert run("uninstall") == (0, "没有装过，不用卸载。\n")


def test_a_damaged_wheel_installs_nothing(tmp_path: Path, user: Path, profile: Profile, kit: Path) -> None:
    (kit / "requirements-kit.txt").write_text(small_wheels(kit / "wheels"))
    with (kit / "wheels" / "lxml-1.0-py3-none-any.whl").open("ab") as file:
        file.write(b"\0")
    before = tree(user)
    with pytest.raises(UnreadableFile, match="不完整或已损坏"):
        install(profile, kit, lambda _: None)
    assert tree(user) == before


@pytest.mark.usefixtures("quick")
def test_a_failure_at_any_change_leaves_what_was_there(user: Path, profile: Profile, kit: Path) -> None:
    before = tree(user)
    times = 0
    for change in struck_at_every_change(user, profile, kit, OSError(28, "No space left on device")):
        assert tree(user) == before, change
        times += 1
    assert times > 5


@pytest.mark.usefixtures("quick")
def test_a_failure_at_any_change_of_an_upgrade_leaves_the_old_version(
    user: Path, profile: Profile, kit: Path
) -> None:
    install(profile, kit, lambda _: None)
    before = tree(user)
    (kit / ADDIN_FILE).write_bytes(b"a newer add-in")
    times = 0
    for change in struck_at_every_change(user, profile, kit, OSError(28, "No space left on device")):
        assert tree(user) == before, change
        times += 1
    assert times > 5
    assert profile.addin.read_bytes() == b"a newer add-in"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("older", [False, True])
def test_dead_at_any_change_it_can_still_be_taken_away(
    user: Path, profile: Profile, kit: Path, monkeypatch: pytest.MonkeyPatch, *, older: bool
) -> None:
    monkeypatch.setattr(installation, "_put_back", lambda *_: None)  # a dead process puts nothing back
    if not older:
        shutil.rmtree(profile.roaming / "Microsoft")  # Excel was never started here
    before = tree(user)
    times = 0
    if older:
        install(profile, kit, lambda _: None)
    for change in struck_at_every_change(user, profile, kit, Died()):
        uninstall(profile, lambda _: None)
        assert tree(user) == before, change
        if older:
            install(profile, kit, lambda _: None)
        times += 1
    assert times > 5


@pytest.mark.usefixtures("quick")
def test_dead_half_way_the_next_installation_completes(
    user: Path, profile: Profile, kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "_put_back", lambda *_: None)
    before = tree(user)
    said: list[str] = []
    for _ in struck_at_every_change(user, profile, kit, Died()):
        install(profile, kit, said.append)
        assert profile.python.exists()
        assert profile.addin.read_bytes() == b"the add-in"
    assert any("上次没有装完" in words for words in said)
    uninstall(profile, said.append)
    assert tree(user) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("0.0.9", f"从 0.0.9 升级到 {__version__}"),
        ("9.10.0", f"从 9.10.0 退回到 {__version__}"),
        (__version__, "已经装过"),
    ],
)
def test_over_another_version(profile: Profile, kit: Path, there: str, said: str) -> None:
    install(profile, kit, lambda _: None)
    receipt = Receipt.read(profile.receipt)
    assert receipt is not None
    receipt.version = there
    receipt.write(profile.receipt)
    heard: list[str] = []
    install(profile, kit, heard.append)
    assert said in heard[0]


@pytest.mark.usefixtures("quick")
def test_settings_that_somebody_changed_are_kept_and_said(user: Path, profile: Profile, kit: Path) -> None:
    install(profile, kit, lambda _: None)
    changed = b'"INTERPRETER_WIN","D:\\py\\python.exe"\r\n'
    profile.conf.write_bytes(changed)
    heard: list[str] = []
    install(profile, kit, heard.append)
    assert profile.conf.read_bytes() == changed
    assert any(
        "设置文件被人改过，保留不动" in words and "INTERPRETER_WIN 不是本程序的" in words for words in heard
    )
    uninstall(profile, heard.append)
    assert profile.conf.read_bytes() == changed
    assert any("保留不动；不需要时请自行删除" in words for words in heard)
    assert not profile.addin.exists()
    assert not profile.home.exists()


@pytest.mark.usefixtures("quick")
def test_settings_of_an_older_version_are_renewed(
    profile: Profile, kit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(installation, "conf_text", lambda _: '"INTERPRETER_WIN","older"\r\n')
        install(profile, kit, lambda _: None)
    install(profile, kit, lambda _: None)
    assert profile.interpreter_setting in profile.conf.read_text()


@pytest.mark.usefixtures("quick")
def test_a_strangers_file_among_ours_is_kept_and_said(profile: Profile, kit: Path) -> None:
    install(profile, kit, lambda _: None)
    (profile.home / "我的总表.xlsx").write_bytes(b"a clerk's")
    heard: list[str] = []
    uninstall(profile, heard.append)
    assert [path.name for path in profile.home.iterdir()] == ["我的总表.xlsx"]
    assert any("里还有别的文件" in words for words in heard)


@pytest.mark.usefixtures("quick")
def test_running_excel_stops_both(
    profile: Profile, kit: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(profile, kit, lambda _: None)
    before = tree(user)
    monkeypatch.setattr(installation, "excel_is_running", lambda: True)
    for job in (lambda: install(profile, kit, print), lambda: uninstall(profile, print)):
        with pytest.raises(UsageError, match="Excel 正在运行"):
            job()
    assert tree(user) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("code_page", ["gbk", "utf-8"])
def test_what_a_program_says_in_the_systems_code_page_is_read_in_it(
    code_page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python itself speaks code page 936 into a pipe on a Chinese Windows, pip UTF-8."""
    words = "Error: [WinError 2] 系统找不到指定的文件。"

    def failing(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 1, b"", words.encode(code_page))

    monkeypatch.setattr(subprocess, "run", failing)
    monkeypatch.setattr(environment.locale, "getencoding", lambda: "gbk")
    with pytest.raises(CannotSave, match="系统找不到指定的文件"):
        environment._run(["python"], "建立运行环境", tmp_path)


def test_a_kit_that_was_not_unpacked_is_said(profile: Profile, kit: Path) -> None:
    (kit / ADDIN_FILE).unlink()
    with pytest.raises(UnreadableFile, match="缺少.*先把整个压缩包解压"):
        install(profile, kit, lambda _: None)


def test_elsewhere_than_on_windows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    for command in (["install", "--kit", "x"], ["uninstall"], ["doctor"]):
        assert main(command) == 2
    assert "不是 Windows" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("interpreter", "said"),
    [
        (Interpreter((3, 10, 9), 64, "AMD64", "C:\\Python310\\python.exe"), "太旧"),
        (Interpreter((3, 14, 0), 64, "AMD64", "C:\\Python314\\python.exe"), "太新"),
        (Interpreter((3, 12, 1), 32, "AMD64", "C:\\Python312-32\\python.exe"), "不是 64 位"),
        (Interpreter((3, 12, 1), 64, "ARM64", "C:\\Python312-arm64\\python.exe"), "不是 64 位的 x86"),
        (
            Interpreter((3, 12, 1), 64, "AMD64", "C:\\Program Files\\WindowsApps\\Python\\python.exe"),
            "微软商店",
        ),
    ],
)
def test_a_python_that_will_not_do_is_named(interpreter: Interpreter, said: str) -> None:
    assert said in interpreter.complaint()
    assert "python.org" in interpreter.complaint()


def test_a_python_that_will_do() -> None:
    assert Interpreter((3, 13, 2), 64, "AMD64", "C:\\Python313\\python.exe").complaint() == ""
