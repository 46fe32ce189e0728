"""Whatever comes in, a document goes out that keeps its own rules, or one sentence; never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incoming.task_document_writers import SAMPLE, seed_text, write_seed_docx, write_template
from minsheng.errors import MinshengError
from minsheng.incoming.task_document import read

LINES = [line for line in seed_text().split("\n") if line]
#: Words that mean something to the reader, to be strewn about.
WORDS = ["1.", "（二）", "三、", "★", "责任单位：", "进度安排：", "任务分解：", "备注：", "合计", "序号", "1—3月份", "13月", "全年", "累计",
         "完成", "开工", "50%", "１２０台", "1,200人", "6.16万", "约5", "\t", "\n", "\n\n", "；", "。", "，", "、", "（", "）", "\u3000",
         "2024年", "丹东", "丹东、丹西", "-", "—", "无", "项目名称", "\x00", "\ufeff"]  # fmt: skip
EACH = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def survives(path: Path) -> None:
    """Read; and where a document comes out, hold it to the rules that the rest of the product relies on."""
    refused: MinshengError | None = None
    try:
        reading = read(path, year=2024)
    except MinshengError as error:
        refused = error
    if refused is not None:
        assert refused.message
        assert refused.advice
        return
    projects = reading.document.projects
    numbers = [project.number for project in projects]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= 9999 for number in numbers)
    names = [unit.name for unit in reading.document.units]
    assert len(set(names)) == len(names)
    for project in projects:
        units = [row.unit for row in project.allocations]
        assert len(set(units)) == len(units)
        assert set(units) <= set(names)
        for node in project.milestones:
            assert 1 <= node.first_month <= node.last_month <= 12
        values = [node.cumulative for node in project.milestones if node.cumulative is not None]
        assert project.is_level or values == sorted(values)
    for finding in reading.findings:
        assert finding.message
        assert "{" not in finding.message


@EACH
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "任务书.txt"
    path.write_bytes(data)
    survives(path)


@EACH
@given(words=st.lists(st.sampled_from(WORDS) | st.sampled_from(LINES) | st.text(max_size=8), max_size=60))
def test_any_words(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "任务书.txt"
    path.write_bytes("".join(words).encode("utf-8", "surrogatepass"))
    survives(path)


@EACH
@given(data=st.data())
def test_the_document_torn_and_mended(tmp_path: Path, data: st.DataObject) -> None:
    lines = seed_text().split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "join", "cut", "word"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "join":
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
            case "cut":
                cut = data.draw(st.integers(0, len(lines[at])))
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case "word":
                lines[at] += data.draw(st.sampled_from(WORDS))
    path = tmp_path / "任务书.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    survives(path)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("packages")
    document = read(SAMPLE).document
    return [
        write_seed_docx(folder / "任务书.docx").read_bytes(),
        write_template(document, folder / "任务书模板.xlsx").read_bytes(),
    ]


@EACH
@given(data=st.data())
def test_packages_with_bytes_changed(tmp_path: Path, packages: list[bytes], data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(packages)))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "任务书"
    path.write_bytes(bytes(content))
    survives(path)


@EACH
@given(data=st.data())
def test_packages_with_parts_changed(tmp_path: Path, packages: list[bytes], data: st.DataObject) -> None:
    """The package is whole, what is in it is not."""
    source = zipfile.ZipFile(io.BytesIO(data.draw(st.sampled_from(packages))))
    changed = data.draw(st.sampled_from(source.namelist()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == changed:
                content = _disturbed(content, data)
            target.writestr(name, content)
    path = tmp_path / "任务书"
    path.write_bytes(buffer.getvalue())
    survives(path)


def _disturbed(content: bytes, data: st.DataObject) -> bytes:
    at = data.draw(st.integers(0, len(content)))
    match data.draw(st.sampled_from(["cut", "empty", "drop", "tags", "digits"])):
        case "cut":
            return content[:at]
        case "empty":
            return b""
        case "drop":
            return content[:at] + content[at + data.draw(st.integers(1, 200)) :]
        case "tags":
            old, new = data.draw(
                st.sampled_from(
                    [(b"w:tc>", b"w:p>"), (b"w:tr", b"w:tbl"), (b"<c ", b"<row "), (b"w:t>", b"w:del>")]
                )
            )
            return content.replace(old, new)
        case _:
            return content.replace(b"1", data.draw(st.sampled_from([b"99999999999", b"-1", b"x", b"1e400"])))
