"""Mutation testing of the rooms that compute: every operator, constant and argument within a function of cells/ and domain/
is changed in turn, and a change that no test notices is printed. `tools/mutate.py [ROOM …] [--at-most N]` tries N changes of
each room (250 unless said), drawn by a fixed seed; what was found is in docs/mutation-tests.md.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import gc
import os
import random
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import libcst as cst
import pytest
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).parents[1]
CODE = ROOT / "python" / "minsheng"
#: Room → its modules, and the tests that are about it. The catalogue is sentences.
ROOMS = {
    "cells": ("cells/*.py", ["cells/test_*.py"]),
    "domain/amending": ("domain/amending/*.py", ["domain/test_amending.py"]),
    "domain/bulletin": ("domain/bulletin/*.py", ["domain/test_bulletin_*.py"]),
    "domain/checks": ("domain/checks/*.py", ["domain/test_rules_of_values.py", "domain/test_checks_*.py"]),
    "domain/lateness": ("domain/lateness/*.py", ["domain/test_lateness_*.py", "domain/test_goals_*.py", "domain/test_counted.py"]),
    "domain/merging": ("domain/merging/*.py", ["domain/test_merging_*.py", "domain/test_missing_again.py", "domain/test_refusals.py"]),
    "domain": ("domain/*.py", ["domain/test_*.py", "cells/test_names.py", "jobs/test_json_contract.py"]),
}  # fmt: skip
ARGUMENTS = [*["-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "-m"], "not libreoffice and not slow"]
SEED = 2024
MEMORY = 4 << 30


class Changes(cst.CSTVisitor):
    """(qualified name, node, other node) for everything in a function that an operator of mutmut's changes, but for what is
    evaluated as it is defined: decorators, defaults, annotations."""

    def __init__(self) -> None:
        self.found: list[tuple[str, cst.CSTNode, cst.CSTNode]] = []
        self._names: list[str] = []
        self._functions = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            if not self._functions:
                self._names.append(node.name.value)
            self._functions += isinstance(node, cst.FunctionDef)
        elif isinstance(node, cst.Annotation | cst.Decorator | cst.Param):
            return False
        elif self._functions:
            self.found += [
                (".".join(self._names), node, other)
                for kind, operator in mutation_operators
                if isinstance(node, kind)
                for other in operator(node)
            ]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._functions -= isinstance(original_node, cst.FunctionDef)
            if not self._functions:
                self._names.pop()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module's text with one change, in a function of it."""

    room: str
    path: Path
    function: str
    text: str

    def code(self) -> CodeType | None:
        """The function's code, changed; None where the change is no Python."""
        try:
            found: CodeType | None = compile(self.text, str(self.path), "exec", dont_inherit=True)
        except SyntaxError:
            return None
        for name in self.function.split("."):
            inner = found.co_consts if found else ()
            found = next(
                (each for each in inner if isinstance(each, CodeType) and each.co_name == name), None
            )
        return found

    def __str__(self) -> str:
        before, after = self.path.read_text("utf-8").splitlines(), self.text.splitlines()
        lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
        return "\n".join([f"{self.path.relative_to(CODE)} {self.function}", *lines])


def mutants(room: str, at_most: int) -> tuple[int, list[Mutant]]:
    """How many changes there are in ``room``, and ``at_most`` of them."""
    found: list[tuple[Path, cst.Module, str, cst.CSTNode, cst.CSTNode]] = []
    for path in sorted(CODE.glob(ROOMS[room][0])):
        module, changes = cst.parse_module(path.read_text("utf-8")), Changes()
        module.visit(changes)
        found += [(path, module, *change) for change in changes.found]
    drawn = random.Random(SEED).sample(found, min(at_most, len(found)))
    changed = [
        Mutant(room, path, function, module.deep_replace(node, other).code)  # type: ignore[union-attr]
        for path, module, function, node, other in drawn
    ]
    return len(found), [mutant for mutant in changed if mutant.code()]


class Trial:
    """A pytest plugin that runs every test once, to see which functions it calls and how long it takes, and then for each
    mutant those that call its function, in a fork of this process in which that function has the changed code."""

    def __init__(self, chosen: list[Mutant]) -> None:
        self.chosen = chosen
        self.survivors: list[Mutant] = []
        self._caches: list[Any] = []
        self._callers: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
        self._seconds: dict[pytest.Item, float] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self) -> None:
        """The same examples each time, and no search for the smallest that fails."""
        from hypothesis import Phase, settings  # once pytest has begun

        settings.register_profile(
            "mutants", settings(), derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._watch(session)
        if session.testsfailed:
            raise session.Interrupted("tests fail before anything is changed")
        functions: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        for kept in gc.get_objects():
            if isinstance(kept, FunctionType):
                functions[kept.__code__.co_filename, kept.__code__.co_qualname].append(kept)
            elif isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith("minsheng."):
                self._caches.append(kept)
        gc.freeze()  # what is never collected is never copied into a fork
        for number, mutant in enumerate(self.chosen, start=1):
            place = (str(mutant.path), mutant.function)
            items = sorted(self._callers[place], key=self._seconds.__getitem__)
            if not self._noticed(session, items, functions[place], mutant.code()):
                self.survivors.append(mutant)
                print(f"\n[{number}/{len(self.chosen)}] {mutant} ({len(items)} tests)", flush=True)
        return True

    def _watch(self, session: pytest.Session) -> None:
        called: set[CodeType] = set()

        def seen(frame: FrameType, *_: object) -> None:
            called.add(frame.f_code)

        for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
            called.clear()
            begun = time.process_time()
            sys.settrace(seen)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            sys.settrace(None)
            self._seconds[item] = time.process_time() - begun
            for code in called:
                self._callers[code.co_filename, code.co_qualname].append(item)

    def _noticed(
        self, session: pytest.Session, items: list[pytest.Item], functions: list[FunctionType], code: Any
    ) -> bool:
        """Whether one of ``items`` fails with ``code``, or takes ten times as long."""
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1] != 0
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        seconds = 5 + round(10 * sum(map(self._seconds.__getitem__, items)))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for function in functions:
            function.__code__ = code
        for cache in self._caches:
            cache.cache_clear()
        for item, following in zip(items, [*items[1:], session.items[0]], strict=False):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os._exit(1)
        os._exit(0)


def tried(room: str, at_most: int) -> None:
    """Try ``room`` and print its row of docs/mutation-tests.md."""
    count, chosen = mutants(room, at_most)
    trial = Trial(chosen)
    tests = [str(path) for pattern in ROOMS[room][1] for path in sorted((ROOT / "tests").glob(pattern))]
    ended = pytest.main([*ARGUMENTS, *tests], plugins=[trial])
    noticed = len(chosen) - len(trial.survivors)
    print(
        f"| {room} | {count} | {len(chosen)} | {noticed} | {100 * noticed / len(chosen):.0f} % |", flush=True
    )
    os._exit(ended)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rooms", nargs="*", default=list(ROOMS), metavar="ROOM", choices=list(ROOMS))
    asked.add_argument("--at-most", type=int, default=250, metavar="N")
    words = asked.parse_args()
    os.chdir(ROOT)
    for room in words.rooms:
        child = os.fork()  # each room begins with nothing imported
        if not child:
            tried(room, words.at_most)
        if os.waitpid(child, 0)[1]:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
