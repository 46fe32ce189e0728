"""No file takes more than 2 seconds or 300 MB, whatever is in it; the others beside it are merged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from incoming.form_files import JUNE, filled, packed
from incoming.heavy_files import HEAVY
from minsheng.domain import merging
from minsheng.incoming.forms import read_inbox
from small_county import county

SECONDS, MEGABYTES = 2.0, 300

#: Reads each file in a process of its own, forked from one that has everything loaded and little memory in use.
MEASURE = """
import json, os, resource, sys
from pathlib import Path
from minsheng.incoming.forms import read_file
from minsheng.incoming.spreadsheets import biff, ods, xlsb  # loaded once, not timed with each file
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        found = read_file(Path(name))
        codes = sorted({finding.code for each in found for finding in each.findings})
        print(json.dumps([name, len(found), any(each.unreadable for each in found), codes]), flush=True)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    print(json.dumps([name, os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss >> 10]),
          flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every heavy file, in an inbox."""
    folder = tmp_path_factory.mktemp("heavy")
    for name, make in HEAVY.items():
        (folder / f"{name}.xlsx").write_bytes(make())
    return folder


@pytest.fixture(scope="module")
def measured(folder: Path) -> dict[str, tuple[int, float, int, bool, list[str]]]:
    """Name → exit code, seconds of the processor, MB at most, whether it was refused, codes of its findings."""
    paths = sorted(str(path) for path in folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *paths], capture_output=True, text=True, timeout=300, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    told = {Path(line[0]).stem: line[2:] for line in lines if isinstance(line[2], bool)}
    used = {Path(line[0]).stem: line[1:] for line in lines if not isinstance(line[2], bool)}
    return {name: (*used[name], *told.get(name, (True, []))) for name in used}


@pytest.mark.parametrize("name", HEAVY)
def test_a_file_takes_no_more_than_its_share(
    name: str, measured: dict[str, tuple[int, float, int, bool, list[str]]]
) -> None:
    code, seconds, megabytes, refused, codes = measured[name]
    print(f"{name}: {seconds:.2f} s, {megabytes} MB, {'refused' if refused else 'read'} {codes}")
    assert code == 0, "the process that read it ended in peace"
    # An archive is as many files as it holds; the first refused one ends it.
    assert seconds < (3 * SECONDS if name.startswith("an archive") else SECONDS)
    assert megabytes < MEGABYTES
    assert codes or not refused, "what is refused is told"


def test_the_good_files_beside_them_are_merged(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.stat().st_size < 20_000:
            (tmp_path / path.name).hardlink_to(path)
    (tmp_path / "丹东.xlsx").write_bytes(filled({("1", "丹东"): 120}))
    (tmp_path / "全部.zip").write_bytes(
        packed({"丹东.xlsx": b"", "石浦.xlsx": filled({("1", "石浦"): 7}, "石浦")})
    )
    submissions = read_inbox(tmp_path).submissions
    assert sum(submission.unreadable for submission in submissions) > 20
    wanted = [s for s in submissions if s.unreadable or s.file in ("丹东.xlsx", "全部.zip/石浦.xlsx")]
    plan = merging.plan(county(), wanted, JUNE)
    assert [(change.key.unit, change.new) for change in plan.numbers] == [("丹东", 120), ("石浦", 7)]


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_a_name_with_control_characters_can_stand_in_a_cell(tmp_path: Path) -> None:
    (tmp_path / "丹\x01东\n.xlsx").write_bytes(filled({("1", "丹东"): 120}))
    (submission,) = read_inbox(tmp_path).submissions
    assert submission.file == "丹_东_.xlsx"
