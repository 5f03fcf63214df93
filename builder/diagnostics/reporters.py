"""Diagnostics for whoever reads them: a person, GitHub, GitLab, a SARIF viewer, a program.

A reporter is a function `(diagnostics, texts) -> str`; it decides nothing and prints
nothing. `texts` maps file names to their texts, for the line that is quoted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from builder.diagnostics.values import Diagnostic, Rule, Severity, Span, lines_of
from builder.text import width

Texts = Mapping[str, str]
Reporter = Callable[[Iterable[Diagnostic], Texts], str]

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
TAB = 4
WINDOW = 80  # characters quoted before and after a place

# Control characters as their pictures, invisible and direction marks as �.
_PICTURES = {code: 0x2400 + code for code in range(32)} | dict.fromkeys(
    (*range(0x7F, 0xA0), 0x061C, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
     *range(0x2060, 0x2070), 0xFEFF, *range(0xD800, 0xE000)),
    0xFFFD,
)  # fmt: skip


def text(diagnostics: Iterable[Diagnostic], texts: Texts) -> str:
    """For a person at a terminal: place, message, the line with a caret, what to do."""
    return "\n".join(_block(diagnostic, texts) for diagnostic in diagnostics)


def _block(diagnostic: Diagnostic, texts: Texts) -> str:
    head = f"{diagnostic.span}: {WORDS[diagnostic.severity]} [{diagnostic.rule.code}] "
    block = _visible(head + diagnostic.message) + "\n" + _quote(diagnostic.span, texts)
    for span, note in diagnostic.related:
        block += _visible(f"  {span}: {note}") + "\n" + _quote(span, texts)
    return block + (_visible(f"  建议：{diagnostic.hint}") + "\n" if diagnostic.hint else "")


def _visible(words: str) -> str:
    """Words of a stranger in one line that cannot steer a terminal: `␛` for an escape."""
    return words.translate(_PICTURES)


def _quote(span: Span, texts: Texts) -> str:
    lines = lines_of(texts.get(span.file) or "")
    if span.line > len(lines) or not any(lines):
        return ""
    line = lines[span.line - 1]
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - WINDOW)
    line, start, end = line[cut : start + WINDOW], start - cut, min(end - cut, WINDOW * 2)
    marked = _visible(line[start : max(end, start + 1)])
    gutter = " " * len(str(span.line))
    ellipsis = "…" if cut else ""
    shown = ellipsis + _visible(line.expandtabs(TAB))
    before = width(ellipsis + _visible(line[:start].expandtabs(TAB)))
    return (
        f"  {gutter} |\n  {span.line} | {shown}\n"
        f"  {gutter} | {' ' * before}{'^' * max(1, width(marked))}\n"
    )


def as_json(diagnostics: Iterable[Diagnostic], texts: Texts) -> str:
    """For a program: an array of objects, 1-based lines and columns in code points."""
    del texts
    found = [
        {
            "code": diagnostic.rule.code,
            "severity": diagnostic.severity,
            "title": diagnostic.rule.title,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
            **_range(diagnostic.span),
            "related": [_range(span) | {"message": note} for span, note in diagnostic.related],
        }
        for diagnostic in diagnostics
    ]
    return _json(found)


def _json(document: object) -> str:
    return _encodable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _encodable(words: str) -> str:
    """Words without the halves of characters that a file's name may hold."""
    return words.encode(errors="replace").decode()


def _range(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def github(diagnostics: Iterable[Diagnostic], texts: Texts) -> str:
    """GitHub workflow commands, then the plain report: GitHub shows ten of each kind."""
    found = list(diagnostics)
    commands = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    annotations = "".join(
        f"::{commands[diagnostic.severity]} "
        f"file={_property(diagnostic.span.file)},{_annotated(diagnostic.span)},"
        f"title={_property(f'{diagnostic.rule.code} {diagnostic.rule.title}')}"
        f"::{_data(_full(diagnostic))}\n"
        for diagnostic in found
    )
    return _encodable(annotations) + text(found, texts)


def _annotated(span: Span) -> str:
    """The place of an annotation; the runner takes columns only within one line."""
    lines = f"line={span.line},endLine={span.end_line}"
    if span.end_line != span.line:
        return lines
    return f"{lines},col={span.column},endColumn={span.end_column}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _full(diagnostic: Diagnostic) -> str:
    hint = f"（{diagnostic.hint}）" if diagnostic.hint else ""
    return diagnostic.message + hint


def gitlab(diagnostics: Iterable[Diagnostic], texts: Texts) -> str:
    """GitLab Code Quality: an array with a fingerprint that survives moved lines."""
    severities = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
    seen: dict[str, int] = {}
    issues = []
    for diagnostic in diagnostics:
        lines = lines_of(texts.get(diagnostic.span.file, ""))
        line = lines[diagnostic.span.line - 1] if diagnostic.span.line <= len(lines) else ""
        key = "\0".join(
            (diagnostic.rule.code, diagnostic.span.file, line.strip(), diagnostic.message)
        )
        seen[key] = seen.get(key, 0) + 1
        fingerprint = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="replace")).hexdigest()
        issues.append(
            {
                "description": _full(diagnostic),
                "check_name": diagnostic.rule.code,
                "fingerprint": fingerprint,
                "severity": severities[diagnostic.severity],
                "location": {
                    "path": diagnostic.span.file,
                    "lines": {"begin": diagnostic.span.line},
                },
            }
        )
    return _json(issues)


def sarif(diagnostics: Iterable[Diagnostic], texts: Texts) -> str:
    """SARIF 2.1.0, columns in code points, uris percent-encoded."""
    del texts
    found = list(diagnostics)
    rules: dict[str, Rule] = {d.rule.code: d.rule for d in found}
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    driver = {
        "name": "jixiao",
        "rules": [
            {"id": rule.code, "shortDescription": {"text": rule.title}} for rule in rules.values()
        ],
    }
    results = [
        {
            "ruleId": diagnostic.rule.code,
            "level": levels[diagnostic.severity],
            "message": {"text": _full(diagnostic)},
            "locations": [_location(diagnostic.span)],
            "relatedLocations": [
                _location(span) | {"message": {"text": note}} for span, note in diagnostic.related
            ],
        }
        for diagnostic in found
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return _json(document)


def _location(span: Span) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    uri = quote(span.file.replace(os.sep, "/"), errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {"text": text, "json": as_json, "github": github, "gitlab": gitlab, "sarif": sarif}
)
