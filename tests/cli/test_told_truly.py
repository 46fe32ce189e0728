"""What a command says of itself is true, where it cannot say all of it too: exit 3 means that nothing was changed."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.commands import COMMAND, minsheng
from jobs.small_master import put_file, small_master
from minsheng.jobs.importing import sample_document

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110

SAVED = "总表已经改动并保存，只是结果没能全部写到标准输出"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = small_master(tmp_path)
    put_file(tmp_path / "收件夹", "石浦", {("1", "石浦"): 70})
    return path


def commands(master: Path) -> dict[str, list[object]]:
    folder = master.parent
    return {
        "merge": ["merge", master, folder / "收件夹", "--period", "2024-06", "--json"],
        "check": ["check", master, "--json"],
        "colour": ["colour", master, "--json"],
        "import": ["import", sample_document(), "-o", folder / "新总表.xlsx", "--json"],
        "dispatch": ["dispatch", master, "--period", "2024-07", "-o", folder / "表", "--json"],
        "remind": ["remind", master, "--period", "2024-06", "-o", folder / "催报", "--json"],
        "reply": ["reply", master, "--period", "2024-06", "-o", folder / "反馈", "--json"],
    }


@pytest.mark.parametrize("verb", ["merge", "check", "colour"])
def test_a_full_stdout_after_the_save_is_no_3(verb: str, master: Path) -> None:
    before = master.read_bytes()
    with Path("/dev/full").open("w") as full:
        run = minsheng(*commands(master)[verb], stdout=full)
    assert master.read_bytes() != before
    assert run.returncode == 1
    assert run.stderr.endswith(f"{SAVED}（磁盘已满）。\n")


@pytest.mark.parametrize(
    ("verb", "made", "words"),
    [
        ("import", "新总表.xlsx", "已生成总表“{made}”，只是"),
        ("dispatch", "表", "填报表已经写到“{made}”，只是"),
        ("remind", "催报", "催报单已写到“{made}/"),
        ("reply", "反馈", "反馈单已经写到“{made}”，只是"),
    ],
)
def test_what_was_made_is_named_where_its_list_is_lost(
    verb: str, made: str, words: str, master: Path
) -> None:
    with Path("/dev/full").open("w") as full:
        run = minsheng(*commands(master)[verb], stdout=full)
    assert run.returncode == 1
    assert words.format(made=master.parent / made) in run.stderr
    assert "结果没能全部写到标准输出（磁盘已满）" in run.stderr
    assert (master.parent / made).exists()


def closed(number: int) -> Callable[[], None]:
    return lambda: os.close(number)


def test_a_closed_stdout_is_said_as_a_full_one(master: Path) -> None:
    before = master.read_bytes()
    run = minsheng(*commands(master)["check"], stdout=None, preexec_fn=closed(1))
    assert (run.returncode, master.read_bytes() == before) == (1, False)
    assert run.stderr.endswith(f"{SAVED}（它已经关闭）。\n")
    run = minsheng("show", master, "--json", stdout=None, preexec_fn=closed(1))
    assert run.returncode == 3
    assert run.stderr == "结果没能全部写到标准输出（它已经关闭）。\n"


@pytest.mark.parametrize("way", ["full", "closed"])
def test_where_nobody_can_be_told_the_exit_code_is_true(way: str, master: Path) -> None:
    before = master.read_bytes()
    with Path("/dev/full").open("w") as full:
        run = minsheng(
            "colour",
            master,
            "--json",
            **({"stderr": full} if way == "full" else {"stderr": None, "preexec_fn": closed(2)}),
        )
    assert run.returncode == 0
    assert run.stdout.startswith("{")
    assert run.stdout.endswith("}\n"), "the document alone"
    assert master.read_bytes() != before


def test_who_reads_only_the_head_of_a_list_hears_nothing_of_it(master: Path) -> None:
    with subprocess.Popen(
        [COMMAND, "show", str(master), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        pipesize=4096,
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.read(1) == b"{"
        run.stdout.close()
        assert run.stderr.read() == b""


def test_ctrl_c_after_the_save_says_that_it_was_saved(master: Path, tmp_path: Path) -> None:
    """The list of changes goes to a terminal that shows slowly: here, to a pipe that nobody reads for a while."""
    before = master.read_bytes()
    long = "很长的进展说明" * 100
    put_file(
        tmp_path / "收件夹", "丹东", {("1", "丹东"): 7}, words={("1", "丹东"): long, ("2", "丹东"): long}
    )
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(
        [COMMAND, *map(str, commands(master)["merge"])], stdout=subprocess.DEVNULL, stderr=write
    )
    os.write(write, b"." * 4000)  # nearly full
    os.close(write)
    while master.read_bytes() == before:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    assert process.wait() == 1
    assert said.endswith("总表已经改动并保存，只是结果还没有列完就中断了。\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_before_the_save_leaves_everything_as_it_was(number: int, master: Path) -> None:
    """It comes while the progress is shown: nobody reads it, so the command stands still there."""
    before = {path: path.read_bytes() for path in master.parent.rglob("*.*")}
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    os.write(write, b"." * 4090)
    process = subprocess.Popen([COMMAND, *map(str, commands(master)["dispatch"])], stderr=write)
    os.close(write)
    time.sleep(3)
    assert process.poll() is None
    process.send_signal(number)
    time.sleep(0.3)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    assert process.wait() == 3
    assert said.endswith("已中断，没有保存任何改动。\n")
    assert {path: path.read_bytes() for path in master.parent.rglob("*.*")} == before
