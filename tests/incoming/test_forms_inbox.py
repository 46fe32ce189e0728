"""An inbox is walked with its sub-folders and archives, is never written to, and gives the same in any order."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest

from incoming.form_files import JUNE, filled, form, packed
from minsheng.domain import merging
from minsheng.incoming.forms import read_file, read_inbox
from minsheng.incoming.forms.reading import ARCHIVED_FILES, FILE_BYTES
from needed import missing
from small_county import HEALTH, county


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [submission.file for submission in read_inbox(folder).submissions]


def test_sub_folders_are_walked_and_names_are_paths_inside_the_inbox(tmp_path: Path) -> None:
    put(tmp_path, "丹东.xlsx", form("丹东"))
    put(tmp_path, "部门/卫健/表.xlsx", form(HEALTH))
    assert sorted(names(tmp_path)) == ["丹东.xlsx", "部门/卫健/表.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        "~$丹东.xlsx",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "._丹东.xlsx",
        ".~lock.丹东.xlsx#",
        "__MACOSX/._a.xlsx",
        "x.TMP",
    ],
)
def test_what_programs_leave_behind_is_passed_over(name: str, tmp_path: Path) -> None:
    put(tmp_path, "丹东.xlsx", form("丹东"))
    put(tmp_path, name, b"whatever")
    assert names(tmp_path) == ["丹东.xlsx"]


def test_an_empty_inbox_is_no_mistake(tmp_path: Path) -> None:
    assert read_inbox(tmp_path).submissions == ()


def test_the_inbox_is_only_read(tmp_path: Path) -> None:
    put(tmp_path, "丹东.xlsx", form("丹东"))
    put(tmp_path, "全部.zip", packed({"石浦.xlsx": form("石浦")}))

    def state() -> list[tuple[str, int, str]]:
        return [
            (str(path), path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(tmp_path.rglob("*"))
            if path.is_file()
        ]

    before = state()
    for path in tmp_path.rglob("*"):
        path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert len(read_inbox(tmp_path).submissions) == 2
    finally:
        tmp_path.chmod(0o755)
    assert state() == before


class TestArchives:
    def test_the_files_inside_are_read_under_the_name_of_the_archive(self, tmp_path: Path) -> None:
        put(
            tmp_path,
            "全部.zip",
            packed({"乡镇/丹东.xlsx": form("丹东"), "b/石浦.xlsx": form("石浦"), "b/": b""}),
        )
        assert [(s.file, s.unit) for s in read_inbox(tmp_path).submissions] == [
            ("全部.zip/b/石浦.xlsx", "石浦"), ("全部.zip/乡镇/丹东.xlsx", "丹东"),
        ]  # fmt: skip

    def test_a_file_has_the_same_digest_inside_and_outside(self, tmp_path: Path) -> None:
        put(tmp_path, "丹东.xlsx", form("丹东"))
        put(tmp_path, "全部.zip", packed({"丹东.xlsx": form("丹东")}))
        assert len({submission.sha256 for submission in read_inbox(tmp_path).submissions}) == 1

    def test_names_written_by_chinese_windows_are_read(self) -> None:
        raw = bytearray(packed({"AAAA.xlsx": form("丹东")}))
        data = bytes(raw).replace(b"AAAA", "丹东".encode("gbk"))
        (submission,) = read_bytes_of(data)
        assert submission.file == "全部.zip/丹东.xlsx"

    def test_a_path_that_leads_out_leads_nowhere(self, tmp_path: Path) -> None:
        put(tmp_path, "坏.zip", packed({"../../etc/丹东.xlsx": form("丹东"), "/abs/石浦.xlsx": form("石浦")}))
        assert sorted(names(tmp_path)) == ["坏.zip/abs/石浦.xlsx", "坏.zip/etc/丹东.xlsx"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["坏.zip"]

    def test_leftovers_inside_are_passed_over(self, tmp_path: Path) -> None:
        put(
            tmp_path,
            "全部.zip",
            packed({"__MACOSX/._丹东.xlsx": b"x", "~$丹东.xlsx": b"x", "丹东.xlsx": form("丹东")}),
        )
        assert names(tmp_path) == ["全部.zip/丹东.xlsx"]

    @pytest.mark.parametrize(
        ("contents", "code"),
        [
            ({"内.zip": packed({"丹东.xlsx": form("丹东")})}, "S108"),
            ({}, "S108"),
            ({"丹东.xlsx": b""}, "S107"),
            ({"丹东.xlsx": form("丹东")[:-30]}, "S103"),
        ],
        ids=["archive in archive", "empty", "empty file", "damaged file"],
    )  # fmt: skip
    def test_what_cannot_be_read_inside_is_told(self, contents: dict[str, bytes], code: str) -> None:
        (submission,) = read_bytes_of(packed(contents))
        assert [finding.code for finding in submission.findings] == [code]

    @pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c\x00"])
    def test_other_archives_are_to_be_unpacked_by_the_clerk(self, data: bytes) -> None:
        (submission,) = read_bytes_of(data)
        assert [finding.code for finding in submission.findings] == ["S108"]

    def test_too_many_files_are_refused(self) -> None:
        many = {f"{number}.xlsx": b"x" for number in range(ARCHIVED_FILES + 1)}
        (submission,) = read_bytes_of(packed(many))
        assert [finding.code for finding in submission.findings] == ["S105"]

    def test_a_bad_file_does_not_keep_the_others_out(self) -> None:
        submissions = read_bytes_of(packed({"a.xlsx": b"PK\x03\x04", "b.xlsx": form("丹东")}))
        assert [submission.unreadable for submission in submissions] == [True, False]


def read_bytes_of(data: bytes) -> tuple:  # type: ignore[type-arg]
    from minsheng.incoming.forms.reading import read_bytes

    return read_bytes(data, "全部.zip")


class TestFilesThatCannotBeOpened:
    def test_a_file_beyond_the_limit_is_hashed_and_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "大.xlsx"
        with path.open("wb") as file:
            file.truncate(FILE_BYTES + 1)
        (submission,) = read_file(path)
        assert [finding.code for finding in submission.findings] == ["S105"]
        assert submission.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "丹东.xlsx")
        (submission,) = read_inbox(tmp_path).submissions
        assert [finding.code for finding in submission.findings] == ["S106"]

    def test_a_link_to_nowhere_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "丹东.xlsx").symlink_to(tmp_path / "没有.xlsx")
        (submission,) = read_inbox(tmp_path).submissions
        assert [finding.code for finding in submission.findings] == ["S106"]

    def test_a_circle_of_folders_ends(self, tmp_path: Path) -> None:
        put(tmp_path, "a/丹东.xlsx", form("丹东"))
        (tmp_path / "a" / "again").symlink_to(tmp_path)
        read, link = read_inbox(tmp_path).submissions
        assert (read.file, link.file) == ("a/丹东.xlsx", "a/again")
        assert [finding.code for finding in link.findings] == ["S106"]
        assert "链接" in link.findings[0].message

    def test_a_name_that_is_no_text_can_be_printed(self, tmp_path: Path) -> None:
        name = "丹".encode("gbk")
        try:
            (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name + b".xlsx"))).write_bytes(form("丹东"))
        except OSError:
            missing("this file system takes no such names")
        (file,) = names(tmp_path)
        file.encode("utf-8")


def test_the_whole_way_from_files_to_a_plan(tmp_path: Path) -> None:
    """Two good files, one of them in an archive and twice, one damaged, one of last month, a photo."""
    master = county()
    put(tmp_path, "a/丹东.xlsx", filled({("1", "丹东"): "１２０", ("2", "丹东"): 0.6}))
    archive = packed({"石浦.xlsx": filled({("1", "石浦"): "1,2"}, "石浦")})
    put(tmp_path, "b.zip", archive)
    put(tmp_path, "c.zip", archive)
    put(tmp_path, "坏.xlsx", form(HEALTH)[:3000])
    put(tmp_path, "旧.xlsx", form(HEALTH, period=JUNE.__class__(2024, 5)))
    put(tmp_path, "章.jpg", b"\xff\xd8\xff")
    plan = merging.plan(master, read_inbox(tmp_path).submissions, JUNE)
    assert [entry.file for entry in plan.merged] == ["a/丹东.xlsx", "b.zip/石浦.xlsx"]
    assert [entry.file for entry in plan.superseded] == ["c.zip/石浦.xlsx"]
    assert [entry.file for entry in plan.rejected] == ["坏.xlsx", "章.jpg"]
    assert [entry.file for entry in plan.skipped] == ["旧.xlsx"]
    assert [(c.key.project, c.key.unit, str(c.new)) for c in plan.numbers] == [
        (1, "丹东", "120"),
        (2, "丹东", "0.6"),
    ]
    assert sorted(finding.code for finding in plan.findings) == ["S101", "S103", "S205", "S216", "S301"]
    assert HEALTH in plan.missing


def test_names_and_folders_do_not_matter(tmp_path: Path) -> None:
    """The same files under other names, in another order of names, make the same plan."""
    files = [
        filled({("1", "丹东"): 120}),
        filled({("1", "石浦"): 90}, "石浦"),
        filled({("1", "丹东"): 110}),
        form(HEALTH),
    ]
    results = []
    for folder, order in (("一", "abcd"), ("二", "dcba"), ("三", "bdac")):
        for letter, data in zip(order, files, strict=True):
            put(tmp_path / folder, f"{letter}/{letter}.xlsx", data)
        plan = merging.plan(county(), read_inbox(tmp_path / folder).submissions, JUNE)
        results.append(
            (
                [(c.key, c.new) for c in plan.changes], sorted(e.sha256 for e in plan.merged),
                sorted(e.sha256 for e in plan.rejected), plan.missing, sorted(f.code for f in plan.findings),
            )
        )  # fmt: skip
    assert results[0] == results[1] == results[2]


def test_an_archive_is_not_unpacked_onto_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "extract", lambda *_: pytest.fail("unpacked"))
    out = io.BytesIO(packed({"丹东.xlsx": form("丹东")}))
    put(tmp_path, "全部.zip", out.getvalue())
    assert names(tmp_path) == ["全部.zip/丹东.xlsx"]
    assert [path.name for path in tmp_path.iterdir()] == ["全部.zip"]


class TestFilesThatMoveWhileTheyAreRead:
    def test_one_that_vanishes_is_told_and_the_others_are_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "a.xlsx", form("丹东"))
        put(tmp_path, "b.xlsx", form("石浦"))
        from minsheng.incoming.forms import inbox

        def vanish(path: Path, name: str) -> object:
            (tmp_path / "a.xlsx").unlink(missing_ok=True)
            return read_file(path, name)

        monkeypatch.setattr(inbox, "read_file", vanish)
        gone, there = read_inbox(tmp_path).submissions
        assert [finding.code for finding in gone.findings] == ["S106"]
        assert there.unit == "石浦"

    def test_one_that_is_still_growing_is_refused_as_damaged(self, tmp_path: Path) -> None:
        put(tmp_path, "丹东.xlsx", form("丹东")[:4000])
        (submission,) = read_inbox(tmp_path).submissions
        assert [finding.code for finding in submission.findings] == ["S103"]

    def test_one_without_leave_to_read_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, "a.xlsx", form("丹东"))
        put(tmp_path, "b.xlsx", form("石浦"))
        real = os.open

        def refuse(path: object, *rest: object, **more: object) -> int:
            if str(path).endswith("a.xlsx"):
                raise PermissionError(13, "Permission denied")
            return real(path, *rest, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "open", refuse)
        closed, there = read_inbox(tmp_path).submissions
        assert [finding.code for finding in closed.findings] == ["S106"]
        assert "没有读取权限" in closed.findings[0].message
        assert there.unit == "石浦"


def test_a_thousand_strangers_beside_one_good_file(tmp_path: Path) -> None:
    for number in range(1000):
        put(tmp_path, f"照片/{number:04d}.jpg", b"\xff\xd8\xff")
    put(tmp_path, "丹东.xlsx", filled({("1", "丹东"): 120}))
    plan = merging.plan(county(), read_inbox(tmp_path).submissions, JUNE)
    assert (len(plan.merged), len(plan.rejected), len(plan.changes)) == (1, 1000, 1)
