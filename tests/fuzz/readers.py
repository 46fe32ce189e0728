"""What is fuzzed: the readers of files from outside, and what must hold whatever they are given.

1. No exception: a file is read, or refused with exactly one finding that says why.
2. No process dies, hangs or grows beyond its limits (the runner sets them).
3. A file damaged on its way never becomes another report: it is refused, reads as it was, or is one of the old binary
   format, which has no checksums, and then that is said.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from dataclasses import astuple
from functools import cache

from incoming.heavy_files import xls
from incoming.hostile_files import HOSTILE
from incoming.test_forms_damage import FORMATS, read, says, whole
from minsheng.domain import merging
from minsheng.domain.as_json import plan_json
from minsheng.domain.period import Period
from minsheng.domain.submission import Submission
from minsheng.incoming.forms.reading import read_bytes
from small_county import county

__all__ = ["SEEDS", "check_any_bytes", "check_damage", "mutated", "packed_without_compression", "repacked"]

JUNE = Period(2024, 6)
MASTER = county()


@cache
def seeds() -> dict[str, bytes]:
    """Files to begin with: good ones of each format and small hostile ones."""
    files = {f"whole.{kind}": whole(kind) for kind in FORMATS}
    files |= {f"hostile {name}": data for name, (data, _) in HOSTILE.items() if len(data) < 40_000}
    return files | {"records.xls": xls(b"", struct.pack("<HHHHHd", 0x203, 14, 0, 0, 0, 5.0))}


SEEDS = seeds


def check_any_bytes(data: bytes) -> None:
    """Rules 1 and 2: no exception from reading, judging or planning."""
    submissions = read_bytes(data, "收到.xlsx")
    assert submissions, "a file never vanishes"
    for submission in submissions:
        _well_formed(submission)
    plan_json(merging.plan(MASTER, submissions, JUNE))


def _well_formed(submission: Submission) -> None:
    if submission.unreadable:
        assert len(submission.findings) == 1
        assert not submission.rows
        assert not submission.nodes
    for row in submission.rows:
        assert row.value is None or (row.value.is_finite() and row.value >= 0)
        assert not (row.refused and row.value is not None)
        if row.refused:
            assert any(finding.severity == "error" for finding in submission.findings), "refused and told"
        for words in astuple(row.words):
            words.encode("utf-8")
            assert len(words) <= 32_767
            assert not any(ord(character) < 32 and character not in "\t\n\r" for character in words)
    for finding in submission.findings:
        assert finding.message
        assert finding.advice
        assert "{" not in finding.message.replace(submission.file, ""), finding.message


def check_damage(kind: str, data: bytes) -> None:
    """Rule 3, for what a good file of this kind became on its way."""
    check_any_bytes(data)
    found = read(kind, data)
    if says(found) not in ([], says(read(kind, whole(kind)))):
        codes = {finding.code for submission in found for finding in submission.findings}
        assert "S110" in codes, f"another report without a word: {says(found)}"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled, exchanged: a few at a time."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not changed:
            break
        place, length = chance.randrange(len(changed)), chance.choice((1, 2, 4, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0:
            changed[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[place : place + length] = bytes(chance.randrange(256) for _ in range(min(length, 8)))
        elif kind == 2:
            del changed[place : place + length]
        elif kind == 3:
            changed[place:place] = changed[place : place + length]
        elif kind == 4:
            number = chance.choice((0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF))
            changed[place : place + 4] = struct.pack("<I", number)
        else:
            changed = changed[:place]
    return bytes(changed)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A package with one part mutated and its checksums right again: what a damaged or hostile *program* would write."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        return mutated(data, chance)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    parts[name] = mutated(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return out.getvalue()


def packed_without_compression(data: bytes) -> bytes:
    """The package with its parts as they are, so that a byte can be found in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
    return out.getvalue()
