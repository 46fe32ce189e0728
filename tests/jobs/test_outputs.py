"""Files that a job makes: all of them, each whole, or none, whatever the disk and the user do meanwhile."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.small_master import small_master
from minsheng.cli import main
from minsheng.errors import CannotSave, TargetExists
from minsheng.outputs import Outputs, write_new


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def write_all(*targets: Path) -> None:
    with Outputs() as outputs:
        for target in targets:
            outputs.add(target, b"new")
        outputs.put()


def fill_disk(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """The disk is full once so many files have been written."""
    standing, left = os.fsync, [files]

    def full(handle: int) -> None:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        standing(handle)

    monkeypatch.setattr(os, "fsync", full)


def test_a_file_that_stands_is_left_alone_and_takes_the_others_with_it(tmp_path: Path) -> None:
    standing = tmp_path / "乙.xlsx"
    standing.write_bytes(b"mine")
    with pytest.raises(TargetExists, match=r"“乙.xlsx”已经存在"):
        write_all(*(tmp_path / name for name in ("甲.xlsx", "乙.xlsx", "丙.xlsx")))
    assert standing.read_bytes() == b"mine"
    assert names(tmp_path) == ["乙.xlsx"]


def test_folders_made_for_files_that_never_came_go_again(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="文件名太长"):
        write_all(tmp_path / "一" / "二" / "甲.xlsx", tmp_path / "一" / f"{'长' * 100}.xlsx")
    assert names(tmp_path) == []
    write_new(tmp_path / "一" / "二" / "甲.xlsx", b"new")
    assert names(tmp_path) == ["一", "一/二", "一/二/甲.xlsx"]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(CannotSave, match="不是文件夹"):
        write_new(tmp_path / "文件" / "总表.xlsx", b"new")


def test_what_was_replaced_stands_again_where_something_fails_later(tmp_path: Path) -> None:
    old, fresh = tmp_path / "旧.pdf", tmp_path / "新.pdf"
    old.write_bytes(b"%PDF old")

    def put_and_fail() -> None:
        with Outputs() as outputs:
            for target in (old, fresh):
                outputs.add_over(target).write_bytes(b"%PDF new")
            outputs.put()
            assert old.read_bytes() == fresh.read_bytes() == b"%PDF new"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_fail()
    assert old.read_bytes() == b"%PDF old"
    assert names(tmp_path) == ["旧.pdf"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_link_that_leads_nowhere_is_no_free_name(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "a memory stick")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    outside, link = tmp_path / "别处.xlsx", tmp_path / "甲.xlsx"
    link.symlink_to(outside)
    with pytest.raises(TargetExists):
        write_new(link, b"new")
    assert not outside.exists()
    write_new(tmp_path / "乙.xlsx", b"new")
    assert names(tmp_path) == ["乙.xlsx", "甲.xlsx"]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_new(tmp_path / "甲.xlsx", b"new")
        os.umask(0o002)
        write_new(tmp_path / "乙.xlsx", b"new")
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("甲.xlsx", "乙.xlsx")] == [0o600, 0o664]


def test_a_kill_leaves_no_cut_file_under_its_name(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom minsheng.outputs import Outputs\n"
        "with Outputs() as outputs:\n"
        "    outputs.add(Path(sys.argv[1]) / '甲.xlsx', b'new')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n    outputs.put()\n"
    )
    assert (
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -signal.SIGKILL
    )
    assert not (tmp_path / "甲.xlsx").exists()


@pytest.mark.parametrize(
    ("command", "files"),
    [
        (("dispatch", "--period", "2024-07", "-o", "表"), 3),
        (("remind", "--period", "2024-06", "-o", "表"), 1),
        (("reply", "--period", "2024-06", "-o", "表"), 5),
        (("bulletin", "--period", "2024-06", "-o", "表/通报.docx"), 0),
        (("export", "-o", "表/长表.csv"), 0),
    ],
    ids=("dispatch", "remind", "reply", "bulletin", "export"),
)
def test_a_full_disk_leaves_nothing_and_the_next_run_makes_it_all(
    command: tuple[str, ...],
    files: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    master = small_master(tmp_path)
    before = master.read_bytes()
    monkeypatch.chdir(tmp_path)
    verb, *options = command
    with monkeypatch.context() as disk:
        fill_disk(disk, files)
        assert main([verb, str(master), *options]) == 3
    words = capsys.readouterr().err
    assert "写不进去（磁盘已满），原有的文件都没有改动" in words
    assert names(tmp_path) == [master.name]
    assert master.read_bytes() == before
    assert main([verb, str(master), *options]) == 0
    assert not [name for name in names(tmp_path) if ".minsheng-" in name]
    # Whose forms were made is noted in the master.
    assert (master.read_bytes() == before) is (verb != "dispatch")


def test_dispatch_does_not_write_through_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    master, inbox = small_master(tmp_path), tmp_path / "表"
    inbox.mkdir()
    (inbox / "丹东_2024年06月_填报表.xlsx").symlink_to(tmp_path / "别处.xlsx")
    assert main(["dispatch", str(master), "--period", "2024-06", "-o", str(inbox)]) == 0
    assert "“丹东_2024年06月_填报表.xlsx”已存在且内容不同，没有覆盖" in capsys.readouterr().err
    assert not (tmp_path / "别处.xlsx").exists()
    assert len(names(inbox)) == 5


def test_a_full_folder_for_temporary_files_is_said_so(tmp_path: Path) -> None:
    """openpyxl writes its sheets there first; the limit is on a whole process, so it gets one of its own."""
    master = small_master(tmp_path)
    code = (
        "import resource, signal, sys\nfrom minsheng.cli import main\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\nsys.exit(main(sys.argv[1:]))\n"
    )
    command = ["dispatch", str(master), "--period", "2024-06", "-o", str(tmp_path / "表")]
    run = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=False)
    assert run.returncode == 3
    assert "临时文件夹" in run.stderr
    assert "程序出错" not in run.stderr
    assert names(tmp_path) == [master.name]
