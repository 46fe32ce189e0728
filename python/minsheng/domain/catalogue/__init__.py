"""Every rule with its stable code, in one table.

D… readings of the 任务书 (document.py, document_nodes.py, document_file.py, next_year.py), M… the master (master.py), S… files that units send in (submission.py,
submission_rows.py).
"""

from __future__ import annotations

from ..finding import Rule
from . import document, document_file, document_nodes, master, next_year, submission, submission_rows

__all__ = ["RULES"]

RULES: dict[str, Rule] = {
    rule.code: rule
    for room in (document, document_nodes, document_file, next_year, master, submission, submission_rows)
    for rule in vars(room).values()
    if isinstance(rule, Rule)
}
