"""Fuzzes the readers for a set time, in a process of its own with limits: ``runner.py SECONDS [SEED]``.

With atheris (coverage-guided) where it is installed and asked for, ``runner.py SECONDS --atheris``; else mutation of good
and hostile files by a seeded generator. A file that breaks a rule is written beside the report, and the exit code is 1.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.readers import SEEDS, check_any_bytes, check_damage, mutated, repacked

MEGABYTES, SECONDS_A_FILE = 1024, 2.0


def mutate(seconds: float, seed: int) -> int:
    """Mutation alone, until the time is over. Every case can be made again from its seed and number."""
    files = sorted(SEEDS().items())
    counts: Counter[str] = Counter()
    until, number, longest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < until:
        chance = random.Random(f"{seed}/{number}")
        name, good = chance.choice(files)
        kind = name.removeprefix("whole.")
        on_its_way = name.startswith("whole.") and chance.random() < 0.5
        data = mutated(good, chance) if on_its_way or chance.random() < 0.3 else repacked(good, chance)
        used = time.process_time()
        try:
            if on_its_way:
                check_damage(kind, data)
            else:
                check_any_bytes(data)
        except BaseException:  # noqa: BLE001 - whatever it is, the file that did it is kept
            return _report(data, f"{seed}/{number} of {name}", traceback.format_exc())
        used = time.process_time() - used
        longest = max(longest, used)
        if used > 2 * SECONDS_A_FILE:  # read twice by some rules
            return _report(data, f"{seed}/{number} of {name}", f"took {used:.1f} s")
        counts[kind if on_its_way else "any bytes"] += 1
        number += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{number} files, the slowest {longest:.2f} s, {peak} MB at most: {dict(counts)}")
    return 0


def _report(data: bytes, what: str, why: str) -> int:
    path = Path(tempfile.mkdtemp(prefix="minsheng-fuzz-")) / "case.bin"
    path.write_bytes(data)
    print(f"case {what} breaks a rule; written to {path}\n{why}")
    return 1


def guided(seconds: float) -> int:
    """atheris: libFuzzer's mutations, guided by the lines of our readers that they reach."""
    import atheris

    corpus = Path(tempfile.mkdtemp(prefix="minsheng-corpus-"))
    for number, data in enumerate(SEEDS().values()):
        (corpus / str(number)).write_bytes(data)
    with atheris.instrument_imports(include=["minsheng.incoming.spreadsheets", "minsheng.incoming.forms"]):
        for module in [name for name in sys.modules if name.startswith("minsheng.incoming.")]:
            del sys.modules[module]
        from minsheng.incoming.forms.reading import read_bytes

    def one(data: bytes) -> None:
        found = read_bytes(data, "收到.xlsx")
        assert found
        assert all(len(each.findings) == 1 for each in found if each.unreadable)

    options = [
        f"-max_total_time={int(seconds)}",
        "-max_len=65536",
        "-timeout=10",
        "-rss_limit_mb=0",  # the peak it watches is inherited from whoever started us; main() sets the limit
        f"-artifact_prefix={corpus}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()
    return 0


def main() -> int:
    seconds = float(sys.argv[1])
    limit = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    if "--atheris" in sys.argv:
        return guided(seconds)
    return mutate(seconds, int(sys.argv[2]) if len(sys.argv) > 2 else 2024)


if __name__ == "__main__":
    sys.exit(main())
