"""A LibreOffice that is started here ends with us, however either of us ends, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook

import xlengines
from live_office import live_office
from xlengines.errors import HostGone, HostMissing, NotSupportedByEngine
from xlengines.libreoffice import bridge, host, installation, loading
from xlengines.owner_files import libreoffice_lock

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "总表.xlsx"
    Workbook().save(found)
    return found


def group_of(leader: int) -> list[int]:
    """The living processes of the group that an app has started: its ``pid`` is their leader's."""
    members = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, _, group = (folder / "stat").read_text().rpartition(") ")[2].split()[:3]
            except OSError:
                continue
            if int(group) == leader and state != "Z":
                members.append(int(folder.name))
    return members


def profile_of(app: xw.App) -> Path:
    process = app.impl.host.process
    assert process is not None
    return process.profile  # type: ignore[no-any-return]


def gone(app: xw.App, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while group_of(app.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not group_of(app.pid)


@linux
@pytest.mark.libreoffice
def test_quitting_leaves_no_process_no_profile_and_no_lock(path: Path) -> None:
    with live_office() as app:
        app.books.open(str(path))
        assert libreoffice_lock(path).exists()
        profile = profile_of(app)
        assert profile.is_dir()
    assert gone(app)
    assert not profile.exists()
    assert not libreoffice_lock(path).exists()
    app.quit()  # once more does no harm


@linux
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "then",
    [
        lambda book: book.sheets[0]["A1"].value,
        lambda book: book.sheets[0]["A1:B2"].options(ndim=2).value,
        lambda book: setattr(book.sheets[0]["A1"], "value", 1),
        lambda book: setattr(book.sheets[0]["A1"], "color", (255, 0, 0)),
        lambda book: book.save(),
        lambda book: book.app.books.open(book.fullname),
        lambda book: len(book.app.books),
    ],
)
def test_a_host_that_is_killed_in_the_middle_is_named_at_once(
    path: Path, then: Callable[[xw.Book], object]
) -> None:
    before = path.read_bytes()
    with live_office() as app:
        book = app.books.open(str(path))
        profile = profile_of(app)
        office = next(
            pid for pid in group_of(app.pid) if "soffice.bin" in Path(f"/proc/{pid}/cmdline").read_text()
        )
        os.kill(office, signal.SIGKILL)
        start = time.monotonic()
        with pytest.raises(HostGone):
            then(book)
        assert time.monotonic() - start < 5
        assert gone(app)
        assert app.impl not in list(xlengines.libreoffice_engine().impl.apps)
    assert not profile.exists()
    assert not libreoffice_lock(path).exists()
    assert path.read_bytes() == before


@linux
@pytest.mark.libreoffice
def test_a_host_that_hangs_while_loading_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "_CALL_SECONDS", 1)
    # An answer may slip out before the program has really stopped.
    monkeypatch.setattr(loading, "_SECONDS", 1)
    with live_office() as app:
        for pid in group_of(app.pid):
            os.kill(pid, signal.SIGSTOP)
        start = time.monotonic()
        with pytest.raises(HostGone):
            app.books.open(str(path))
        assert time.monotonic() - start < 5
        assert gone(app)


@linux
@pytest.mark.libreoffice
def test_nothing_outlives_a_python_that_is_killed() -> None:
    with live_office():
        pass  # or skipped
    code = (
        "import time; import xlengines\n"
        "app = xlengines.libreoffice_engine().apps.add(add_book=True)\n"
        "print(app.pid, app.impl.host.process.profile, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as python:
        assert python.stdout is not None
        pid, profile = python.stdout.readline().split()
        python.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and Path(profile).exists():
        time.sleep(0.05)
    assert not Path(profile).exists()
    assert not group_of(int(pid))


@pytest.mark.libreoffice
def test_each_start_has_a_profile_of_its_own() -> None:
    with live_office() as one, live_office() as two:
        assert profile_of(one) != profile_of(two)
        assert one.pid != two.pid
        one.books.add()
        assert len(two.books) == 0


@pytest.mark.libreoffice
def test_a_hidden_one_cannot_be_shown_and_asks_nothing() -> None:
    with live_office() as app:
        assert app.visible is False
        app.visible = False
        with pytest.raises(NotSupportedByEngine):
            app.visible = True
        with pytest.raises(NotSupportedByEngine, match="dialog"):
            app.alert("继续吗？")


@linux
def test_without_a_screen_no_window_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NotSupportedByEngine, match="no screen"):
        xlengines.libreoffice_engine().apps.add(visible=True)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A computer on which LibreOffice is looked for anew."""
    installation.soffice.cache_clear()
    monkeypatch.delenv("SOFFICE", raising=False)
    monkeypatch.setattr(installation.shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(installation, "_usual_places", list)
    return monkeypatch


@pytest.fixture(autouse=True)
def _forget_where_it_was() -> object:
    yield
    installation.soffice.cache_clear()


@pytest.mark.usefixtures("nowhere")
def test_a_computer_without_libreoffice_is_told_what_to_install() -> None:
    with pytest.raises(HostMissing, match="no LibreOffice"):
        xlengines.libreoffice_engine().apps.add()


def test_a_wrong_hint_is_named(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("SOFFICE", "/不存在/soffice")
    with pytest.raises(HostMissing, match="/不存在/soffice"):
        installation.soffice()


@pytest.mark.libreoffice
def test_a_bridge_for_another_python_is_never_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    with live_office():
        pass  # or skipped
    monkeypatch.delitem(sys.modules, "uno")
    monkeypatch.setattr(installation, "built_for", lambda _: (3, 99))
    monkeypatch.setattr(installation, "other_pythons", list)
    bridge.uno.cache_clear()
    try:
        with pytest.raises(HostMissing, match="3.99"):
            bridge.uno()
    finally:
        bridge.uno.cache_clear()


@pytest.mark.libreoffice
def test_the_bridge_changes_neither_imports_nor_their_path() -> None:
    with live_office():
        pass  # or skipped
    code = (
        "import builtins, sys\n"
        "before = builtins.__import__, list(sys.path)\n"
        "from xlengines.libreoffice import bridge\n"
        "assert 'uno' not in sys.modules\n"
        "bridge.uno()\n"
        "assert (builtins.__import__, sys.path) == before\n"
        "assert bridge.struct('table.CellAddress', Row=3).Row == 3\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
