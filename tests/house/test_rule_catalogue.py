"""Every rule has a code of its own, a test, an entry in the manual, and a word to say on the command line."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from minsheng.cli import main
from minsheng.domain.catalogue import (
    RULES,
    document,
    document_file,
    document_nodes,
    manual,
    master,
    next_year,
    submission,
    submission_rows,
)
from minsheng.domain.finding import Rule

ROOT = Path(__file__).parents[2]
CODES = sorted(RULES)
ROOMS = (document, document_nodes, document_file, next_year, master, submission, submission_rows)


def test_no_code_is_used_twice() -> None:
    rules = [rule for room in ROOMS for rule in vars(room).values() if isinstance(rule, Rule)]
    assert len({rule.code for rule in rules}) == len(rules) == len(RULES)


def test_every_rule_is_given_by_something() -> None:
    """A rule that nothing refers to is one that nobody will ever be told."""
    names = {
        name: rule.code for room in ROOMS for name, rule in vars(room).items() if isinstance(rule, Rule)
    }  # fmt: skip
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for path in sorted((ROOT / "python" / "minsheng").rglob("*.py"))
        if path.parent.name != "catalogue"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert {code for name, code in names.items() if name not in used} == set()


@pytest.mark.parametrize("code", CODES)
def test_a_rule_says_what_it_means_on_the_command_line(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A KeyError here: the rule needs its example in domain/catalogue/examples.py."""
    assert main(["rule", code.lower()]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{code} {RULES[code].title}\n")
    labels = [line.split("：", 1) for line in said.splitlines()[1:]]
    assert [label for label, _ in labels] == ["级别", "意思", "例子", "怎么办", "能不能关"]
    assert all(words for _, words in labels), f"{code} leaves something unsaid"
    assert "None" not in said
    assert "{" not in said


def test_the_list_has_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == CODES


def test_a_code_that_is_none_ends_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "M999"]) == 2
    assert "没有代码是“M999”的规则" in capsys.readouterr().err


def test_the_manual_is_the_catalogue() -> None:
    """``make master`` writes it."""
    assert (ROOT / "docs" / "手册" / "校验规则.md").read_text(encoding="utf-8") == manual.page(RULES.values())
