"""The same files give the same master on any machine, in any order and under any names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incoming.form_files import filled, packed, parts
from jobs.small_master import JUNE, cells_of, put_file, reports_of, small_master
from minsheng.cli import main
from minsheng.domain import merging
from minsheng.incoming.forms import read_inbox
from small_county import HEALTH, county

FILES = [
    filled({("1", "丹东"): 120, ("2", "丹东"): "0.6公里"}),
    filled({("1", "石浦"): "９０"}, "石浦"),
    filled({("3", HEALTH): "5O"}, HEALTH),
    b"%PDF-1.7",
]


def saved_at(data: bytes, time: datetime) -> bytes:
    """The file with this time of saving in its properties."""
    contents = parts(data)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    contents["docProps/core.xml"], count = re.subn(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, contents["docProps/core.xml"]
    )
    assert count == 1
    return packed(contents)


def outcome(folder: Path) -> object:
    """Everything that a plan says, but what the files are called."""
    plan = merging.plan(county(), read_inbox(folder).submissions, JUNE)
    return (
        [(*c.place, c.new) for c in plan.changes],
        [
            sorted(e.sha256 for e in files)
            for files in (plan.merged, plan.superseded, plan.rejected, plan.skipped)
        ],
        sorted((f.code, f.project or 0, f.unit or "", f.cell or "") for f in plan.findings),
        plan.missing,
    )


NAMES = st.lists(
    st.text(st.characters(categories=("L", "N"), include_characters=" （）-_+"), min_size=1, max_size=12),
    min_size=len(FILES), max_size=len(FILES), unique_by=lambda name: name.strip().casefold(),
).filter(lambda names: all(name.strip() for name in names))  # fmt: skip


@given(
    NAMES,
    st.permutations(range(len(FILES))),
    st.lists(st.booleans(), min_size=len(FILES), max_size=len(FILES)),
)
@settings(max_examples=25)
def test_names_order_and_folders_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], order: list[int], deeper: list[bool]
) -> None:
    plain = tmp_path_factory.mktemp("plain")
    for number, data in enumerate(FILES):
        (plain / f"{number}.xlsx").write_bytes(data)
    other = tmp_path_factory.mktemp("other")
    (other / "子 文件夹").mkdir()
    for place in order:
        folder = other / "子 文件夹" if deeper[place] else other
        (folder / f"{names[place].strip()}.xlsx").write_bytes(FILES[place])
    assert outcome(other) == outcome(plain)


MACHINES = {
    "Chinese": {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"},
    "plain C, file names as ASCII": {
        "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "TZ": "America/New_York", "PYTHONHASHSEED": "2",
    },
    "POSIX in UTF-8 mode": {"LC_ALL": "POSIX", "PYTHONUTF8": "1", "TZ": "UTC", "PYTHONHASHSEED": "3"},
}  # fmt: skip


def test_the_machine_does_not_matter(tmp_path: Path) -> None:
    """Language, encoding of file names, time zone and hash seed: the same words, the same master."""
    documents, masters = [], []
    for number, (machine, settings_) in enumerate(MACHINES.items()):
        folder = tmp_path / f"m{number}"
        folder.mkdir()
        master, inbox = small_master(folder), folder / "in"
        put_file(
            inbox,
            "丹东",
            {("1", "丹东"): 120, ("2", "丹东"): 0.6},
            words={("1", "丹东"): "在做"},
            name="丹东.xlsx",
        )
        put_file(inbox, "石浦", {("1", "石浦"): 90}, name="b.xlsx")
        (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04")
        for file in inbox.iterdir():
            if file.name != "坏.xlsx":
                file.write_bytes(saved_at(file.read_bytes(), datetime(2024, 6, 30, tzinfo=UTC)))
        done = subprocess.run(
            [sys.executable, "-m", "minsheng.cli", "merge", str(master), str(inbox), "--period", "2024-06", "--json"],
            env={**{k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}, **settings_},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1, (machine, done.stderr.decode("utf-8", "replace"))
        document = json.loads(done.stdout)
        for entry in document["merged"]:
            entry.pop("sha256")
        documents.append(document)
        cells = cells_of(master)
        cells["汇总记录"] = [row[:1] + row[3:6] + row[7:] for row in cells["汇总记录"]]
        masters.append(cells)
    assert documents[0] == documents[1] == documents[2]
    assert [entry["file"] for entry in documents[1]["merged"]] == ["b.xlsx", "丹东.xlsx"]
    assert masters[0] == masters[1] == masters[2]


class TestTwoVersions:
    """Two files of one unit, different and equally old: the clerk decides, in either of the two ways that are told."""

    NOON = datetime(2024, 6, 28, 12, tzinfo=UTC)

    @pytest.fixture
    def scene(self, tmp_path: Path) -> tuple[Path, Path]:
        master, inbox = small_master(tmp_path), tmp_path / "收件夹"
        for name, number in (("甲", 100), ("乙", 110)):
            path = put_file(inbox, "丹东", {("1", "丹东"): number}, name=f"{name}.xlsx")
            path.write_bytes(saved_at(path.read_bytes(), self.NOON))
        return master, inbox

    def merge(self, master: Path, inbox: Path) -> int:
        return main(["merge", str(master), str(inbox), "--period", str(JUNE)])

    def test_neither_is_merged_before(
        self, scene: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.merge(*scene) == 1
        assert reports_of(scene[0]) == {}
        said = capsys.readouterr().err
        assert "乙.xlsx、甲.xlsx" in said
        assert "第1项丹东（110、100）" in said
        assert "移出收件夹" in said

    def test_by_moving_the_other_one_away(self, scene: tuple[Path, Path]) -> None:
        (scene[1] / "甲.xlsx").rename(scene[0].parent / "甲.xlsx")
        assert self.merge(*scene) == 0
        assert {key: int(value) for key, value in reports_of(scene[0]).items()} == {(1, "丹东", 6): 110}

    def test_by_the_day_of_sending(self, scene: tuple[Path, Path]) -> None:
        from openpyxl import load_workbook

        for name, day in (("甲", "2024-06-29"), ("乙", "2024-06-28")):
            path = scene[1] / f"{name}.xlsx"
            book = load_workbook(path)
            sheet = book["填报"]
            (label,) = [
                cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("报送日期")
            ]
            sheet.cell(label.row, label.column + 1, day)
            book.save(path)
            path.write_bytes(saved_at(path.read_bytes(), self.NOON))
        assert self.merge(*scene) == 0
        assert {key: int(value) for key, value in reports_of(scene[0]).items()} == {(1, "丹东", 6): 100}
