"""The cache: what is kept comes back whole or not at all, whatever happened to it meanwhile."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.cache import DAY, FIRST, MOST, USUAL, Cache, at_once, digest, divided
from builder.output import OutputError

KEY = "0123456789abcdef"
NAMES = [f"2024/xiangmu-{number:05}" for number in range(3_000)]
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


def test_entries_are_looked_at_when_they_may_be_too_many(cache: Cache, tmp_path: Path) -> None:
    cache.put(KEY, b"", {"": b"x" * 1_000})
    cache.tidy(8_000)
    for number in range(3):  # known, and small enough
        cache.put(f"{number}{KEY}", b"", {"": b"x" * 1_000})
        cache.tidy(8_000)
    assert cache.has(KEY)
    cache.put(f"9{KEY}", b"", {"": b"x" * 5_000})
    cache.tidy(8_000)
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 8_000 + 200


def test_what_another_build_wrote_is_counted_the_next_day(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.tidy(5_000)
    for number in range(9):
        Cache(tmp_path / "cache").put(f"{number}{KEY}", b"", {"": b"x" * 1_000})
    cache.tidy(5_000)
    assert all(cache.has(f"{number}{KEY}") for number in range(9))
    monkeypatch.setattr("builder.cache.DAY", -1)
    cache.tidy(5_000)
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 5_000 + 200


def test_a_folder_that_nobody_may_write_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputError, match="写不了"):
        Cache(tmp_path / "cache")


def test_git_and_backups_leave_it_alone(cache: Cache, tmp_path: Path) -> None:
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"
    assert (tmp_path / "cache/CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172")
    assert cache.get(KEY) is None


def shelved(cache: Cache) -> list[str]:
    """Keys of which the facts lie on one shelf."""
    keys = [f"{number:016x}" for number in range(3)]
    made = [cache.put(key, key.encode(), {"part": b"of " + key.encode()}) for key in keys]
    cache.shelve(keys, made)
    return keys


def test_a_shelf_has_the_facts_of_all(cache: Cache) -> None:
    keys = shelved(cache)
    assert cache.has_shelf(keys)
    shelf = cache.shelf(keys)
    assert shelf
    assert [entry.facts for entry in shelf] == [key.encode() for key in keys]
    for key, entry in zip(keys, shelf, strict=True):
        assert entry.read(["part"]) == {"part": b"of " + key.encode()}
    for others in (keys[:2], keys[::-1], [*keys, KEY]):
        assert not cache.has_shelf(others)
        assert cache.shelf(others) is None


def test_no_byte_of_a_shelf_can_change_unnoticed(cache: Cache, tmp_path: Path) -> None:
    before = set(entries(tmp_path))
    keys = shelved(cache)
    (path,) = [
        one for one in entries(tmp_path) if one not in before and b"facts" in one.read_bytes()
    ]
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.shelf(keys) is None


def test_what_went_from_under_a_shelf_is_missed_when_it_is_read(
    cache: Cache, tmp_path: Path
) -> None:
    keys = shelved(cache)
    for path in entries(tmp_path):
        if path.read_bytes().endswith(b"of " + keys[1].encode()):
            path.unlink()
    shelf = cache.shelf(keys)
    assert shelf
    assert [entry.read(["part"]) is not None for entry in shelf] == [True, False, True]


def test_what_is_used_from_a_shelf_counts_as_used(tmp_path: Path) -> None:
    keys = shelved(Cache(tmp_path / "cache"))
    for path in entries(tmp_path):
        os.utime(path, (1, 1))
    cache = Cache(tmp_path / "cache")
    assert cache.shelf(keys)
    assert min(path.stat().st_mtime for path in entries(tmp_path)) > DAY


def found(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(run) for run in divided(names, str)]


def test_runs_are_all_reports_in_their_order() -> None:
    made = found(NAMES)
    assert [name for run in made for name in run] == NAMES
    assert max(map(len, made)) <= MOST
    assert USUAL / 2 < len(NAMES) / len(made) < USUAL * 2
    assert found([]) == []


@pytest.mark.parametrize("at", [0, 1, 1_499, 3_000])
def test_one_more_report_changes_the_run_where_it_stands(at: int) -> None:
    before, after = found(NAMES), found([*NAMES[:at], "2024/new", *NAMES[at:]])
    assert len({*after} - {*before}) in (1, 2)  # two where it ends one itself
    assert len({*before} - {*after}) <= 1


def test_no_run_is_longer_than_most_where_no_name_ends_one() -> None:
    (name,) = [one for one in NAMES if found([one, one]) == [(one, one)]][:1]
    assert [len(run) for run in found([name] * (2 * MOST + 3))] == [MOST, MOST, 3]
