"""The same findings for a person, GitHub, GitLab, a SARIF viewer and a program."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from builder import catalogue
from builder.diagnostics import Diagnostic, Diagnostics, Rule, Severity, Span
from builder.reporters import REPORTERS, WINDOW
from tests.conftest import ROOT
from tests.reports import FILE, changed, examine

SARIF: dict[str, Any] = json.loads(
    (ROOT / "tests" / "data" / "sarif" / "sarif-2.1.0.json").read_text(encoding="utf-8")
)
RULE = Rule("C999", "百分之百", "{what}", "{do}", Severity.WARNING)

BROKEN = changed(
    ("主管部门: ", "主管部门："),
    ("年度: 2024", "年度: 2024\n年度: 2024"),
    ("分值: 30", "分值: 30\n        得份: 3"),
)
LOW = changed(
    ("全年执行数: 95.00", "全年执行数: 55.00"), ("实际完成值: 12(期)", "实际完成值: 30(期)")
)


def finding(
    what: str, at: Span, do: str = "", related: dict[Span, str] | None = None
) -> Diagnostics:
    diagnostics = Diagnostics()
    diagnostics.report(RULE, at, related=related, what=what, do=do)
    return diagnostics


def said(name: str, text: str) -> str:
    return REPORTERS[name](examine(text).found, {FILE: text})


def caret(text: str, span: Span) -> tuple[str, str]:
    """The quoted line and the line of carets below it, without their gutters."""
    lines = REPORTERS["text"](finding("甲", span), {FILE: text}).splitlines()
    return lines[2].partition("| ")[2], lines[3].partition("| ")[2]


@pytest.mark.parametrize(
    ("text", "column", "end", "carets"),
    [
        ("年度: 2024", 5, 9, "      ^^^^"),
        ("项目名称: 党建", 7, 9, "          ^^^^"),
        ("ａｂ: 党", 1, 3, "^^^^"),
        ("a：b", 2, 3, " ^^"),
        ("\t年度: 1", 6, 7, "          ^"),
        ("年\t度: 1", 2, 3, "  ^"),
        ("年度", 3, 3, "    ^"),
        ("≥90%", 1, 2, "^"),
    ],
)
def test_caret_stands_below_its_place(text: str, column: int, end: int, carets: str) -> None:
    line, found = caret(text, Span(FILE, 1, column, 1, end))
    assert found == carets
    assert line == text.expandtabs(4)


def test_caret_of_several_lines_ends_with_the_first() -> None:
    assert caret("甲: 乙\n  丙", Span(FILE, 1, 4, 2, 4)) == ("甲: 乙", "    ^^")


def test_long_line_is_cut_around_its_place() -> None:
    for index in (0, 5_000, 9_999):
        text = "党" * index + "甲" + "党" * (9_999 - index)
        line, found = caret(text, Span(FILE, 1, index + 1, 1, index + 2))
        assert len(line) <= 2 * WINDOW + 1
        before = len(found) - 2
        width = 0
        for character in line:
            if width == before:
                assert character == "甲"
                break
            width += 1 if character == "…" else 2


def test_text_names_place_rule_line_and_advice() -> None:
    text = said("text", BROKEN)
    for diagnostic in examine(BROKEN).found:
        assert f"{diagnostic.span}: " in text
        assert f"[{diagnostic.rule.code}] {diagnostic.message}\n" in text
        assert diagnostic.hint in text
    assert text.index("Y202") < text.index("Y301")
    assert f"  {FILE}:1:1: 首次出现在这里\n" in text


def test_place_without_a_text_has_no_quote() -> None:
    for texts in ({}, {FILE: ""}, {FILE: "年度: 2024"}):
        text = REPORTERS["text"](finding("甲", Span(FILE, 3)), texts)
        assert text.count("\n") == 1


def test_stranger_cannot_steer_the_terminal() -> None:
    nasty = "\x1b[2J\r\n::stop-commands::x\u202e\x9b\ud800"
    at = Span(FILE, 1, 1, 1, 2)
    found = finding(nasty, at, nasty, {at: nasty})
    text = REPORTERS["text"](found, {FILE: nasty})
    assert all(character == "\n" or character.isprintable() for character in text)
    commands = REPORTERS["github"](found, {FILE: nasty}).splitlines()
    assert sum(line.lstrip().startswith("::") for line in commands) == 1


def test_github_escapes() -> None:
    out = REPORTERS["github"](
        finding("100%\n完成: 甲,乙", Span("content/2024/a,b:c.yaml", 3, 5, 3, 9), "写成\r5%"), {}
    )
    command, _, rest = out.partition("\n")
    properties, _, message = command.removeprefix("::warning ").partition("::")
    assert message == "100%25%0A完成: 甲,乙（写成%0D5%25）"
    values = dict(part.split("=") for part in properties.split(","))
    assert values["file"] == "content/2024/a%2Cb%3Ac.yaml"
    assert (values["line"], values["col"], values["endLine"], values["endColumn"]) == tuple("3539")
    assert values["title"] == "C999 百分之百"
    assert rest == REPORTERS["text"](
        finding("100%\n完成: 甲,乙", Span("content/2024/a,b:c.yaml", 3, 5, 3, 9), "写成\r5%"), {}
    )


def test_github_knows_severities() -> None:
    out = said("github", LOW + "公开: {范围: 部分}\n") + said("github", LOW)
    assert {line.split()[0] for line in out.splitlines() if line.startswith("::")} == {
        "::error",
        "::warning",
    }


def issues(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said("gitlab", text))
    return found


def test_gitlab_fingerprints_survive_moved_lines() -> None:
    twice = changed(
        ("分值: 30", "分值: 30\n        得份: 3"), ("分值: 10", "分值: 10\n        得份: 3")
    )
    before, after = issues(twice), issues("# 一行\n# 又一行\n" + twice)
    assert [one["fingerprint"] for one in before] == [one["fingerprint"] for one in after]
    assert len({one["fingerprint"] for one in before}) == len(before) == 2
    lines = [one["location"]["lines"]["begin"] for one in (*before, *after)]
    assert lines == [33, 40, 35, 42]


def test_gitlab_has_what_code_quality_needs() -> None:
    for issue in issues(BROKEN) + issues(LOW):
        assert issue["description"]
        assert issue["check_name"] in catalogue.RULES
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] == FILE
        assert issue["location"]["lines"]["begin"] >= 1


def test_gitlab_fingerprints_differ_between_files() -> None:
    both = [*finding("甲", Span("a.yaml")), *finding("甲", Span("b.yaml"))]
    found = json.loads(REPORTERS["gitlab"](both, {}))
    assert len({issue["fingerprint"] for issue in found}) == 2


@pytest.mark.parametrize(
    "text", [BROKEN, LOW, changed(), ""], ids=["errors", "warnings", "good", "empty"]
)
def test_sarif_fits_its_schema(text: str) -> None:
    document = json.loads(said("sarif", text))
    Draft4Validator(SARIF).validate(document)
    run = document["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(rules) == sorted({result["ruleId"] for result in run["results"]})
    assert len(run["results"]) == len(examine(text).found)


def test_sarif_places() -> None:
    span = Span("content/2024/公益 培训#1.yaml", 3, 5, 3, 9)
    document = json.loads(REPORTERS["sarif"](finding("甲", span, related={span: "乙"}), {}))
    Draft4Validator(SARIF).validate(document)
    result = document["runs"][0]["results"][0]
    for location in (result["locations"][0], result["relatedLocations"][0]):
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri == "content/2024/%E5%85%AC%E7%9B%8A%20%E5%9F%B9%E8%AE%AD%231.yaml"
        assert place["region"] == {
            "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9,
        }  # fmt: skip
    assert result["level"] == "warning"


def test_json_holds_everything() -> None:
    found = json.loads(said("json", BROKEN))
    told = examine(BROKEN).found
    assert [(one["code"], one["line"], one["column"], one["message"]) for one in found] == [
        (d.rule.code, d.span.line, d.span.column, d.message) for d in told
    ]
    assert found[0]["related"][0]["line"] == 1
    assert {one["file"] for one in found} == {FILE}
    assert json.loads(said("json", changed())) == []


@pytest.mark.parametrize("name", REPORTERS)
def test_name_that_is_no_text_can_be_said(name: str) -> None:
    file = b"content/2024/\xff.yaml".decode(errors="surrogateescape")
    out = REPORTERS[name](finding(file, Span(file)), {file: ""})
    assert out.encode()


@pytest.mark.parametrize("name", REPORTERS)
def test_nothing_found_is_said_in_the_format(name: str) -> None:
    assert REPORTERS[name]([], {}) == {
        "text": "", "github": "", "gitlab": "[]\n", "json": "[]\n",
    }.get(name, REPORTERS["sarif"]([], {}))  # fmt: skip


PLACES = st.builds(
    lambda line, column, lines, columns: Span(FILE, line, column, line + lines, column + columns),
    st.integers(1, 5),
    st.integers(1, 300),
    st.integers(0, 2),
    st.integers(0, 300),
)
ANY = st.text(max_size=300)


@given(ANY, PLACES, ANY, ANY)
def test_any_finding_can_be_said(text: str, span: Span, what: str, do: str) -> None:
    found: list[Diagnostic] = list(finding(what, span, do, {span: what}))
    for name, reporter in REPORTERS.items():
        out = reporter(found, {FILE: text})
        assert out.endswith("\n")
        if name in ("json", "gitlab", "sarif"):
            json.loads(out)
        if name == "text":
            assert out.splitlines() == out[:-1].split("\n")


def test_order_is_that_of_the_file() -> None:
    diagnostics = Diagnostics()
    for line, code in ((2, "C101"), (1, "Y301"), (1, "C202")):
        diagnostics.report(Rule(code, "", "甲", ""), Span(FILE, line))
    diagnostics.report(Rule("S101", "", "甲", ""), Span("a.yaml", 9))
    assert [d.rule.code for d in diagnostics] == ["S101", "C202", "Y301", "C101"]
