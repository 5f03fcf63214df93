"""One file through its year, as a site: pages, PDFs, data and search in each stage."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import simplejson

from builder.diagnostics import Diagnostics
from builder.pipeline import Request, build
from builder.progress import Progress
from tests.support.prints import words
from tests.support.stages import staged

SITE = "名称: 绩效公开\n网址: https://example.gov.cn/jx/\n"
SELF, TARGETS, REVIEW = "2024/peixun", "2024/peixun/targets", "2024/peixun/review"
APPROVED = ("peixun.pdf", "peixun.yaml", "report.json")


@cache
def site(stage: str, settings: str = SITE) -> Mapping[str, bytes]:
    """The site that the file makes in a stage: its files by their paths."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content/2024").mkdir(parents=True)
        (root / "content/site.yaml").write_text(settings, encoding="utf-8")
        (root / "content/2024/peixun.yaml").write_text(staged(stage), encoding="utf-8")
        request = Request(root / "content", root / "output")
        diagnostics = Diagnostics()
        build(request, diagnostics, Progress(io.StringIO()))
        assert not diagnostics.failed
        files = (path for path in (root / "output").rglob("*") if path.is_file())
        return {f"{path.relative_to(root / 'output')}": path.read_bytes() for path in files}


def text(stage: str, path: str) -> str:
    return site(stage)[path].decode()


def printed(stage: str, path: str) -> str:
    """What a PDF of the site says."""
    return "".join(word.text for page in words(site(stage)[path]) for word in page)


def row(stage: str) -> Mapping[str, str]:
    (found,) = csv.DictReader(text(stage, "data/2024.csv").lstrip("\ufeff").splitlines())
    return found


def test_each_stage_has_its_tables() -> None:
    pages = {stage: {path for path in site(stage) if path.endswith("index.html")} for stage in (
        "目标", "自评", "复核"
    )}  # fmt: skip
    for stage, found in pages.items():
        assert {f"{SELF}/index.html", f"{TARGETS}/index.html", "2024/targets/index.html"} <= found
        assert (f"{REVIEW}/index.html" in found) == (stage == "复核")
        assert ("2024/deviations/index.html" in found) == (stage != "目标")
        assert (f"{SELF}/peixun.pdf" in site(stage)) == (stage != "目标")


@pytest.mark.parametrize("name", APPROVED)
def test_what_was_approved_keeps_its_bytes(name: str) -> None:
    first, *others = (site(stage)[f"{TARGETS}/{name}"] for stage in ("目标", "自评", "复核"))
    assert all(other == first for other in others)


def test_the_targets() -> None:
    for said in (text("目标", f"{SELF}/index.html"), printed("目标", f"{TARGETS}/peixun.pdf")):
        assert "项目支出绩效目标表" in said
        assert "≥12(期)" in said
        assert "总分" not in said
    assert "2024年度绩效目标（1份）" in text("目标", "index.html")
    assert "平均总分" not in text("目标", "index.html") + text("目标", "2024/index.html")
    found = row("目标")
    assert (found["阶段"], found["总分"], found["年初预算数（万元）"]) == ("目标", "", "100.00")
    (core,) = (site("目标")[path].decode() for path in site("目标") if path == "search/core.js")
    assert "尚无结果" in core
    assert "/peixun/targets/index.html" in text("目标", "feed.xml")


def test_the_results() -> None:
    page, pdf = text("自评", f"{SELF}/index.html"), printed("自评", f"{SELF}/peixun.pdf")
    for said in (page, pdf):
        assert "99.45" in said
        assert "≥10(期)" in said
    assert "≥12(期)" in page, "what changed since approval is told"
    assert "因汛情停训两期" in page
    assert "编印教材" in page
    found = row("自评")
    assert (found["阶段"], found["总分"], found["复核总分"]) == ("自评", "99.45", "")
    feed = text("自评", "feed.xml")
    assert feed.count("<entry>") == 2


def test_both_scores() -> None:
    page, form = text("复核", f"{SELF}/index.html"), printed("复核", f"{REVIEW}/peixun.pdf")
    for said in (page, form, text("复核", f"{REVIEW}/index.html")):
        assert all(figure in said for figure in ("99.45", "95.20", "-4.25"))
    assert "总分按复核的统计" in text("复核", "2024/index.html")
    found = row("复核")
    assert (found["阶段"], found["总分"], found["复核总分"]) == ("复核", "99.45", "95.20")
    data = simplejson.loads(text("复核", f"{SELF}/report.json"), use_decimal=True)
    assert f"{data['复核']['相差']}" == "-4.25"


@pytest.mark.parametrize("page", [SELF, TARGETS, REVIEW])
def test_every_place_that_a_page_names_is_there(page: str) -> None:
    said = text("复核", f"{page}/index.html")
    places = set(re.findall(r' href="#([^"]+)"', said))
    assert places <= set(re.findall(r' id="([^"]+)"', said))
    assert (page == SELF) == ("points-1" in places)


def test_a_review_that_is_not_public_leaves_no_byte() -> None:
    settings = f"{SITE}复核结果: 不公开\n"
    assert site("复核", settings) == site("自评", settings)
