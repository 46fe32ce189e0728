"""A file from outside is hostile until read: it is refused with a finding or read rightly, quickly and in little memory."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incoming.form_files import filled, form, only, packed, parts, row, sheet_part, with_cell
from incoming.hostile_files import HOSTILE, before_root_xml, many_empty_rows, wide
from minsheng.domain.submission import Submission

SECONDS, MEGABYTES = 2.0, 300


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time(name: str) -> None:
    data, codes = HOSTILE[name]
    started = time.perf_counter()
    submission = only(data, "坏文件.xlsx")
    assert time.perf_counter() - started < SECONDS
    assert submission.unreadable
    assert {finding.code for finding in submission.findings} <= codes
    assert submission.rows == ()
    (finding,) = submission.findings
    assert finding.file == "坏文件.xlsx"
    assert "坏文件.xlsx" in finding.message
    assert finding.advice


HARMLESS: dict[str, Callable[[], bytes]] = {
    "100,000 empty formatted rows": many_empty_rows,
    "100,000 empty rows of another program": lambda: many_empty_rows(
        cell='<c r="{column}{row}" s="5" t="n"></c>'
    ),
    "50 MB of comments": lambda: packed(
        parts(form()) | {"xl/comments1.xml": b"<comments>" + b"x" * (50 << 20)}
    ),
    "a declared size of the whole sheet": lambda: sheet_part(
        form(), lambda xml: xml.replace(b'<dimension ref="', b'<dimension ref="A1:XFD1048576" old="', 1)
    ),
    "a sheet in UTF-16": lambda: sheet_part(form(), wide),
    "all parts in UTF-16": lambda: packed(
        {name: wide(part) if name.startswith("xl/") else part for name, part in parts(form()).items()}
    ),
    "comments before the root": lambda: sheet_part(
        form(), lambda xml: before_root_xml(xml, b"<!-- <a> --><?b c?>\n" * 5000)
    ),
    "external links": lambda: packed(
        parts(form()) | {"xl/externalLinks/externalLink1.xml": b"<!DOCTYPE x><externalLink/>"}
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_only_large_or_odd_is_read_rightly_and_in_time(name: str) -> None:
    data = HARMLESS[name]()
    started = time.perf_counter()
    submission = only(data)
    assert time.perf_counter() - started < SECONDS
    assert [read.cell for read in submission.rows] == ["G7", "G8", "G9"]


MEASURE = """
import re, sys, pathlib
from minsheng.incoming.forms import read_file
for submission in read_file(pathlib.Path(sys.argv[1])): pass
# Not ru_maxrss: that is the parent's where the parent, of which this was forked, had more.
print(int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "a bomb",
        "a bomb that lies",
        "the last cell of the sheet",
        "a far row without addresses",
        "entities in the sheet",
    ],
)
def test_a_hostile_file_takes_little_memory(name: str, tmp_path: Path) -> None:
    assert peak(HOSTILE[name][0], tmp_path) < MEGABYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMLESS)
def test_a_large_file_takes_little_memory(name: str, tmp_path: Path) -> None:
    assert peak(HARMLESS[name](), tmp_path) < MEGABYTES


def peak(data: bytes, folder: Path) -> int:
    """The most memory, in MB, of a process that reads the file."""
    path = folder / "大.xlsx"
    path.write_bytes(data)
    limit = 4 << 30
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, timeout=30, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    return int(done.stdout)


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = form()
    for length in [*range(64), *range(64, len(data), 61), len(data) - 1]:
        submission = only(data[:length])
        assert submission.unreadable, length
        assert len(submission.findings) == 1


def reported(submission: Submission) -> object:
    return submission.unreadable or (submission.unit, submission.period, submission.content)


def test_a_flipped_byte_is_noticed_or_does_not_matter() -> None:
    """Checksums guard what is read: no damage may change a number silently."""
    data = filled({("1", "丹东"): 120, ("2", "丹东"): 0.6})
    right = reported(only(data))
    chance = random.Random(4)
    for _ in range(400):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        assert reported(only(bytes(damaged))) in (True, right)


@settings(max_examples=60)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08"]),
)
def test_no_bytes_whatever_break_the_reader(rubbish: bytes, magic: bytes) -> None:
    assert only(magic + rubbish).unreadable


@settings(max_examples=40)
@given(st.data())
def test_no_change_inside_the_xml_breaks_the_reader(data: st.DataObject) -> None:
    contents = parts(form())
    name = data.draw(st.sampled_from(sorted(contents)))
    xml = bytearray(contents[name])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(xml) - 1))
        xml[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    submission = only(packed(contents | {name: bytes(xml)}))
    assert submission.unreadable or submission.rows or submission.findings or submission.unit is None


def test_a_macro_file_is_read_and_nothing_in_it_runs() -> None:
    submission = only(
        packed(parts(filled({("1", "丹东"): 5})) | {"xl/vbaProject.bin": b"\xd0\xcf"}), "丹东.xlsm"
    )
    assert row(submission, 1, "丹东").value == 5
    assert [finding.code for finding in submission.findings] == ["S109"]


def test_a_link_to_another_file_counts_with_what_is_stored() -> None:
    submission = only(with_cell(form(), "G7", "><f>'file:///C:/x/[y.xlsx]a'!A1</f><v>7</v></c>"))
    assert row(submission, 1, "丹东").value == 7
    assert [finding.code for finding in submission.findings] == ["S304"]
