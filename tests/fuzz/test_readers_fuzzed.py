"""The readers of 填报表 fuzzed for a set time: MINSHENG_FUZZ_SECONDS in all, 40 by default; hours of it on a free machine."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fuzz import readers

SECONDS = float(os.environ.get("MINSHENG_FUZZ_SECONDS", "40"))
RUNNER = Path(__file__).parent / "runner.py"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUNNER), *words],
        capture_output=True,
        text=True,
        timeout=SECONDS * 3 + 120,
        check=False,
    )


@pytest.mark.slow
def test_no_mutation_breaks_a_rule() -> None:
    """A new seed each day, so that the days add up; a failure prints it."""
    done = run(str(SECONDS / 2), str(int(time.time()) // 86400))
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed")
def test_no_guided_input_breaks_a_rule() -> None:
    done = run(str(SECONDS / 2), "--atheris")
    print(done.stderr[-600:])
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]


def test_the_rules_see_a_reader_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the checksums of the package, damage becomes another number: the fuzzer's rule finds it."""
    from minsheng.incoming.spreadsheets import package

    monkeypatch.setattr(package.zlib, "crc32", lambda _content: 0)
    right = readers.whole("xlsx")
    stored = readers.repacked(right, random.Random(0))
    assert stored
    blind = bytearray(readers.packed_without_compression(right))
    place = blind.find(b"<v>120</v>")
    assert place > 0
    blind[place + 3] = ord("9")
    for mark, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = blind.find(mark)
        while at >= 0:
            blind[at + offset : at + offset + 4] = bytes(4)
            at = blind.find(mark, at + 4)
    with pytest.raises(AssertionError, match="another report without a word"):
        readers.check_damage("xlsx", bytes(blind))
