"""A review for a person at a terminal, in lines that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.diagnostics import WORDS, Diagnostic
from builder.review.comparison import Review, Tally, Year
from builder.review.sections import (
    NOTHING,
    Entry,
    Line,
    Section,
    by_part,
    counts,
    has_errors,
    headline,
    section,
    shift_words,
    sides,
    verdict,
)
from builder.text import Run, runs, shortened, visible, width

MOST_PROBLEMS = 10  # of one project: a form that is not filled in has dozens
COLUMNS = 74  # of a list of figures: a line of a terminal, less than the comma that ends it


def text(review: Review) -> str:
    """The whole review; alarms first, then project by project, then the year."""
    sections = [section(project) for project in review.projects]
    lines = [f"{sides(review)}：{headline(review)}", verdict(review)]
    alarms = [(s, alarm) for s in sections for alarm in (*_errors(s), *s.alarms)]
    if alarms:
        lines += ["", "请特别留意"]
        lines += [f"  {s.title}：{alarm}" for s, alarm in alarms]
    for found in sections:
        lines += ["", *_section(found)]
    if review.settings:
        lines += ["", "网站信息和评分规则"]
        lines += [line for entry in by_part(review.settings) for line in _entry(entry)]
    if review.new or review.solved:
        lines += ["", "文件和设置", *_problems(review.new, review.solved)]
    for year in review.years:
        lines += ["", *_tally(year.total), *_departments(year)]
    return "\n".join(visible(line) for line in lines) + "\n"


def told(line: Line) -> str:
    """`9.32 → 9.28`; of long texts what changed inside: `更换【“不及时”改为“及时”】……`."""
    if line.is_long:
        found = shortened(runs(line.old or "", line.new or ""))
        return "".join(_runs(found))
    return f"{line.old or NOTHING} → {line.new or NOTHING}"


def _errors(found: Section) -> Iterator[str]:
    if has_errors(found.new):
        yield f"新问题：{counts(found.new)}"


def _section(found: Section) -> Iterator[str]:
    yield f"{found.kind}　{found.title}　{found.file}"
    if found.effect:
        yield f"  {found.effect}"
    for entry in found.entries:
        yield from _entry(entry)
    yield from _problems(found.new, found.solved)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"  {entry.heading}" + (f"（{entry.remark}）" if entry.remark else "")
    for line in entry.lines:
        yield f"    {line.label}：{told(line)}" if line.label else f"    {told(line)}"
    if entry.effect:
        yield f"    {entry.effect}"


def _runs(found: Iterable[Run]) -> Iterator[str]:
    gone = ""
    for run in (*found, Run("kept", "")):
        if gone and run.kind == "new":
            yield f"【“{gone}”改为“{run.text}”】"
            gone = ""
            continue
        if gone:
            yield f"【删去“{gone}”】"
            gone = ""
        if run.kind == "gone":
            gone = run.text
        elif run.kind == "new":
            yield f"【加上“{run.text}”】"
        else:
            yield run.text


def _problems(new: Iterable[Diagnostic], solved: Iterable[Diagnostic]) -> Iterator[str]:
    for words, found in (("新问题", tuple(new)), ("已解决", tuple(solved))):
        for problem in found[:MOST_PROBLEMS]:
            severity = WORDS[problem.severity]
            place = f"　{problem.span}" if words == "新问题" else ""
            yield f"  {words}　{severity} [{problem.rule.code}] {problem.message}{place}"
        if len(found) > MOST_PROBLEMS:
            yield f"  {words}　另有 {len(found) - MOST_PROBLEMS} 个"


def _departments(year: Year) -> Iterator[str]:
    for department in year.departments:
        yield from _tally(department, only_changed=True)


def _tally(tally: Tally, *, only_changed: bool = False) -> Iterator[str]:
    yield tally.name
    shown = (shift for shift in tally.figures if not (only_changed and shift.is_same))
    line = ""
    for words in map(shift_words, shown):
        if line and width(line) + width(words) > COLUMNS:
            yield f"{line}，"
            line = ""
        line += f"，{words}" if line else f"  {words}"
    yield line
