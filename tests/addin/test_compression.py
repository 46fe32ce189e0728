"""What is compressed comes back to the byte, read by somebody else's decompressor (oletools)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.olevba import decompress_stream
from minsheng.addin.compression import CHUNK, Incompressible, compress


def back(container: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(container)))


@given(st.text("abcdefgh \r\n\"'()=ChrW", max_size=3 * CHUNK).map(str.encode) | st.binary(max_size=600))
def test_what_goes_in_comes_back(data: bytes) -> None:
    assert back(compress(data)) == data


@given(st.binary(min_size=1, max_size=9), st.integers(0, 3 * CHUNK), st.integers(0, 200))
def test_runs_of_any_length_across_chunks_come_back(piece: bytes, repeats: int, offset: int) -> None:
    data = bytes(range(offset)) + piece * (repeats // len(piece))
    assert back(compress(data)) == data


@pytest.mark.parametrize(
    "size", [0, 1, 2, 3, 15, 16, 17, 2048, 2049, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 1]
)
def test_sizes_about_a_chunk_and_the_widths_of_a_copy(size: int) -> None:
    """A copy's offset takes 4 to 12 bits as the chunk fills; every width is met."""
    data = (b"MinshengClick " * (size // 14 + 1))[:size]
    assert back(compress(data)) == data


@pytest.mark.parametrize("chunks", [1, 2, 5])
def test_whole_chunks_that_do_not_compress_are_stored_raw(chunks: int) -> None:
    data = random.Random(7).randbytes(chunks * CHUNK)
    container = compress(data)
    assert back(container) == data
    assert len(container) == 1 + chunks * (2 + CHUNK)


@given(st.integers(0, CHUNK - 1), st.integers(0, 2), st.randoms(use_true_random=False))
def test_a_last_chunk_that_does_not_compress_is_exact_or_refused(
    last: int, before: int, chance: random.Random
) -> None:
    """A raw chunk is filled up with zeros, so a short one would come back longer than it was."""
    data = chance.randbytes(before * CHUNK + last)
    try:
        container = compress(data)
    except Incompressible:
        assert last + -(-last // 8) > CHUNK
    else:
        assert back(container) == data
