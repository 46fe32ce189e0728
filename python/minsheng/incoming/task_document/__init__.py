"""A yearly 任务书, in whatever form it comes, read into the domain's TaskDocument.

``reading`` leads from the file to the document. On the way each room looks only at those before it:

1. ``words``: what a label, a numbered line, a time or a number says, wherever it stands.
2. ``files``: a file becomes blocks, which are paragraphs and tables.
3. ``sections``: blocks become pieces with a meaning, and pieces become sections, one a project.
4. ``fields``: a section is interpreted: names, target, 任务分解, 进度安排.

``whole`` says what concerns the whole document, ``conservation`` tells what of it no field took. 任务书模板.xlsx gives
sections directly (``template``), and so does a 核对稿 that comes back (``review_copy``).
"""

from __future__ import annotations

from .reading import Reading, read

__all__ = ["Reading", "read"]
