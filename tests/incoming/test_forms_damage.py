"""Damage on the way: a file cut off at any byte, or with bytes changed, is refused or reads as it was; never as another
number without a word."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incoming.binary_files import xlsb
from incoming.form_files import JUNE, filled, packed
from minsheng.domain.form_file import SEAL_TITLE, Seal
from minsheng.domain.submission import Submission
from minsheng.incoming.forms.reading import read_bytes
from minsheng.sheets.layout import SUBMISSION_COLUMNS
from small_county import county

SAVED = Path(__file__).parents[1] / "golden" / "submissions"


@cache
def whole(kind: str) -> bytes:
    """A filled form in each format."""
    if kind == "xlsx":
        return filled({("1", "丹东"): 120, ("2", "丹东"): 0.6})
    if kind == "zip":
        return packed({"丹东.xlsx": whole("xlsx")})
    if kind == "xlsb":
        seal = [
            [SEAL_TITLE],
            *([key, word] for key, word in Seal("丹东", JUNE, county().id).as_words().items()),
        ]
        rows = [["填报单位：丹东"], list(SUBMISSION_COLUMNS), ["1", "流感疫苗", "丹东", "人", 400, "", 120]]
        return xlsb({"填报": rows, "标记": seal})
    return (SAVED / f"dandong.{kind}").read_bytes()


def read(kind: str, data: bytes) -> tuple[Submission, ...]:
    return read_bytes(data, f"报来.{kind}")


def says(submissions: tuple[Submission, ...]) -> list[object]:
    """What is taken from a file: whose it is and what it reports; refused ones take nothing."""
    return [(s.unit, s.period, s.content) for s in submissions if not s.unreadable]


FORMATS = ["xlsx", "xls", "xlsb", "ods", "zip"]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_whole_file_is_read(kind: str) -> None:
    (submission,) = read(kind, whole(kind))
    assert not submission.unreadable
    assert {row.value for row in submission.rows} - {None}


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods", "zip"])
def test_a_package_cut_off_at_any_byte_is_refused(kind: str) -> None:
    data = whole(kind)
    for length in range(len(data)):
        (submission,) = read(kind, data[:length])
        assert submission.unreadable, length
        assert len(submission.findings) == 1
        assert submission.findings[0].code in ("S101", "S103", "S107", "S108")


@given(st.integers(0, len(whole("xls")) - 1))
@settings(max_examples=300)
@example(len(whole("xls")) - 1)
@example(len(whole("xls")) - 512)
@example(512)
def test_an_xls_cut_off_at_any_byte_is_refused_or_reads_as_it_was(length: int) -> None:
    data = whole("xls")
    assert says(read("xls", data[:length])) in ([], says(read("xls", data)))


def test_an_xls_whose_number_changed_on_its_way_is_not_trusted_in_silence() -> None:
    """1.2 stands in it as typed (a packed number) and as computed beside it: either may break, both are told."""
    right, told = whole("xls"), []
    packed_number, computed = struct.pack("<I", 120 << 2 | 3), struct.pack("<d", 1.2)
    for stored, byte in ((packed_number, 0), (computed, 6)):
        place = right.find(stored)
        while place >= 0:
            data = bytearray(right)
            data[place + byte] ^= 8
            (submission,) = read("xls", bytes(data))
            codes = {finding.code for finding in submission.findings}
            told.append((says((submission,)) != says(read("xls", right)), "S110" in codes, "S309" in codes))
            place = right.find(stored, place + 1)
    assert (True, True, True) in told, "another number: not trusted, and belied by its increase"
    assert (False, True, True) in told, "another increase"
    assert all(doubtful for _, doubtful, _ in told)


def test_a_number_that_its_increase_belies_is_told() -> None:
    """上月累计 60 and 本月新增 as computed by the clerk's program: another 本月累计 cannot have been typed."""
    from incoming.form_files import form
    from small_county import report

    data = form(master=county(report(1, "丹东", 5, "60")))
    for increase, codes in ((60, []), (40, ["S309"]), ("", [])):
        sent = filled(
            {("1", "丹东"): 120}, data=filled({("1", "丹东"): increase}, data=data, column="本月新增")
        )
        (submission,) = read("xlsx", sent)
        assert [finding.code for finding in submission.findings] == codes


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 30), st.integers(1, 255)), min_size=1, max_size=3)


@pytest.mark.parametrize("kind", FORMATS)
@given(changes=CHANGES)
@settings(max_examples=150)
def test_changed_bytes_never_make_another_number_without_a_word(
    kind: str, changes: list[tuple[int, int]]
) -> None:
    right = whole(kind)
    data = bytearray(right)
    for place, change in changes:
        data[place % len(data)] ^= change
    found = read(kind, bytes(data))
    if says(found) not in ([], says(read(kind, right))):
        # Only the old binary format has no checksums; of every such file that is said.
        assert kind == "xls"
        assert any(finding.code == "S110" for submission in found for finding in submission.findings)
