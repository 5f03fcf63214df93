"""The search index: what is found of a report, and that no gram lies."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content import Summary, summarize
from builder.site import search_files
from builder.site.search.facets import AMOUNT_BANDS, RATE_BANDS, band, facets, order, shared
from builder.site.search.grams import fold, grams
from builder.site.search.index import BASE, PHRASE, SIGNS, Index, column, encode
from builder.site.search.passages import entry, pack, passages, unpack
from builder.site.search.sounds import said
from tests.support import searching
from tests.support.corpus import document_of
from tests.support.pages import document
from tests.support.reports import GOOD, changed, profiles

RATE = profiles().by_name["上海市级"].execution.rate
TEXTS = st.text("党群服务阵地a1.5,路０８㎡，。 ", max_size=12)


def decode(text: str, count: int) -> list[int]:
    """Reports of an encoded list, as search.js reads them."""
    numbers, number, gap, scale = [], -1, 0, 1
    for sign in text.removeprefix("~"):
        value = SIGNS.index(sign)
        if value >= BASE:
            gap += (value - BASE) * scale
            scale *= BASE
            continue
        number += gap + value * scale + 1
        numbers.append(number)
        gap, scale = 0, 1
    return sorted(set(range(count)) - set(numbers)) if text.startswith("~") else numbers


def belonging(files: Mapping[str, bytes]) -> list[int]:
    """The number of the newest report of each one's project, as search.js reads it."""
    core = searching.held_in(files["search/core.js"])
    firsts = decode(core["projects"], core["count"])
    own = [max(first for first in firsts if first <= number) for number in range(core["count"])]
    return [core["elsewhere"].get(f"{number}", first) for number, first in enumerate(own)]


def summary_of(number: int) -> Summary:
    found = document_of(number)
    return summarize(found)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１８４．６５", "184.65"),
        ("1,234,567.80", "1234567.80"),
        ("12,34", "12,34"),
        ("完成100，200场", "完成100,200场"),
        ("ＧＩＳ平台", "gis平台"),
        ("90㎡", "90m2"),
    ],
)
def test_texts_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_grams_are_pairs_words_and_where_they_meet() -> None:
    found, triples = grams("沪太路860号，184.65")
    assert found == {
        "沪太", "太路", "路", "路8", "0号", "号", "860", "8*", "86*", "184.65", "1*", "18*",
    }  # fmt: skip
    assert triples == {"沪太路"}


@given(st.sets(st.integers(0, 5_000)), st.integers(0, 99))
def test_lists_of_reports_come_back(numbers: set[int], more: int) -> None:
    count = max(numbers, default=0) + 1 + more
    text = encode(sorted(numbers), count)
    assert decode(text, count) == sorted(numbers)
    assert text.isascii()
    assert not set(text) & set('"\\|')


@given(st.lists(st.integers(0, 10_000)))
def test_columns_come_back(numbers: list[int]) -> None:
    width, text = column(numbers)
    found = [0] * len(numbers)
    for place, sign in enumerate(text):
        found[place // width] = found[place // width] * len(SIGNS) + SIGNS.index(sign)
    assert found == numbers


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=8))
def test_no_gram_lies(reports: list[list[str]]) -> None:
    """Each gram names the reports that hold it; where three are not kept, their pairs tell."""
    index = Index(texts[0] for texts in reports)
    for texts in reports:
        index.add(unpack(pack({"passages": [["", "", text] for text in texts]})))
    entries = {gram: code for shard in index.shards() for gram, code in shard.entries.items()}
    held = {gram: set(decode(code.split("|")[0], index.count)) for gram, code in entries.items()}
    named = {gram: decode(code.split("|")[1], index.count) for gram, code in entries.items()
             if "|" in code}  # fmt: skip
    for number, texts in enumerate(reports):
        for gram in grams(texts[0])[0]:
            assert number in named[gram]
    everywhere = [[fold(text) for text in texts] for texts in reports]
    for length in (2, 3):
        runs = {
            text[i : i + length]
            for texts in everywhere
            for text in texts
            for i in range(len(text) - length + 1)
            if all("\u4e00" <= sign <= "\u9fff" for sign in text[i : i + length])
        }
        for run in runs:
            true = {n for n, texts in enumerate(everywhere) if any(run in text for text in texts)}
            told = held[run] if run in held else held[run[:2]] & held[run[1:]]
            assert told == true
    # What stands in a name is told exactly, up to a length, by all of its parts together.
    names = {text for texts in everywhere for text in re.split("[^\u4e00-\u9fff]", texts[0])}
    for name in names:
        for length in range(2, PHRASE + 1):
            for at in range(len(name) - length + 1):
                run = name[at : at + length]
                parts = (
                    run[i : i + n] for n in range(2, length + 1) for i in range(length - n + 1)
                )
                told = set.intersection(*(held[part] for part in parts if part in held))
                true = {n for n, own in enumerate(everywhere) if any(run in text for text in own)}
                assert told == true


def test_shards_follow_one_another() -> None:
    index = Index(document_of(number).report.name for number in range(40))
    for number in range(40):
        index.add(unpack(entry(document_of(number))))
    shards = list(index.shards())
    assert len(shards) > 2
    order_of = [gram for shard in shards for gram in shard.entries]
    assert order_of == sorted(order_of)
    for shard in shards:
        assert shard.first == next(iter(shard.entries))
        assert len(json.dumps(shard.entries, ensure_ascii=False).encode()) < 12_000
        # A browser looks for a run of three where its first two are.
        assert all(gram[:2] in shard.entries for gram in shard.entries if len(gram) > 2
                   and gram[0] >= "\u4e00")  # fmt: skip


def test_all_of_a_report_is_found_and_nothing_internal() -> None:
    text = GOOD + "内部备注: 暗流\n佐证材料:\n  - {名称: 明细表, 文件: a.pdf, 内部: 否}\n"
    found = list(passages(document(text + "  - {名称: 密件, 文件: b.pdf, 内部: 是}\n")))
    told = "\n".join(passage.text for passage in found)
    assert [p.label for p in found[:4]] == ["项目名称", "主管部门", "实施单位", "年度"]
    assert "明细表" in told
    assert "暗流" not in told
    assert "密件" not in told


def test_kinds_of_indicators_are_found_but_shown_last() -> None:
    found = list(passages(document(GOOD)))
    assert found[-1].label == "绩效指标"
    assert "、" in found[-1].text
    kinds = set(found[-1].text.split("、"))
    assert {"产出指标", "满意度指标"} <= kinds


def test_a_withheld_report_is_refused() -> None:
    withheld = document(GOOD + "公开: {范围: 不公开, 理由: 涉密}\n")
    with pytest.raises(ValueError, match="withheld"):
        entry(withheld)


def test_passages_print_figures_as_the_form_does() -> None:
    found = {p.anchor: p.text for p in passages(document_of(1)) if p.anchor.startswith("fund")}
    assert all(amount.count(".") == 1 for amount in found["fund-0"].split("，")[1:4])


@pytest.mark.parametrize(
    ("value", "name"),
    [("0", "不到10万元"), ("99999.99", "不到10万元"), ("100000", "10万至不到50万元"),
     ("10000000", "1000万元以上")],
)  # fmt: skip
def test_amounts_fall_into_bands(value: str, name: str) -> None:
    assert band(Decimal(value), AMOUNT_BANDS) == name


@pytest.mark.parametrize(
    ("value", "name"),
    [("59.99", "不到60%"), ("60", "60%至不到80%"), ("94.99", "80%至不到95%"),
     ("95", "95%至不到100%"), ("99.99", "95%至不到100%"), ("100.00", "100%"),
     ("100.01", "超过100%"), ("100.0001", "超过100%")],
)  # fmt: skip
def test_rates_fall_into_bands(value: str, name: str) -> None:
    assert band(Decimal(value), RATE_BANDS) == name


def test_facets_give_each_report_its_value() -> None:
    summaries = [summary_of(number) for number in range(30)]
    by_label = {facet["label"]: facet for facet in facets(summaries)}
    years = by_label["年度"]
    assert years["values"] == sorted({f"{s.year}" for s in summaries}, reverse=True)
    for facet in by_label.values():
        assert len(facet["column"]) == facet["width"] * len(summaries)
    departments = by_label["主管部门"]
    told = [departments["values"][SIGNS.index(sign)] for sign in departments["column"]]
    assert told == [summary.department for summary in summaries]


def test_a_facet_within_another_gives_each_report_its_value() -> None:
    summaries = [summary_of(number) for number in range(60)]
    summaries[1] = replace(summaries[1], unit=summaries[0].unit, department="市某局")
    by_label = {facet["label"]: facet for facet in facets(summaries)}
    units, departments = by_label["实施单位"], by_label[by_label["实施单位"]["within"]]
    above = [SIGNS.index(sign) for sign in departments["column"]]
    own = [SIGNS.index(sign) for sign in units["column"]]
    told = [units["values"][sum(units["sizes"][:a]) + o] for a, o in zip(above, own, strict=True)]
    assert told == [summary.unit for summary in summaries]
    assert (
        len(units["values"])
        == sum(units["sizes"])
        == len({(s.department, s.unit) for s in summaries})
    )


def test_columns_that_share_signs_come_back() -> None:
    found = facets([summary_of(number) for number in range(60)])
    alone = {facet["label"]: facet["column"] for facet in found}
    by_label = {facet["label"]: facet for facet in found}
    told = {label: facet["column"] for label, facet in by_label.items() if "within" in facet}
    columns = shared(found)
    assert len(columns) < len(alone) - 3
    for labels, signs in columns:
        numbers = [SIGNS.index(sign) for sign in signs]
        for label in labels:
            assert "column" not in by_label[label]
            size = len(by_label[label]["values"])
            told[label] = "".join(SIGNS[number % size] for number in numbers)
            numbers = [number // size for number in numbers]
    assert told == alone


def test_a_form_without_points_has_no_deviations_to_speak_of() -> None:
    text = changed(("项目名称: 公益", "评分规则: 转移支付\n项目名称: 公益"))
    entries = [document(text), document(GOOD)]
    made = [summarize(d) for d in entries]
    facet = next(facet for facet in facets(made) if facet["label"] == "偏差")
    told = [facet["values"][SIGNS.index(sign)] for sign in facet["column"]]
    assert told == ["不计分", "无偏差"]


def test_orders_leave_what_has_no_value_to_the_end() -> None:
    summaries = [summary_of(number) for number in range(6)]
    summaries[2] = replace(summaries[2], total=None)
    found = order("total", summaries)
    ranks = [SIGNS.index(sign) for sign in found["column"]]
    assert ranks[2] == found["valued"] == max(ranks)
    rest = [number for number in range(6) if number != 2]
    totals = [summaries[n].total for n in sorted(rest, key=lambda number: ranks[number])]
    assert totals == sorted(totals, key=lambda total: -(total or 0))


def test_equals_share_a_rank() -> None:
    totals = ["90", "95.5", "90.00", "60"]
    summaries = [replace(summary_of(n), total=Decimal(t)) for n, t in enumerate(totals)]
    found = order("total", summaries)
    assert [SIGNS.index(sign) for sign in found["column"]] == [1, 0, 1, 2]
    assert found["valued"] == 3


def test_files_are_scripts_of_json() -> None:
    name = "</script> constructor __proto__"
    hostile = document(changed(("项目名称: 公益培训项目", f"项目名称: '{name}'")))
    made = summarize(hostile)
    files = dict(search_files([(made, entry(hostile))], RATE))
    for data in files.values():
        assert searching.held_in(data)


def test_years_of_a_project_stand_together_the_newest_first() -> None:
    like, held = summary_of(0), entry(document_of(0))
    known = [("a", 2022, 9), ("b", 2023, 5), ("a", 2024, 1), ("c", 2024, 7), ("b", 2022, 8)]
    made = [
        (replace(like, stem=stem, year=year, budget=Decimal(amount)), held)
        for stem, year, amount in known
    ]
    files = dict(search_files(made, RATE))
    known_texts = searching.texts(files.__getitem__)
    told = [one["row"][0] for one in known_texts]
    assert told == ["2024/a", "2022/a", "2024/c", "2023/b", "2022/b"]
    assert belonging(files) == [0, 0, 2, 3, 3]
    assert known_texts[0]["years"] == {"2022": "2022/a/index.html"}
    assert "years" not in known_texts[2]


def test_two_reports_of_one_year_are_two_projects() -> None:
    held = entry(document_of(0))
    made = [(replace(summary_of(n), year=2024, code="310000"), held) for n in range(2)]
    files = dict(search_files(made, RATE))
    assert belonging(files) == [0, 1]


def test_names_are_known_by_how_they_are_said() -> None:
    found = said(["党群服务", "党群服务", "银行党群（2024）", "重庆"])
    pairs = [found["pairs"][i : i + 2] for i in range(0, len(found["pairs"]), 2)]
    assert set(pairs) == {"党群", "群服", "服务", "银行", "行党", "重庆"}
    assert pairs[0] == "党群"  # in two names; how many reports have one is no matter
    assert found["sounds"]["dang"] == "党"
    assert found["sounds"]["hang"] == "行"  # as it is said in 银行
    assert "xing" not in found["sounds"]
    assert found["sounds"]["chong"] == "重"
    assert said(["服务党群", "党群服务"]) == said(["党群服务", "服务党群"])
