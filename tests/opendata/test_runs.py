"""What is remembered of data files: what comes, goes or changes concerns little of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from builder import opendata
from builder.content import Summary, addresses, summarize
from builder.opendata import DataFile, DataRows, data_files
from builder.opendata.runs import digest_of
from builder.scoring import Document
from tests.opendata.test_opendata import DATED, opened
from tests.support.corpus import document_of
from tests.support.documents import SITE, document, indicator

LATE = indicator(实际完成值="4(次)", 偏差原因分析及改进措施="人手不足。")


def test_a_digest_tells_what_stands_where() -> None:
    given = [(), (b"",), (b"", b""), (b"ab",), (b"a", b"b"), (b"b", b"a"), (b"1:a",)]
    assert len({digest_of(*one) for one in given}) == len(given)


@dataclass
class Memory:
    """Remembers all, and tells what it had not."""

    known: dict[tuple[str, tuple[bytes, ...]], bytes] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def __call__(self, step: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        key = step, tuple(made_of)
        if key not in self.known:
            self.made.append(step)
            self.known[key] = make()
        return self.known[key]


def many() -> list[Document]:
    """Reports of five years, some short of what they wanted."""
    return [document_of(number) for number in range(60)]


@dataclass
class Holdings:
    """Data files that are made again and again, with what is remembered of them."""

    documents: list[Document]
    memory: Memory = field(default_factory=Memory)

    def files(self, memory: Memory | None = None) -> Iterator[DataFile]:
        rows = [opendata.data_rows(one, SITE) for one in self.documents]
        summaries = [summarize(one) for one in self.documents]
        return data_files(rows, summaries, SITE, memory or self.memory)

    def written(self) -> dict[str, bytes]:
        """All files; what was not known in `memory.made`."""
        self.memory.made.clear()
        return {file.path: b"".join(file.make()) for file in self.files()}

    def anew(self) -> dict[str, bytes]:
        return {file.path: b"".join(file.make()) for file in self.files(Memory())}

    def digests(self) -> dict[str, bytes]:
        return {file.path: file.made_of() for file in self.files()}


@pytest.fixture
def _short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.cache.USUAL", 4)


@pytest.mark.usefixtures("_short_runs")
def test_nothing_is_made_twice() -> None:
    held = Holdings(many())
    first = held.written()
    # Files of a year find all in what was made for those of all years, but their dictionary.
    assert len(held.memory.made) == len(set(held.memory.known))
    of_all = Memory()
    for file in held.files(of_all):
        if file.years == addresses.ALL_YEARS:
            list(file.make())
    assert {step for step, _ in held.memory.known.keys() - of_all.known.keys()} == {"json"}
    assert held.written() == first
    assert held.memory.made == []


@pytest.mark.usefixtures("_short_runs")
@pytest.mark.parametrize("change", ["changed", "gone", "new"])
def test_one_report_costs_its_own_runs(change: str) -> None:
    held = Holdings(many())
    before, all_steps = held.written(), len(held.memory.known)
    digests = held.digests()
    at = 30
    one = held.documents[at]
    report = one.report.model_copy(update={"name": "另一个项目"})
    other = replace(one, report=report)
    match change:
        case "changed":
            held.documents[at] = other
        case "gone":
            del held.documents[at]
        case "new":
            held.documents.insert(at, replace(other, stem="xiangmu-new"))
    after = held.written()
    assert after == held.anew()
    # Three tables, the deviations and the records, twice where the report ends a run of its own.
    assert 5 <= len(held.memory.made) <= 2 * (4 * 2 + 1)
    assert len(held.memory.made) < all_steps / 5
    changed = {path for path in after if after[path] != before[path]}
    assert {path.rpartition("/")[2][:4] for path in changed} == {f"{report.year}", "all.", "all-"}
    now = held.digests()
    assert {path for path in now if now[path] != digests[path]} >= changed


def test_a_deviation_is_told_anew_when_the_next_year_changes() -> None:
    """What became of it stands in the row of the old year, of which nothing else has changed."""
    short = {"绩效指标": {"产出指标": {"数量指标": [LATE]}}}
    old, new = document({"年度": "2023", **short}), document({"年度": "2024", **short})
    held = Holdings([old, new])
    first, digests = held.written(), held.digests()
    better = {"绩效指标": {"产出指标": {"数量指标": [indicator(实际完成值="6(次)")]}}}
    held.documents[1] = document({"年度": "2024", **better})
    second = held.written()
    assert second == held.anew()
    assert "仍有偏差" in first["data/2023-deviations.csv"].decode()
    assert "没有偏差" in second["data/2023-deviations.csv"].decode()
    now = held.digests()
    of_old = {path for path in now if path.startswith("data/2023")}
    assert {path for path in of_old if now[path] != digests[path]} == {
        "data/2023-deviations.csv",
        "data/2023.xlsx",
    }
    assert second["data/2023.csv"] == first["data/2023.csv"]


def test_a_workbook_is_another_one_with_another_day_and_title() -> None:
    rows = [opendata.data_rows(document(), SITE)]
    titled = SITE.model_copy(update={"title": "别的名称"})
    by_site = [
        {file.path: file.made_of() for file in data_files(rows, [], site)}
        for site in (SITE, titled, DATED)
    ]
    for path in by_site[0]:
        assert len({one[path] for one in by_site}) == (3 if path.endswith(".xlsx") else 1)


def test_who_knows_summaries_by_something_else_says_so() -> None:
    summaries = [summarize(document({"绩效指标": {"产出指标": {"数量指标": [LATE]}}}))]
    rows: list[DataRows] = [opendata.data_rows(document(), SITE)]
    asked: list[Summary] = []

    def known_by(summary: Summary) -> bytes:
        asked.append(summary)
        return b"known"

    memory = Memory()
    for file in data_files(rows, summaries, SITE, memory, known_by):
        list(file.make())
    assert asked == summaries  # once
    assert ("csv deviations", (digest_of(b"known", b"known"),)) in memory.known


def test_a_row_past_the_end_of_a_sheet_is_remembered_with_those_of_its_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("builder.opendata.workbook.LAST_ROW", 50)
    held = Holdings(many())
    book = opened(held.written()["data/2024.xlsx"])
    assert held.written() == held.anew()
    assert held.memory.made == []
    names = [name for name in book.sheetnames if name.startswith("指标")]
    every = [row for name in names for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert len(names) > 1
    assert {book[name].max_row for name in names[:-1]} == {51}
    monkeypatch.undo()
    (whole,) = [
        list(opened(data)["指标"].iter_rows(min_row=2, values_only=True))
        for path, data in held.anew().items()
        if path == "data/2024.xlsx"
    ]
    assert every == whole
