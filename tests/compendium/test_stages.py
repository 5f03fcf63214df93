"""The stages of a year in its volumes: targets in one of their own, 复核 behind the forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder import content
from builder.compendium.body import body
from builder.compendium.book import Book, books
from builder.compendium.front import volume_view
from builder.compendium.order import Form, chapters
from builder.compendium.table import entries_of
from builder.content import Summary, addresses, summarize
from builder.scoring import Document
from builder.views import Overview, site_view
from tests.compendium.test_body import press
from tests.support import verapdf
from tests.support.pages import Page
from tests.support.reports import examine, profiles, settings
from tests.support.stages import staged
from tests.support.volumes import PREFACE, Volume, build

REVIEWED = "review:fuhe"


def read(stage: str) -> Document:
    document = examine(staged(stage)).document
    shown = content.approved(document, settings()) if document and stage == "目标" else document
    assert shown
    return shown


def summary(stage: str, stem: str, *, by_review: bool = True) -> Summary:
    return replace(summarize(read(stage), by_review=by_review), stem=stem)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with all stages, and one that has only targets."""
    folder = tmp_path_factory.mktemp("stages")
    for stage, year, stem in (
        ("复核", 2024, "fuhe"), ("自评", 2024, "ziping"), ("目标", 2025, "mubiao"),
    ):  # fmt: skip
        text = staged(stage).replace("公益培训项目", f"公益培训{stem}")
        text = text.replace("310000242010100001", f"{stem}-1")
        if year == 2025:
            text = text.replace("年度: 2024", "年度: 2025").replace(": 2024-", ": 2025-")
        path = folder / f"content/{year}/{stem}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        (path.parent / "compendium.md").write_text(PREFACE, encoding="utf-8")
    (folder / "content/site.yaml").write_text("主办单位: 某市财政局\n", encoding="utf-8")
    return build(folder)


@pytest.fixture(scope="module")
def results(site: Path) -> Volume:
    return Volume(site / "2024/compendium.pdf")


@pytest.fixture(scope="module")
def targets(site: Path) -> Volume:
    return Volume(site / "2024/targets/compendium.pdf")


def test_each_year_has_the_volumes_that_it_has_tables_for(site: Path) -> None:
    found = sorted(path.relative_to(site).as_posix() for path in site.glob("**/compendium*.pdf"))
    assert found == [
        "2024/compendium.pdf", "2024/targets/compendium.pdf", "2025/targets/compendium.pdf",
    ]  # fmt: skip
    for path in found:
        folder = (site / path).parent
        assert "compendium.pdf" in (folder / "index.html").read_text(encoding="utf-8")


def test_both_conform_to_pdf_a_3a_and_pdf_ua_1(
    results: Volume, targets: Volume, tmp_path: Path
) -> None:
    pdfs = {"results": results.path.read_bytes(), "targets": targets.path.read_bytes()}
    verdicts = verapdf.check(pdfs, tmp_path)
    assert [v for v in verdicts if not v.compliant] == []
    assert len(verdicts) == 4


def test_a_recheck_stands_right_behind_its_form(results: Volume) -> None:
    places = results.places
    assert places[REVIEWED] == places["fuhe"] + 1
    assert places["fuhe"] % 2 == 1  # both lie open
    assert "复核" in results.texts[places[REVIEWED]]
    below = [(level, target) for level, _, target in results.bookmarks if level > 1]
    at = below.index((2, "fuhe"))
    assert below[at + 1] == (3, REVIEWED)
    assert [level for level, _ in below].count(3) == 1
    contents = results.part("目录").text
    assert contents.count("公益培训fuhe") == 1


def test_both_scores_are_listed_with_what_they_differ_by(results: Volume) -> None:
    rows = results.part("复核情况一览").rows
    assert [row for row in rows if row[0] == "公益培训fuhe"] == [[
        "公益培训fuhe", "某市教师进修学院", "99.45", "95.20", "-4.25",
        "参训人次重复统计，部分支出属于上年。", results.labels[results.places[REVIEWED]],
    ]]  # fmt: skip
    assert not any("公益培训ziping" in row for row in rows)


def test_the_summary_counts_the_review_as_the_site_does(results: Volume, site: Path) -> None:
    total = results.part("汇总表").rows[-1]
    year = Page((site / "2024/index.html").read_text(encoding="utf-8"))
    figures = next(e for e in year.all("dl") if "figures" in e.classes).text
    assert f"平均总分{total[5]}分" in figures
    assert "按复核的结果统计" in results.part("编制说明").text


def test_a_volume_of_targets_tells_of_no_results(targets: Volume) -> None:
    titles = [title for level, title, _ in targets.bookmarks if level == 1]
    assert titles == [
        "封面", "扉页", "编制说明", "目录", "汇总表", "某市教育局",
        "附录一　名词解释", "附录二　项目索引", "附录三　指标索引",
    ]  # fmt: skip
    assert targets.texts[0].startswith("2024年度项目支出绩效目标汇编")
    assert targets.part("汇总表").rows == [
        ["主管部门", "项目数", "预算数", "绩效指标数"],
        ["某市教育局", "2", "200.00", "12"],
        ["合计", "2", "200.00", "12"],
    ]
    told = "".join(targets.texts)
    assert not any(
        word in told for word in ("执行率", "总分", "得分", "等级", "线上课程", "本书汇编")
    )
    assert "编印教材" in told


@pytest.mark.parametrize("by_review", [True, False])
def test_figures_follow_the_score_that_counts(by_review: bool) -> None:
    found = [summary("复核", "a", by_review=by_review), summary("自评", "b", by_review=by_review)]
    made = [Form(one, 1, bytes) for one in found]
    (book,) = books(made, press(), {})
    view = volume_view(book, [""], 0)
    overview = Overview(site_view(press().settings.site), found, profiles().by_name["上海市级"])
    listed, _ = overview.year(2024)
    shown = next(f.text for f in listed.statistics.figures if f.label == "平均总分")
    assert view.total.cells[4] == shown
    assert view.rechecked
    reasons = {e.indicator: e.reason for e in entries_of(made[:1])}
    assert ("培训人次" in reasons) == by_review
    if by_review:
        assert reasons["培训人次"] == "复核：签到表中七十二人次重复"


def test_targets_are_added_up_once_and_dated_by_themselves() -> None:
    whole = replace(summary("目标", "whole"), kind="部门整体", unit="某市教育局")
    forms = [Form(one, 1, bytes) for one in (summary("目标", "a"), summary("目标", "b"), whole)]
    (book,) = books(forms, press(), {2024: PREFACE})
    assert book.paths == addresses.volumes(2024, 1, "目标")
    view = volume_view(book, [""], 0)
    assert view.total.cells[:2] == ("2", "200.00")
    assert (view.title, view.preface, view.date) == ("支出绩效目标汇编", "", "2024年1月28日")


def test_a_form_and_its_recheck_of_a_page_each_lie_open() -> None:
    form = Form(summary("复核", "a"), 1, bytes, 1)
    long = replace(form, pages=3, summary=summary("复核", "b"))
    found = chapters([form, long])
    book = Book(2024, found, [found], (), "", press())
    (part,) = body(book).parts
    placed = {entry.piece.target: entry.page for entry in part}
    assert placed["a"] % 2
    assert placed["review:a"] == placed["a"] + 1
    assert placed["review:b"] == placed["b"] + 3
