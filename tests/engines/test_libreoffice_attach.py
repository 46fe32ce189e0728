"""A LibreOffice in which a person works: found, worked in, never saved, never ended."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import Workbook

import xlengines
from live_office import live_office
from needed import needed_program
from xlengines.errors import FileLocked, HostGone, NotSupportedByEngine
from xlengines.libreoffice import host
from xlengines.libreoffice.installation import soffice
from xlengines.owner_files import libreoffice_lock

pytestmark = [pytest.mark.libreoffice, pytest.mark.desk, pytest.mark.slow]

SECONDS = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "原文"
    found = tmp_path / "某人的表.xlsx"
    book.save(found)
    return found


def started_by_a_person(tmp_path: Path, *arguments: str, **surroundings: str) -> subprocess.Popen[bytes]:
    with live_office():
        pass  # or skipped
    profile = (tmp_path / "profile").as_uri()
    return subprocess.Popen(
        [str(soffice()), f"-env:UserInstallation={profile}", "--norestore", "--nologo", *arguments],
        env={**os.environ, **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def attached(accept: str) -> xw.App:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return xlengines.libreoffice_engine().apps.add(spec=accept, add_book=False)
        except HostGone:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def with_book(app: xw.App, path: Path) -> xw.Book:
    """The book once the person's program has loaded it."""
    deadline = time.monotonic() + SECONDS
    while path.name not in app.books and time.monotonic() < deadline:
        time.sleep(0.2)
    return app.books[path.name]


def found_open(path: Path) -> xw.Book:
    """The book wherever it is open on this computer, once its program has loaded it."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for app in xlengines.libreoffice_engine().apps:
            for book in app.books:
                if book.fullname == str(path):
                    return book
        time.sleep(0.2)
    raise AssertionError(f"{path} is open nowhere")


@pytest.fixture
def app(tmp_path: Path, path: Path) -> Iterator[xw.App]:
    accept = f"pipe,name=person-{os.getpid()}-{tmp_path.name}"
    process = started_by_a_person(tmp_path, "--headless", f"--accept={accept};urp;", str(path))
    try:
        yield attached(accept)
    finally:
        ended(process)


def test_an_open_document_is_found_by_name_and_by_path(app: xw.App, path: Path) -> None:
    book = with_book(app, path)
    assert book.fullname == str(path)
    assert app.books["某人的表.XLSX".lower()] == book
    assert app.books.open(str(path)) == book  # not a second time
    with pytest.raises(KeyError):
        app.books["没有.xlsx"]


def test_changes_are_in_the_window_and_not_in_the_file(app: xw.App, path: Path) -> None:
    before = path.read_bytes()
    book = with_book(app, path)
    book.sheets[0]["A1:B2"].value = [["新", 1], ["=B1+1", True]]
    book.sheets[0]["A1:B2"].color = "#ffc7ce"
    app.quit()
    again = xlengines.libreoffice_engine().apps.add(spec=app.impl.host.accept, add_book=False)
    assert with_book(again, path).sheets[0]["A1:B2"].value == [["新", 1.0], [2.0, True]]
    assert path.read_bytes() == before


def test_letting_go_leaves_program_and_document_alone(app: xw.App, path: Path) -> None:
    with_book(app, path)
    with pytest.raises(NotSupportedByEngine):
        app.kill()
    app.quit()
    assert libreoffice_lock(path).exists()
    assert app.impl.host.desktop.getName() is not None  # it answers as before


def test_a_program_that_listens_is_found_without_being_told(app: xw.App, path: Path) -> None:
    accept = app.impl.host.accept
    with_book(app, path)
    app.quit()
    found = [other for other in xlengines.libreoffice_engine().apps if other.impl.host.accept == accept]
    assert [book.fullname for other in found for book in other.books] == [str(path)]
    assert all(other.pid > 0 and other.visible is False for other in found)


def test_a_file_that_a_person_has_open_is_locked_for_another_program(app: xw.App, path: Path) -> None:
    with_book(app, path)
    with live_office() as ours:
        start = time.monotonic()
        with pytest.raises(FileLocked) as refused:
            ours.books.open(str(path))
        assert time.monotonic() - start < 5
        assert str(path) in str(refused.value)
        assert len(ours.books) == 0
        assert ours.books.open(str(path), read_only=True).sheets[0]["A1"].value == "原文"


def test_a_program_that_hangs_is_given_up_and_left_alone(
    app: xw.App, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = with_book(app, path)
    monkeypatch.setattr(host, "_CALL_SECONDS", 1)
    os.kill(app.pid, signal.SIGSTOP)
    try:
        start = time.monotonic()
        with pytest.raises(HostGone):
            _ = book.sheets[0]["A1"].value
        assert time.monotonic() - start < 5
    finally:
        os.kill(app.pid, signal.SIGCONT)
    assert Path(f"/proc/{app.pid}").exists()


def test_where_nobody_listens_that_is_said() -> None:
    with live_office():
        pass  # or skipped
    with pytest.raises(HostGone, match="person-nowhere"):
        xlengines.libreoffice_engine().apps.add(spec="pipe,name=person-nowhere")


@pytest.fixture
def screen() -> Iterator[str]:
    program = needed_program("Xvfb")
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", "1280x900x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.kill()
        server.wait()


@pytest.mark.window
def test_a_program_started_as_usual_is_found_and_worked_in(
    screen: str, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", screen)
    before = path.read_bytes()
    process = started_by_a_person(tmp_path, str(path))
    try:
        book = found_open(path)
        sheet = book.sheets[0]
        assert book.app.visible
        sheet["C3:D4"].select()
        assert book.app.selection is not None
        assert book.app.selection.address == "$C$3:$D$4"
        sheet["A1,C5"].select()
        assert book.app.selection.address == "$A$1,$C$5"
        book.app.status_bar = "正在汇总……"
        assert book.app.status_bar == "正在汇总……"
        book.app.status_bar = False
        assert book.app.status_bar is False
        sheet["A1"].value = "改"
        sheet.activate()
        book.app.quit()
        assert process.poll() is None
        assert path.read_bytes() == before
    finally:
        ended(process)


@pytest.mark.window
def test_a_visible_one_of_our_own_shows_and_ends(screen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", screen)
    with live_office(visible=True) as app:
        app.books.add()
        assert app.visible
        app.visible = True
    assert not app.impl.host.alive()
