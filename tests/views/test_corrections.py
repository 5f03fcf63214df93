"""The notice of a corrected report and the list of all corrections."""

from __future__ import annotations

from builder.content import summarize
from builder.views import RevisionView, correction_pages, corrections, report_view, site_view
from builder.views.revisions import notice
from tests.support.documents import SITE, document


def revised(moment: str, kind: str, *words: str, effect: str = "") -> RevisionView:
    return RevisionView(moment, moment, "", words or ("改了",), effect, kind)  # type: ignore[arg-type]


def test_a_notice_tells_the_newest_correction_and_counts_the_others() -> None:
    words = revised("2025-10-01", "文字修改")
    newest = revised("2025-09-01", "更正", "甲", "乙", "丙", effect="总分 92.10 → 91.80")
    found = notice((words, newest, revised("2025-08-01", "更正"), revised("2025-07-01", "")))
    assert found
    assert found.moment == "2025-09-01"
    assert found.words == "甲；乙等 3 处；总分 92.10 → 91.80。"
    assert "1" in found.earlier
    once = notice((newest,))
    assert once
    assert not once.earlier
    assert notice((words,)) is None
    assert report_view(document(), SITE).correction is None


def test_the_newest_come_first_and_pages_hold_so_many() -> None:
    summary = summarize(document())
    days = ("2025-03-01", "2025-11-01", "2025-09-09")
    view, page = corrections(site_view(SITE), [(summary, revised(day, "更正")) for day in days])
    assert [entry.moment for entry in view.entries] == sorted(days, reverse=True)
    pages = list(correction_pages(view, page, rows=2))
    assert [len(part.entries) for part, _ in pages] == [2, 1]
    assert [place.path for _, place in pages] == [
        "corrections/index.html", "corrections/index-2.html",
    ]  # fmt: skip
    [(alone, _)] = correction_pages(view, page)
    assert alone.pager is None
