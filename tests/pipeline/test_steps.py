"""The table of steps names whatever a build makes, and a step gets no more than its row says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from builder.cache import Cache
from builder.diagnostics import Diagnostics, Severity
from builder.pipeline import Request, build
from builder.pipeline.ledger import NEVER, NEW, WORDS, Ledger
from builder.pipeline.steps import FIND, GONE, PRINT, RENDER, SPAN, TABLE, Load
from builder.progress import Progress
from tests.support.corpus import write_years
from tests.support.stages import staged

EVERYTHING = Load("content/2024/甲.yaml", "2024", "甲", b"text", b"years", b"revisions", True)


def paths(*folders: Path) -> Iterator[str]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.relative_to(folder).as_posix()


def test_every_artifact_is_the_work_of_one_step(
    published: Path, many: Path, years_city: Path, rich: Path
) -> None:
    makers: dict[str, list[str]] = {}
    for path in paths(published, many, years_city, rich):
        found = [step.name for step in TABLE if step.is_maker_of(path) and step is not GONE]
        assert len(found) == 1, (path, found)
        makers.setdefault(found[0], []).append(path)
    assert set(makers) == {step.name for step in TABLE if step.makes} - {GONE.name}


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """A site with what only some have."""
    write_years(tmp_path / "content", 2, (2024,))
    year = tmp_path / "content/2024"
    (year / "fuhe.yaml").write_text(staged("复核"), encoding="utf-8")
    (year / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    path = min(year.glob("xiangmu*.yaml"))
    listed = "佐证材料:\n  - 名称: 照片\n    文件: 照片.png\n    内部: 否\n"
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{listed}", encoding="utf-8")
    site = "主办单位: 某市财政局\n网址: https://jixiao.example.cn/\n发布日期: 2025-08-20\n"
    (tmp_path / "content/site.yaml").write_text(site, encoding="utf-8")
    diagnostics = Diagnostics()
    request = Request(tmp_path / "content", tmp_path / "output")
    result = build(request, diagnostics, Progress(io.StringIO()))
    assert result.files, [one for one in diagnostics if one.severity is Severity.ERROR]
    return tmp_path / "output"


def test_a_step_sees_what_its_row_names() -> None:
    assert PRINT.takes < RENDER.takes
    for step in (FIND, RENDER, PRINT, SPAN):
        seen = EVERYTHING.only(step.takes)
        for one in fields(Load):
            given = getattr(EVERYTHING, one.name)
            is_there = getattr(seen, one.name) == given
            assert is_there == (one.name in step.takes), (step.name, one.name)


def taken(names: frozenset[str]) -> dict[str, bytes]:
    """What could stand for some of it."""
    return {name: f"{getattr(EVERYTHING, name)}".encode() for name in names}


def test_whatever_goes_into_a_step_changes_its_key() -> None:
    shared = {name: name.encode() for step in TABLE for name in step.shares}
    for step in (FIND, RENDER, PRINT, SPAN):
        given = taken(step.takes)
        keys = {step.key(shared, given)}
        keys |= {step.key({**shared, name: b"other"}, given) for name in step.shares}
        keys |= {step.key(shared, {**given, name: given[name][:-1]}) for name in step.takes}
        assert len(keys) == 1 + len(step.shares) + len(step.takes)
        for name in shared.keys() - step.shares:
            assert step.key({**shared, name: b"other"}, given) in keys


def test_all_that_can_change_has_words() -> None:
    named = {name for step in TABLE for name in step.shares | step.takes}
    assert named - {"file", "folder", "stem"} | {"made_of"} == WORDS.keys()


def test_the_reason_of_what_was_made_is_told() -> None:
    shared = {name: b"1" for step in TABLE for name in step.shares}
    first = Ledger(shared)
    parts = taken(RENDER.takes)
    first.note(RENDER, "甲", parts)
    first.note(RENDER, "乙", parts)
    second = Ledger({**shared, "theme": b"2"}, first.packed())
    for name, given in (
        ("甲", parts), ("乙", {**parts, "years": b""}), ("丙", parts), ("丁", parts)
    ):  # fmt: skip
        second.note(RENDER, name, given)
        second.made(RENDER, name, RENDER.takes, is_kept=name != "丁")
    assert list(second.told()) == [
        f"网页和数据：{WORDS['theme']}：甲",
        f"网页和数据：{WORDS['theme']}、{WORDS['years']}：乙",
        f"网页和数据：{NEW}：丙",
        f"网页和数据：{NEVER}：丁",
    ]
    assert "丁".encode() not in second.packed()


def test_a_build_tells_why_it_made_something(tmp_path: Path) -> None:
    write_years(tmp_path / "content", 2, (2023, 2024))

    def made() -> str:
        request = Request(
            tmp_path / "content", tmp_path / "output", pdf=False, cache=tmp_path / "cache"
        )
        return "\n".join(build(request, Diagnostics(), Progress(io.StringIO())).made)

    assert NEW in made()
    assert not made()
    path = min(tmp_path.glob("content/2024/*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    told = made()
    assert told.splitlines() == [
        f"{words}：{WORDS['data']}：content/2024/{path.name}" for words in ("检查", "网页和数据")
    ]
    assert Cache(tmp_path / "cache").noted(f"{tmp_path / 'output'}")
