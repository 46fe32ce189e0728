"""Rules on 填报表 that units send in: S1xx the file, S2xx its place, S3xx a value, S4xx a judgement."""

from __future__ import annotations
