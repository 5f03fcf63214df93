"""What is said of published forms that were typed in as they are: each finding has been judged.

`data/forms/findings.yaml` holds them by form, with the judgement and why: all can be defended.
A new finding, or one that is gone, fails here and wants to be judged, too; a false alarm is
mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from builder.records import BLANK
from builder.review.edition import Edition, Reading
from builder.review.files import of_bytes
from builder.review.problems import with_subjects
from tests.conftest import ROOT

FORMS = ROOT / "tests" / "data" / "forms"
CONTENT = FORMS / "content"
NAMES = sorted(
    path.relative_to(CONTENT).with_suffix("").as_posix() for path in CONTENT.glob("2*/*.yaml")
)
JUDGED = YAML(typ="safe").load((FORMS / "findings.yaml").read_text(encoding="utf-8"))
VERDICTS = {"站得住", "原文不全"}  # wrong; cut, or not taken

LOST = "（原"  # begins what stands for a cell that the form has not or the copy lost
# Two columns in one cell of ours, misread characters, and a text across two pages of its copy.
EDITED = (
    "=100(%)", "使学生和老师有个更好的学习", "中心2021年较好地完成了履职任务", "定性指标",
    "有资金测算标准", "—",
)  # fmt: skip
# The year that a form without one was put in.
YEARS = {"2019/207-hainan-fuwumaoyi": "2019"}

# Printed and computed figures that differ: here the form is wrong, or rounds as no rule does.
DIFFERENT = {
    "2019/07-ezhou-caizhengju": {"总分": ("90", "96")},  # without the execution
    "2020/17-fuwumaoyi": {"总分": ("100", "120.00")},  # 20 + 60 + 40
    "2021/12-yinchuan-no6": {"总分": ("98", "84.00")},  # 94 at most, with the row that is cut
    "2021/14-lingling-linyeju": {
        "执行率": ("100", "80.45"),
        "预算执行得分": ("10", "8.04"),
    },
    "2022/01-putuo-tiyu": {"执行率": ("86.19", "86.18")},
}


@cache
def edition() -> Edition:
    """All forms together."""
    files = {
        path.relative_to(CONTENT).as_posix(): path.read_bytes() for path in CONTENT.rglob("*.yaml")
    }
    return Edition("forms", CONTENT, of_bytes(files))


@cache
def reading(name: str) -> Reading:
    """One form, with everything found in it."""
    return edition().read(f"{name}.yaml")


def told(name: str) -> set[str]:
    """The findings of a form, as the judged ones are written."""
    document = reading(name).document
    levels = 1 + len(document.layout.indicators.levels) if document else 0
    counts = Counter(
        f"{found.rule.code} {'/'.join(subject[levels:] or subject)}"
        if subject[0] == "绩效指标"
        else f"{found.rule.code} {'/'.join(subject)}"
        for subject, found in with_subjects(reading(name), {})
    )
    return {f"{what} ×{count}" if count > 1 else what for what, count in counts.items()}


def judged(name: str) -> Iterator[str]:
    """The findings of a form that were judged: code and place."""
    for finding in JUDGED[name]:
        for place in finding["位置"]:
            yield f"{finding['编号']} {place}"


def texts(value: Any) -> Iterator[str]:
    """Every value of a file, as it was typed."""
    match value:
        case dict():
            for label, inner in value.items():
                yield from () if label == "评分规则" else texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case _:
            yield value


def joined(text: str) -> str:
    """A text without what divides cells and digits: 大于等于 | 98 | % is typed as one."""
    return "".join(text.split()).translate(str.maketrans("", "", "|,"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_typed_is_in_the_form(name: str) -> None:
    (form,) = FORMS.glob(f"{name.partition('/')[2].partition('-')[0]}_*.txt")
    printed = joined(form.read_text(encoding="utf-8"))
    typed = YAML(typ="base", pure=True).load(CONTENT / f"{name}.yaml")
    own = [text for text in texts(typed) if joined(text) not in printed]
    own = [text for text in own if text != YEARS.get(name)]
    assert [text for text in own if not text.startswith((BLANK, LOST, *EDITED))] == []


def test_every_form_is_judged() -> None:
    assert edition().found == ()
    assert sorted(JUDGED) == NAMES
    for findings in JUDGED.values():
        assert all(finding["判断"] in VERDICTS and finding["缘由"] for finding in findings)


@pytest.mark.parametrize("name", NAMES)
def test_findings(name: str) -> None:
    assert reading(name).document is not None
    known = list(judged(name))
    assert len(known) == len(set(known))
    new, gone = told(name) - set(known), set(known) - told(name)
    assert not new, "new findings: " + "; ".join(sorted(new))
    assert not gone, "no longer found: " + "; ".join(sorted(gone))


@pytest.mark.parametrize("name", NAMES)
def test_figures(name: str) -> None:
    document = reading(name).document
    assert document is not None
    declared, card = document.report.declared, document.card
    if declared is None:
        return
    figures = {
        "执行率": (declared.rate, card.execution.total.rate),
        "预算执行得分": (declared.execution_score, card.execution.score),
        "总分": (declared.total, card.total),
    }
    differing = {
        label: (f"{printed}", f"{computed}")
        for label, (printed, computed) in figures.items()
        if printed is not None and printed != computed
    }
    assert differing == DIFFERENT.get(name, {})
