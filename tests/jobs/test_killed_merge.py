"""kill -9 anywhere in a 汇总: the master is the old one or the new one, byte for byte, and the next 汇总 works.

A forked child carries out ``minsheng merge``. It counts its own calls and returns, Python's and C's, and sends itself
SIGKILL at a given one; a part of the children are killed by the clock instead, so that a call itself is cut short too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jobs.small_master import JUNE, put_file, reports_of, small_master
from minsheng.cli import main
from minsheng.jobs import merging
from xlengines.file import zip_parts

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
    # The child does one thing and dies; threads that were not forked with it are not missed.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

BY_COUNT, IN_SAVE, BY_CLOCK = 90, 70, 40
KILLED, DONE = -signal.SIGKILL, 0


def in_a_child(work: Callable[[], object]) -> int:
    """How a forked process that does ``work`` ends: its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 2)
            work()
        except BaseException:  # noqa: BLE001 - whatever it was, the parent sees that it was something
            os._exit(9)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(point: int) -> None:
    """SIGKILL for this process at its ``point``-th event of a call or return, Python's or C's."""
    events = 0

    def count(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal events
        events += 1
        if events == point:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, bytes, bytes]:
    """A master with two months in it, an inbox, and the master's bytes before and after the merge."""
    signed = (datetime(2024, 7, 1, 9, tzinfo=UTC), "县级经办人")
    monkeypatch.setattr(merging, "now_and_who", lambda *_: signed)
    master, inbox = small_master(tmp_path), tmp_path / "收件夹"
    put_file(inbox / "一", "丹东", {("1", "丹东"): 60})
    assert main(["merge", str(master), str(inbox / "一"), "--period", str(JUNE)]) == 0
    put_file(inbox / "二", "丹东", {("1", "丹东"): 120, ("2", "丹东"): 0.6}, words={("1", "丹东"): "在做"})
    put_file(inbox / "二", "石浦", {("1", "石浦"): 90})
    old = master.read_bytes()
    assert main(["merge", str(master), str(inbox / "二"), "--period", str(JUNE)]) == 0
    new = master.read_bytes()
    assert old != new
    assert len(reports_of(master)) == 3, "the new one opens"
    return master, inbox / "二", old, new


def test_two_hundred_kills_leave_the_old_master_or_the_new_one(
    scene: tuple[Path, Path, bytes, bytes], tmp_path: Path
) -> None:
    master, inbox, old, new = scene
    chance = random.Random(20240630)

    def merge() -> None:
        assert main(["merge", str(master), str(inbox), "--period", str(JUNE)]) == 0

    def afresh() -> None:
        """The old master, alone in its folder."""
        for left in master.parent.iterdir():
            if left.is_file():
                left.unlink()
        master.write_bytes(old)

    # How long the run is, in events, and where in it the save is.
    log = inbox.parent / "events"

    def counted() -> None:
        events, begin = 0, 0

        def count(frame: Any, event: str, _argument: Any) -> None:
            nonlocal events, begin
            events += 1
            if not begin and event == "call" and frame.f_code is zip_parts.ZipParts.save.__code__:
                begin = events

        sys.setprofile(count)
        merge()
        sys.setprofile(None)
        log.write_text(f"{events} {begin}")

    afresh()
    started = time.perf_counter()
    assert in_a_child(counted) == DONE
    seconds = time.perf_counter() - started
    assert master.read_bytes() == new, "the same merge gives the same bytes: what is compared below"
    total, begin = map(int, log.read_text().split())
    points = [int(total * (index + chance.random()) / BY_COUNT) for index in range(BY_COUNT)]
    points += [int(begin + (total - begin) * (index + chance.random()) / IN_SAVE) for index in range(IN_SAVE)]

    outcomes: Counter[str] = Counter()
    places: Counter[str] = Counter()

    def judge(code: int) -> None:
        content = master.read_bytes()
        assert content in (old, new), "neither the old master nor the new one"
        outcomes[f"{'old' if content == old else 'new'} {'killed' if code == KILLED else 'done'}"] += 1

    for point in points:

        def killed_at(point: int = point) -> None:
            kill_at(point)
            merge()

        afresh()
        code = in_a_child(killed_at)
        assert code in (KILLED, DONE)
        places["before" if point < begin else "save"] += 1
        judge(code)
    for index in range(BY_CLOCK):
        delay = seconds * 0.8 * (index + chance.random()) / BY_CLOCK

        def killed_after(delay: float = delay) -> None:
            threading.Thread(
                target=lambda: (time.sleep(delay), os.kill(os.getpid(), signal.SIGKILL)), daemon=True
            ).start()
            merge()

        afresh()
        judge(in_a_child(killed_after))

    print(dict(outcomes), dict(places), f"{total} events, save from {begin}, {seconds:.2f} s")
    assert sum(outcomes.values()) == BY_COUNT + IN_SAVE + BY_CLOCK == 200
    assert min(places["before"], places["save"]) >= 60, "the kills are spread over the whole run and the save"
    assert outcomes["old killed"] >= 60
    assert outcomes["new killed"] + outcomes["new done"] >= 5, "some come after the new master is in place"
    # What the last victim left in the folder is in nobody's way.
    shutil.copy(master, master.with_suffix(".copy"))
    merge()
    assert master.read_bytes() == new


def test_the_kills_would_find_a_save_in_place(
    scene: tuple[Path, Path, bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same kills, aimed at a save that writes over the old file: half a file is left, and seen."""
    master, inbox, old, new = scene

    def save_in_place(self: Any, target: Path) -> None:
        with target.open("wb") as out:
            for start in range(0, len(new), 256):
                out.write(new[start : start + 256])

    monkeypatch.setattr(zip_parts.ZipParts, "save", save_in_place)
    half = 0
    for point in range(5, 60, 9):
        master.write_bytes(old)

        def killed_at(point: int = point) -> None:
            writes = 0

            def count(_frame: Any, event: str, called: Any) -> None:
                nonlocal writes
                writes += event == "c_call" and called.__qualname__ == "BufferedWriter.write"
                if writes == point:
                    os.kill(os.getpid(), signal.SIGKILL)

            sys.setprofile(count)
            main(["merge", str(master), str(inbox), "--period", str(JUNE)])

        assert in_a_child(killed_at) == KILLED
        half += master.read_bytes() not in (old, new)
    assert half >= 5
