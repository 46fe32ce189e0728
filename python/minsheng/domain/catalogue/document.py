"""Rules on reading a 任务书: D1xx. Constants are Rule objects, named for what is wrong."""

from __future__ import annotations
