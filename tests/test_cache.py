"""The cache: what is kept comes back whole or not at all, whatever happened to it meanwhile."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cache import DAY, FIRST, Cache, at_once, digest
from builder.output import OutputError

KEY = "0123456789abcdef"
PARTS = {"2024/甲/index.html": b"<p>" + b"x" * 3 * FIRST, "rows": b"\x00\n\xff", "": b""}


def entries(folder: Path) -> list[Path]:
    names = {"CACHEDIR.TAG", ".gitignore"}
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in names)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_what_is_kept_comes_back(cache: Cache) -> None:
    assert not cache.has(KEY)
    assert cache.get(KEY) is None
    cache.put(KEY, b'{"a": 1}', PARTS)
    entry = cache.get(KEY)
    assert cache.has(KEY)
    assert entry
    assert entry.facts == b'{"a": 1}'
    assert list(entry.parts) == list(PARTS)
    assert entry.read(PARTS) == PARTS
    assert entry.read(["rows"]) == {"rows": PARTS["rows"]}


def test_a_table_of_parts_may_be_longer_than_what_is_read_at_once(cache: Cache) -> None:
    many = {f"compare/{number}.js": b"%d" % number for number in range(2_000)}
    cache.put(KEY, b"", many)
    entry = cache.get(KEY)
    assert entry
    assert entry.read(many) == many


def test_no_byte_can_change_unnoticed(cache: Cache, tmp_path: Path) -> None:
    parts = {"one": b"first part", "two": b"second"}
    cache.put(KEY, b"facts", parts)
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        entry = cache.get(KEY)
        assert entry is None or entry.read(parts) is None
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert cache.get(KEY) is None
    path.write_bytes(whole + b"\n")
    assert cache.get(KEY) is None


def test_what_goes_while_it_is_read_is_as_good_as_none(cache: Cache, tmp_path: Path) -> None:
    cache.put(KEY, b"", PARTS)
    entry = cache.get(KEY)
    (path,) = entries(tmp_path)
    path.unlink()
    assert entry
    assert entry.read(PARTS) is None


@given(st.lists(st.binary(max_size=6), max_size=5), st.lists(st.binary(max_size=6), max_size=5))
def test_only_the_same_things_have_the_same_digest(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_a_step_is_done_once_for_all_that_goes_into_it(cache: Cache) -> None:
    done: list[str] = []

    def make(text: str) -> bytes:
        done.append(text)
        return text.encode()

    for text in ("a", "b", "a"):
        found = cache.remember("step", [text.encode()], partial(make, text))
        assert found == text.encode()
    assert done == ["a", "b"]
    cache.remember("other step", [b"a"], lambda: make("a"))
    at_once("step", [b"a"], lambda: make("a"))
    assert done == ["a", "b", "a", "a"]


def test_a_note_comes_back_whole_or_not_at_all(cache: Cache, tmp_path: Path) -> None:
    assert not cache.noted("last")
    cache.note("last", b"one")
    cache.note("last", b"another")
    assert cache.noted("last") == b"another"
    (path,) = (tmp_path / "cache/notes").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert not cache.noted("last")


def test_two_builds_may_write_at_once(cache: Cache, tmp_path: Path) -> None:
    def write(number: int) -> None:
        Cache(tmp_path / "cache").put(f"{number % 4:02d}abc", b"%d" % (number % 4), PARTS)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(64)))
    assert len(entries(tmp_path)) == 4
    for number in range(4):
        entry = cache.get(f"{number:02d}abc")
        assert entry
        assert entry.facts == b"%d" % number
        assert entry.read(PARTS) == PARTS


def test_what_was_used_longest_ago_goes_first(cache: Cache, tmp_path: Path) -> None:
    for number in range(10):
        cache.put(f"{number}{KEY}", b"", {"": b"x" * 1_000})
    for age, path in enumerate(entries(tmp_path)):
        os.utime(path, (1e9 - age * DAY,) * 2)
    assert cache.get(f"9{KEY}")  # the oldest has just been used
    cache.tidy(5_000)
    left = [number for number in range(10) if cache.has(f"{number}{KEY}")]
    assert 9 in left
    assert left[:-1] == list(range(len(left) - 1))
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 5_000


def test_a_folder_that_nobody_may_write_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputError, match="写不了"):
        Cache(tmp_path / "cache")


def test_git_and_backups_leave_it_alone(cache: Cache, tmp_path: Path) -> None:
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"
    assert (tmp_path / "cache/CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172")
    assert cache.get(KEY) is None
