"""The same findings for a person, GitHub, GitLab, a SARIF viewer and a program."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, ValidationError

from builder.diagnostics import REPORTERS, Diagnostic, Diagnostics, Rule, Severity, Span, catalogue
from builder.diagnostics.reporters import WINDOW
from tests.conftest import ROOT
from tests.support.reports import FILE, changed, examine

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


def read_by_runner(out: str) -> list[tuple[dict[str, str], str]]:
    """What GitHub's runner reads from workflow commands: properties and message.

    After its `ActionCommand.TryParseV2` and `ValidateLinesAndColumns`, which drops what does not
    fit; here that fails.
    """
    read = []
    for line in out.split("\n"):
        if not line.startswith("::"):
            break
        head, _, message = line.removeprefix("::").partition("::")
        command, _, rest = head.partition(" ")
        assert command in {"error", "warning", "notice"}
        values = {}
        for part in rest.split(","):
            key, sign, value = part.partition("=")
            assert sign
            assert key in {"file", "line", "endLine", "col", "endColumn", "title"}
            assert not re.search(r"[\r\n:,]|%(?!25|0D|0A|3A|2C)", value)
            values[key] = unescaped(value, "%3A:", "%2C,")
        assert not re.search(r"\r|%(?!25|0D|0A)", message)
        lines, columns = range_of(values, "line", "endLine"), range_of(values, "col", "endColumn")
        assert lines
        assert columns is None or lines[0] == lines[1], "columns within one line only"
        read.append((values, unescaped(message)))
    return read


def range_of(values: dict[str, str], first: str, last: str) -> tuple[int, int] | None:
    if first not in values and last not in values:
        return None
    found = int(values[first]), int(values[last])
    assert 1 <= found[0] <= found[1]
    return found


def unescaped(value: str, *more: str) -> str:
    for code in ("%0D\r", "%0A\n", *more, "%25%"):
        value = value.replace(code[:3], code[3])
    return value


def test_github_escapes() -> None:
    what, do, file = "100%\n完成: 甲,乙 %0A", "写成\r5%", "content/2024/a,b:c%2C.yaml"
    found = finding(what, Span(file, 3, 5, 3, 9), do)
    out = REPORTERS["github"](found, {})
    assert read_by_runner(out) == [
        (
            {"file": file, "line": "3", "endLine": "3", "col": "5", "endColumn": "9",
             "title": "C999 百分之百"},
            f"{what}（{do}）",
        )
    ]  # fmt: skip
    assert out.partition("\n")[2] == REPORTERS["text"](found, {})


def test_github_takes_columns_within_one_line_only() -> None:
    ((values, _),) = read_by_runner(REPORTERS["github"](finding("甲", Span(FILE, 3, 5, 4, 2)), {}))
    assert (values["line"], values["endLine"]) == ("3", "4")
    assert "col" not in values


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


# After GitLab's page on the Code Quality report format: stricter than the schema in its source,
# which takes any text for a severity.
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^(\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def code_quality(out: str) -> list[dict[str, Any]]:
    """A report as GitLab takes it: of two with one fingerprint it would show the last."""
    found: list[dict[str, Any]] = json.loads(out)
    Draft4Validator(CODE_QUALITY).validate(found)
    assert len({one["fingerprint"] for one in found}) == len(found)
    return found


def test_gitlab_has_what_code_quality_needs() -> None:
    found = code_quality(said("gitlab", BROKEN)) + code_quality(said("gitlab", LOW))
    assert {one["check_name"] for one in found} <= set(catalogue.RULES)
    assert {one["location"]["path"] for one in found} == {FILE}
    assert {one["severity"] for one in found} == {"major", "minor"}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("severity",), "error"), (("location", "path"), "./content/a.yaml"),
        (("location", "lines", "begin"), 0), (("location", "lines", "begin"), "3"),
        (("fingerprint",), None), (("description",), ""), (("location", "lines"), {}),
    ],
)  # fmt: skip
def test_code_quality_rules_can_fail(place: tuple[str, ...], value: object) -> None:
    found: Any = json.loads(said("gitlab", LOW))
    target = found[0]
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    with pytest.raises(ValidationError):
        code_quality(json.dumps(found))


@pytest.mark.parametrize(
    ("key", "value"),
    [("level", "info"), ("message", "甲"), ("ruleId", 1), ("locations", {}), ("line", 3)],
)
def test_sarif_schema_can_fail(key: str, value: object) -> None:
    document = json.loads(said("sarif", LOW))
    document["runs"][0]["results"][0][key] = value
    with pytest.raises(ValidationError):
        Draft4Validator(SARIF).validate(document)


@pytest.mark.parametrize(
    "line",
    [
        "::fatal file=a,line=1,endLine=1::b", "::error file=a:b,line=1,endLine=1::b",
        "::error file=a,line=1,endLine=2,col=1,endColumn=2::b",
        "::error file=a,line=2,endLine=1::b",
        "::error file=a,line=1,endLine=1::100%", "::error file=a,b,line=1,endLine=1::b",
    ],
)  # fmt: skip
def test_runner_rules_can_fail(line: str) -> None:
    with pytest.raises(AssertionError):
        read_by_runner(line)


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


@given(ANY, PLACES, st.text(min_size=1, max_size=300), ANY)
def test_any_finding_can_be_said(text: str, span: Span, what: str, do: str) -> None:
    found: list[Diagnostic] = list(finding(what, span, do, {span: what}))
    for name, reporter in REPORTERS.items():
        out = reporter(found, {FILE: text})
        assert out.endswith("\n")
        if name in ("json", "sarif"):
            json.loads(out)
        if name == "gitlab":
            code_quality(out)
        if name == "github":
            assert len(read_by_runner(out)) == 1
        if name == "text":
            assert out.splitlines() == out[:-1].split("\n")


def test_order_is_that_of_the_file() -> None:
    diagnostics = Diagnostics()
    for line, code in ((2, "C101"), (1, "Y301"), (1, "C202")):
        diagnostics.report(Rule(code, "", "甲", ""), Span(FILE, line))
    diagnostics.report(Rule("S101", "", "甲", ""), Span("a.yaml", 9))
    assert [d.rule.code for d in diagnostics] == ["S101", "C202", "Y301", "C101"]
