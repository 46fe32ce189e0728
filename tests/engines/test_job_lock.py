"""One job at a time on a workbook: the second waits a little, then is told who works; a lock dies with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xlengines.errors import JobRunning
from xlengines.job_lock import alone

HOLD = """
import sys, time
from xlengines.job_lock import alone
with alone(sys.argv[1], "汇总"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holding(book: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(book), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_job_is_told_who_works(tmp_path: Path) -> None:
    process = holding(tmp_path / "总表.xlsx", 30)
    try:
        with pytest.raises(JobRunning) as told, alone(str(tmp_path / "总表.xlsx"), patience=0.3):
            pass
        assert told.value.facts["job"] == "汇总"
        assert told.value.facts["machine"]
    finally:
        process.kill()
        process.communicate()


def test_a_second_job_waits_for_a_short_one(tmp_path: Path) -> None:
    process = holding(tmp_path / "总表.xlsx", 0.5)
    began = time.monotonic()
    with alone(str(tmp_path / "总表.xlsx"), patience=20):
        assert time.monotonic() - began > 0.2
    process.communicate()


def test_nothing_is_left_and_other_books_are_free(tmp_path: Path) -> None:
    with alone(str(tmp_path / "总表.xlsx")):
        with alone(str(tmp_path / "别的.xlsx"), patience=0.1):
            pass
        assert [path.name for path in tmp_path.iterdir()] == [".~job.总表.xlsx.lock"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_job_leaves_no_lock_that_holds(tmp_path: Path) -> None:
    process = holding(tmp_path / "总表.xlsx", 60)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with alone(str(tmp_path / "总表.xlsx"), patience=0.5):
        pass


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_does_not_stop_a_job(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with alone(str(tmp_path / "总表.xlsx")):
        pass


def test_a_book_on_the_web_or_never_saved_is_locked_too() -> None:
    for book in ("https://d.docs.live.net/1a2b/总表.xlsx", "工作簿1"):
        with alone(book), pytest.raises(JobRunning), alone(book, patience=0.1):
            pass


def test_many_jobs_never_run_two_at_a_time(tmp_path: Path) -> None:
    """Each adds one to a number in a file, reading first and writing later."""
    count = tmp_path / "数"
    count.write_text("0")
    add = (
        "import sys, time\nfrom pathlib import Path\nfrom xlengines.job_lock import alone\np = Path(sys.argv[1])\n"
        "for _ in range(5):\n    with alone(str(p), patience=60):\n        n = int(p.read_text()); time.sleep(0.005); p.write_text(str(n + 1))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", add, str(count)]) for _ in range(4)]
    assert [process.wait() for process in processes] == [0] * 4
    assert count.read_text() == "20"
