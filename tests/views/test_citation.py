"""How a table is cited: GB/T 7714, with what is known and nothing else."""

from __future__ import annotations

import pytest

from builder.model import Site
from builder.views import RevisionView, report_view, stage_view
from tests.support.documents import ADDRESS, document

BASED = {"网址": ADDRESS, "主办单位": "甲局"}
PAGE = f"{ADDRESS}2024/made/index.html"


def cited(site: dict[str, str], changes: dict[str, str], *revisions: RevisionView) -> str:
    found = report_view(document(changes), Site.model_validate(site), revisions=revisions).citation
    return f"{found.head}[]{found.tail}" if found.tail else found.head


def revised(day: str, kind: str) -> RevisionView:
    return RevisionView("某日", day, "", ("改了",), "", kind)  # type: ignore[arg-type]


TITLE = "乙单位. 培训项目: 2024年度财政项目支出绩效自评表[EB/OL]."


@pytest.mark.parametrize(
    ("site", "changes", "expected"),
    [
        (BASED, {"发布日期": "2025-03-31"}, f"{TITLE} (2025-03-31)[]. {PAGE}."),
        (BASED | {"发布日期": "2025-08-20"}, {}, f"{TITLE} (2025-08-20)[]. {PAGE}."),
        (BASED, {}, f"{TITLE} []. {PAGE}."),
        ({"主办单位": "甲局", "发布日期": "2025-08-20"}, {}, f"{TITLE} 甲局, 2025."),
        ({"主办单位": "甲局"}, {}, f"{TITLE} 甲局."),
        ({"发布日期": "2025-08-20"}, {}, f"{TITLE} 2025."),
        ({}, {}, TITLE),
    ],
)
def test_citations(site: dict[str, str], changes: dict[str, str], expected: str) -> None:
    assert cited(site, changes) == expected


def test_of_what_was_changed_the_day_of_the_last_change_is_cited() -> None:
    day = {"发布日期": "2025-03-31"}
    later = revised("2025-09-01", "文字修改"), revised("2025-05-01", "更正")
    assert "(2025-09-01)" in cited(BASED, day, *later)
    assert "(2025-03-31)" in cited(BASED, day, revised("2025-09-01", ""))


def test_a_table_of_targets_is_cited_by_its_own_day() -> None:
    planned = document({"阶段": "目标", "批复": {"日期": "2024-01-15"}, "发布日期": "2025-03-31"})
    found = stage_view(planned, Site.model_validate(BASED), "目标", stages=("目标",)).citation
    assert "(2024-01-15)" in found.head
    assert found.tail == f". {ADDRESS}2024/made/targets/index.html."


def test_an_address_is_cited_as_it_is_opened() -> None:
    found = report_view(document(stem="党员 教育"), Site.model_validate(BASED)).citation
    assert " " not in found.tail.removeprefix(". ")
    assert "%" in found.tail
