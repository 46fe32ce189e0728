"""A 填报表 saved by another program, in any format an office uses, says the same."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from incoming.binary_files import Unseen, compound_file, xlsb
from incoming.form_files import JUNE, form, only, packed, parts, row
from minsheng.domain.form_file import SEAL_TITLE, Seal
from minsheng.domain.submission import Submission
from minsheng.sheets.layout import SUBMISSION_COLUMNS
from small_county import HEALTH, county

#: Saved by LibreOffice 7.4 from forms in which a clerk had filled in 55%, a formula, an error, words, ticks.
SAVED = Path(__file__).parents[1] / "golden" / "submissions"
FORMATS = ["xlsx", "xls", "ods"]
#: Damage in an .xls cannot be seen, and that is said.
NO_CHECKSUM = {"xlsx": [], "xls": [("S110", None)], "ods": []}


def read(name: str) -> Submission:
    return only((SAVED / name).read_bytes(), name)


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_words_and_ticks_read_the_same(kind: str) -> None:
    submission = read(f"health.{kind}")
    assert (submission.unit, submission.period, submission.master_id) == (HEALTH, JUNE, county().id)
    assert submission.sealed
    assert (submission.printed_unit, submission.printed_period) == (HEALTH, JUNE)
    assert submission.saved_at is not None
    assert row(submission, 3, HEALTH).value == 55
    assert row(submission, 3, HEALTH).locked.share == 50
    assert row(submission, 4, HEALTH).value == 120
    assert row(submission, 4, HEALTH).words.progress == "按计划推进"
    assert [(node.phrase, node.done, node.done_on) for node in submission.nodes] == [
        ("1—3月份", True, date(2024, 3, 1)), ("11月份", None, None),
    ]  # fmt: skip
    assert [(finding.code, finding.cell) for finding in submission.findings] == [
        *NO_CHECKSUM[kind], ("S305", "G7"), ("S304", "G8"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_an_error_is_an_error_in_every_format(kind: str) -> None:
    submission = read(f"dandong.{kind}")
    assert row(submission, 1, "丹东").refused
    assert [finding.code for finding in submission.findings] == [
        *(code for code, _ in NO_CHECKSUM[kind]),
        "S302",
    ]
    assert "#DIV/0!" in submission.findings[-1].message
    assert row(submission, 2, "丹东").value == Decimal("1.2")
    assert row(submission, 2, "丹东、石浦").value == Decimal("1.2")


@pytest.mark.parametrize("kind", FORMATS)
def test_what_nobody_sees_is_named_in_every_format(kind: str) -> None:
    """Row 7 is hidden with its number, G8 and G9 were merged over two numbers."""
    submission = read(f"unseen.{kind}")
    assert [(line.cell, line.value, line.refused) for line in submission.rows] == [
        ("G7", 120, False), ("G8", Decimal("0.6"), False), ("G9", None, True),
    ]  # fmt: skip
    assert [(finding.code, finding.cell) for finding in submission.findings] == [
        *NO_CHECKSUM[kind], ("S301", "G9"), ("S311", "G7"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["locked.xls", "locked.ods"])
def test_a_password_is_said_to_be_one(name: str) -> None:
    assert [finding.code for finding in read(name).findings] == ["S102"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_off_is_refused_in_every_format(kind: str) -> None:
    data = (SAVED / f"health.{kind}").read_bytes()
    for part in (0.05, 0.3, 0.6, 0.95):
        submission = only(data[: int(len(data) * part)], f"health.{kind}")
        assert submission.unreadable or kind == "xls"
        assert submission.unreadable or row(submission, 3, HEALTH).value == 55


HEADER = list(SUBMISSION_COLUMNS)
SEAL = [[SEAL_TITLE], *([key, word] for key, word in Seal("丹东", JUNE, county().id).as_words().items())]


class TestXlsb:
    def file(
        self, value: object = "", odd: tuple[str, object] | None = None, unseen: Unseen | None = None
    ) -> bytes:
        rows: list[list[object]] = [
            ["填报单位：丹东"], HEADER, ["1", "流感疫苗", "丹东", "人", 400, "", value], ["2", "燃气管网", "丹东", "公里", 1.6, "", 0.6],
        ]  # fmt: skip
        return xlsb({"填报": rows, "标记": SEAL}, {(2, 6): odd} if odd else None, unseen)

    def test_the_form_is_read(self) -> None:
        submission = only(self.file(120), "丹东.xlsb")
        assert (submission.unit, submission.period, submission.sealed) == ("丹东", JUNE, True)
        assert row(submission, 1, "丹东").value == 120
        assert row(submission, 2, "丹东").value == Decimal("0.6")
        assert submission.findings == ()

    @pytest.mark.parametrize(
        ("odd", "code"), [(("error", 0x17), "S302"), (("percent", 0.5), "S301"), (("formula", 7.0), "S304")]
    )
    def test_what_the_reader_of_cells_does_not_see_is_seen(self, odd: tuple[str, object], code: str) -> None:
        submission = only(self.file(odd=odd), "丹东.xlsb")
        assert [finding.code for finding in submission.findings] == [code]
        assert row(submission, 1, "丹东").value == (7 if code == "S304" else None)

    @pytest.mark.parametrize(
        ("unseen", "codes", "value"),
        [
            (Unseen(rows=[3]), ["S311"], Decimal("0.6")),
            (Unseen(columns=[6]), ["S311"], Decimal("0.6")),
            (Unseen(merged=[(2, 3, 6, 6)]), ["S301"], None),
        ],
    )
    def test_what_nobody_sees_is_named(self, unseen: Unseen, codes: list[str], value: Decimal | None) -> None:
        submission = only(self.file(120, unseen=unseen), "丹东.xlsb")
        assert [finding.code for finding in submission.findings] == codes
        assert row(submission, 2, "丹东").value == value

    def test_a_cell_before_the_first_row_is_damage(self) -> None:
        contents = parts(self.file(120))
        sheet = contents["xl/worksheets/sheet1.bin"]
        row_header = sheet.index(b"\x00\x11")
        cell = struct.pack("<BBIId", 5, 16, 6, 0, 7.0)
        changed = sheet[:row_header] + cell + sheet[row_header:]
        (finding,) = only(packed(contents | {"xl/worksheets/sheet1.bin": changed}), "丹东.xlsb").findings
        assert finding.code == "S103"

    def test_a_file_cut_off_inside_a_part_is_refused(self) -> None:
        data = self.file(120)
        assert only(data[: len(data) // 2], "丹东.xlsb").unreadable


class TestCompoundFiles:
    """The container of .xls is also that of encrypted workbooks and of Word documents: each is told by its name."""

    @pytest.mark.parametrize(
        ("streams", "code"),
        [
            (("EncryptedPackage", "EncryptionInfo"), "S102"),
            (("WordDocument",), "S101"),
            (("Workbook",), "S103"),
            (("Whatever",), "S101"),
        ],
    )
    def test_by_its_streams(self, streams: tuple[str, ...], code: str) -> None:
        data = compound_file({name: bytes(4096) for name in streams})
        assert [finding.code for finding in only(data).findings] == [code]

    def test_damage_anywhere_is_survived(self) -> None:
        whole = (SAVED / "health.xls").read_bytes()
        for place in range(0, len(whole), 97):
            data = bytearray(whole)
            data[place] ^= 0xFF
            submission = only(bytes(data), "health.xls")
            assert submission.unreadable or submission.sha256


@pytest.mark.parametrize(
    ("data", "file", "severity", "told"),
    [
        (b"%PDF-1.7 ...", "盖章扫描件.pdf", "warning", "PDF"),
        (b"\xff\xd8\xff\xe0...", "照片.jpg", "warning", "照片"),
        (b"%PDF-1.7 ...", "填报表.xlsx", "error", "PDF"),
        (b"<html><table>", "填报表.xls", "error", "网页"),
        ("序号,项目\n1,2\n".encode("gbk"), "填报表.csv", "warning", "不是认得"),
        (b"\x09\x08\x10\x00", "很旧.xls", "error", "很旧"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told_by_what_it_is(data: bytes, file: str, severity: str, told: str) -> None:
    (finding,) = only(data, file).findings
    assert (finding.code, str(finding.severity)) == ("S101", severity)
    assert told in finding.message


def test_an_archive_is_told_from_a_workbook_by_its_content() -> None:
    assert only(form(), "填报表.zip").unit == "丹东"
