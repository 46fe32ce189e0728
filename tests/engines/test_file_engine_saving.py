"""A save of the plain-file engine is whole or not at all, and says why not; the old file stands."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from engines.plain_file import opened
from engines.rich_workbook import write_rich_workbook
from xlengines.errors import (
    BookNotFound,
    ChangedOnDisk,
    DiskFull,
    EngineError,
    FileLocked,
    NotSupportedByEngine,
    ReadOnlyFile,
)

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and limits of the kernel's")


@pytest.fixture
def rich_book(tmp_path: Path) -> Path:
    folder = tmp_path / "总表"
    folder.mkdir()
    return write_rich_workbook(folder / "丰富.xlsm")


def change(path: Path, target: Path | None = None) -> None:
    with opened(path) as book:
        book.sheets["数据"].range("A1").value = 77
        book.save(target)


def first_cell(path: Path) -> Any:
    with opened(path) as book:
        return book.sheets["数据"].range("A1").value


def excel_mark(user: str) -> bytes:
    """What Excel writes into its owner file: the name in the code page, then in UTF-16."""
    narrow, wide = user.encode("gb18030"), user.encode("utf-16-le")
    return (
        (bytes([len(narrow)]) + narrow).ljust(55, b" ")
        + len(user).to_bytes(2, "little")
        + wide.ljust(108, b" ")
    )


@pytest.mark.parametrize(
    ("mark", "content", "says"),
    [
        ("~$丰富.xlsm", excel_mark("张三"), "is open in Excel/WPS (张三)"),
        ("~$丰富.xlsm", b"\x03abc", "(abc)"),
        ("~$丰富.xlsm", b"", "is open in Excel/WPS ()"),
        (".~丰富.xlsm", b"x", "is open in WPS"),
        (".~lock.丰富.xlsm#", ",王五,财务室,24.11.2024 10:00,file:///home/w;".encode(), "LibreOffice (王五, 财务室)"),
    ],
)  # fmt: skip
def test_a_file_that_is_open_elsewhere_is_not_saved_and_who_has_it_is_said(
    mark: str, content: bytes, says: str, rich_book: Path
) -> None:
    before = rich_book.read_bytes()
    (rich_book.parent / mark).write_bytes(content)
    with pytest.raises(FileLocked) as refused:
        change(rich_book)
    assert says in str(refused.value)
    assert refused.value.facts["mark"] == mark
    assert rich_book.read_bytes() == before


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(rich_book: Path) -> None:
    """Not even where size and time of the file tell nothing."""
    theirs = bytearray(rich_book.read_bytes())
    theirs[14] ^= 1  # an entry's date
    times = rich_book.stat()
    with opened(rich_book) as book:
        book.sheets[0].range("A1").value = 5
        rich_book.write_bytes(theirs)
        os.utime(rich_book, ns=(times.st_atime_ns, times.st_mtime_ns))
        with pytest.raises(ChangedOnDisk, match="changed"):
            book.save()
    assert rich_book.read_bytes() == theirs


def test_a_file_that_was_merely_touched_is_saved(rich_book: Path) -> None:
    with opened(rich_book) as book:
        book.sheets[0].range("A1").value = 5
        rich_book.write_bytes(rich_book.read_bytes())
        os.utime(rich_book, (1, 1))
        book.save()
    assert first_cell(rich_book) == 5.0


def test_one_book_saves_twice_and_another_on_the_same_file_not_after_it(rich_book: Path) -> None:
    with opened(rich_book) as one, opened(rich_book) as other:
        one.sheets[0].range("A1").value = 5
        one.save()
        one.sheets[0].range("A1").value = 6
        one.save()
        other.sheets[0].range("B1").value = 7
        with pytest.raises(ChangedOnDisk):
            other.save()
    assert first_cell(rich_book) == 6.0


def test_a_file_that_was_moved_away_is_not_made_a_second_time(rich_book: Path, tmp_path: Path) -> None:
    with opened(rich_book) as book:
        book.sheets[0].range("A1").value = 5
        rich_book.rename(tmp_path / "挪走.xlsm")
        with pytest.raises(ChangedOnDisk, match="moved"):
            book.save()
        assert not rich_book.exists()
        book.save(tmp_path / "另存.xlsm")  # nothing typed is lost
    assert first_cell(tmp_path / "另存.xlsm") == 5.0


def test_what_is_read_is_of_one_version(rich_book: Path) -> None:
    with opened(rich_book) as book:
        rich_book.write_bytes(b"something else")
        assert book.sheets["另一张"].range("A1").formula == "=数据!A1*2"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    from xlengines.file.workbook_part import WorkbookPart

    with pytest.raises(BookNotFound, match="没有.xlsx"):
        WorkbookPart(tmp_path / "没有.xlsx")
    with pytest.raises(EngineError, match="cannot be read"):
        WorkbookPart(tmp_path)


def test_the_kind_of_a_file_is_not_changed_by_its_ending(rich_book: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSupportedByEngine, match=r"\.xlsx"):
        change(rich_book, tmp_path / "另存.xlsx")
    assert not (tmp_path / "另存.xlsx").exists()


def test_a_folder_that_is_not_there_is_not_made(rich_book: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyFile, match="does not exist"):
        change(rich_book, tmp_path / "没有" / "另存.xlsm")
    assert not (tmp_path / "没有").exists()


def test_a_name_that_is_too_long_is_said_in_chinese(rich_book: Path) -> None:
    with pytest.raises(EngineError, match="long-name"):
        change(rich_book, rich_book.with_name("长" * 90 + ".xlsm"))
    assert [path.name for path in rich_book.parent.iterdir()] == [rich_book.name]


@posix
def test_permissions_and_owner_stay(rich_book: Path) -> None:
    rich_book.chmod(0o660)
    if os.geteuid() == 0:
        os.chown(rich_book, 12345, 54321)
    before = rich_book.stat()
    change(rich_book)
    after = rich_book.stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o660, before.st_uid, before.st_gid)


@posix
def test_a_link_goes_on_pointing_to_the_one_master(rich_book: Path, tmp_path: Path) -> None:
    link = tmp_path / "快捷.xlsm"
    link.symlink_to(rich_book)
    change(link)
    assert link.is_symlink()
    assert first_cell(rich_book) == 77.0


@posix
def test_a_read_only_file_is_not_replaced(rich_book: Path) -> None:
    before = rich_book.read_bytes()
    rich_book.chmod(0o444)  # for root, too, this says that nobody is to change it
    with pytest.raises(ReadOnlyFile, match="read-only"):
        change(rich_book)
    assert rich_book.read_bytes() == before


AS_NOBODY = """
import os, sys
import xlengines
from xlengines.errors import ReadOnlyFile
app = xlengines.file_engine().apps.add(add_book=False)
book = app.books.open(sys.argv[1])
book.sheets["数据"].range("A1").value = 77
try:
    book.save("/no/such/folder/x.xlsm")  # loads what the second one needs from folders that nobody may read
except ReadOnlyFile:
    pass
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
try:
    book.save()
except ReadOnlyFile as failure:
    print(failure)
"""


def run(code: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ).stdout  # fmt: skip


@posix
def test_a_folder_without_the_right_to_write_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_rich_workbook(Path(folder) / "丰富.xlsm")
        before = path.read_bytes()
        path.chmod(0o666)
        path.parent.chmod(0o555)
        said = run(AS_NOBODY, str(path))
        after = path.read_bytes()
        path.parent.chmod(0o755)
    assert "no-rights" in said
    assert after == before


@pytest.mark.parametrize(
    ("failure", "named"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (OSError(errno.EDQUOT, "Quota exceeded"), DiskFull),
        (OSError(errno.EROFS, "Read-only file system"), ReadOnlyFile),
        (PermissionError(errno.EACCES, "denied"), ReadOnlyFile),
        (OSError(errno.EIO, "Input/output error"), EngineError),
    ],
)
def test_a_save_that_fails_leaves_the_old_file(
    failure: OSError, named: type[Exception], rich_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rich_book.read_bytes()

    def failing(_: int) -> None:
        raise failure

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(named) as refused:
        change(rich_book)
    assert refused.value.code in ("disk-full", "no-permission", "file-held", "save-failed")
    assert rich_book.read_bytes() == before
    assert [path.name for path in rich_book.parent.iterdir()] == [rich_book.name]


@posix
def test_a_folder_that_cannot_be_synced_is_no_failed_save(
    rich_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network disks refuse it; the new file stands by then."""
    standing = os.fsync

    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        standing(handle)

    monkeypatch.setattr(os, "fsync", sync)
    change(rich_book)
    assert first_cell(rich_book) == 77.0


def test_a_new_file_is_synced_before_and_its_folder_after_the_swap(
    rich_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, swap = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def swapped(path: Path, target: Path) -> Path:
        steps.append("swap")
        return swap(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", swapped)
    change(rich_book)
    assert steps == (["file", "swap"] if os.name == "nt" else ["file", "swap", "folder"])


FULL = """
import resource, signal, sys
import xlengines
from xlengines.errors import DiskFull
app = xlengines.file_engine().apps.add(add_book=False)
book = app.books.open(sys.argv[1])
book.sheets["数据"].range("A1").value = 77
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    book.save()
except DiskFull as failure:
    print(failure)
"""


@posix
@pytest.mark.parametrize("room", [0, 9000])
def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file(room: int, rich_book: Path) -> None:
    before = rich_book.read_bytes()
    said = run(FULL, str(rich_book), str(room))
    assert "丰富.xlsm" in said
    assert "no room" in said
    assert rich_book.read_bytes() == before
    assert [path.name for path in rich_book.parent.iterdir()] == [rich_book.name]


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_another_program_holds_is_said_to_be_open(
    number: int, rich_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses the swap where a program has the file open and left no mark beside it."""
    held = PermissionError(errno.EACCES, "used by another process")
    held.winerror = number  # type: ignore[attr-defined]

    def refusing(*_: Any) -> None:
        raise held

    before = rich_book.read_bytes()
    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(FileLocked, match="open in|holds"):
        change(rich_book)
    assert rich_book.read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
import xlengines
from xlengines.file import replacement
app = xlengines.file_engine().apps.add(add_book=False)
book = app.books.open(sys.argv[1])
book.sheets["数据"].range("A1").value = 77
calls = iter(range(99))
def trace(frame, event, argument):
    if frame.f_code.co_filename == replacement.__file__ and next(calls) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return trace
sys.settrace(trace)
book.save()
sys.settrace(None)
print("saved")
"""


@posix
@pytest.mark.slow
def test_a_save_that_is_killed_at_any_step_leaves_the_old_file_or_the_new_one(rich_book: Path) -> None:
    before = rich_book.read_bytes()
    seen: list[float] = []
    for step in range(0, 99, 4):
        rich_book.write_bytes(before)
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(rich_book), str(step)],
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        seen.append(first_cell(rich_book))
        if done.stdout:
            break
        assert done.returncode == -9
    assert set(seen) == {1.0, 77.0}
    assert seen == sorted(seen), "once the new file is there it stays"
    assert seen[-2] == 77.0, "killed after the swap"
