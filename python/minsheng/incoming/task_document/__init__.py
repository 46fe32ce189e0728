"""A yearly 任务书, in whatever form it comes, read into the domain's TaskDocument.

A file becomes blocks (text_file, docx_file), blocks become pieces with a meaning (labels, headings, forms), pieces
become sections, one a project (sections); a section is then interpreted (schedule, allocation_table, targets,
cumulatives). 任务书模板.xlsx gives sections directly (template_file).
"""

from __future__ import annotations

from .reading import Reading, read

__all__ = ["Reading", "read"]
