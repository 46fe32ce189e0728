"""Rules of 校验 on an open master: M1xx sums and targets, M2xx units, M3xx nodes, M4xx reports, M5xx the sheets."""

from __future__ import annotations
