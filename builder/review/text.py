"""A review for a person at a terminal, in lines that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.diagnostics import WORDS, Diagnostic
from builder.review.comparison import Review, Year
from builder.review.counting import Tally
from builder.review.digest import (
    ALIKE,
    Alarm,
    Fold,
    alike,
    digest,
    elsewhere,
    following,
    rewritten,
)
from builder.review.sections import (
    NOTHING,
    SETTINGS,
    Entry,
    Line,
    Section,
    by_part,
    headline,
    left_out,
    shift_words,
    sides,
    verdict,
)
from builder.text import Run, runs, shortened, visible, width

MOST_EFFECTS = 20  # lines of a list that is in order
MOST_PROBLEMS = 10  # of one project: a form that is not filled in has dozens
COLUMNS = 74  # of a list of figures: a line of a terminal, less than the comma that ends it


def text(review: Review) -> str:
    """The whole review; alarms first, then causes, then project by project, then the year."""
    found = digest(review)
    lines = [f"{sides(review)}：{headline(review)}", verdict(review)]
    lines += filter(None, [left_out(review)])
    if found.alarms:
        lines += ["", "请特别留意", *map(_alarm, found.alarms)]
    if review.settings:
        lines += ["", SETTINGS]
        lines += [line for entry in by_part(review.settings) for line in _entry(entry)]
    if found.following.count or found.following.problems:
        lines += ["", following(found.following), *_fold(found.following)]
    if review.new or review.solved:
        lines += ["", "文件和设置", *_problems(review.new, review.solved)]
    if found.alike.edits or found.alike.problems:
        lines += ["", ALIKE, *_fold(found.alike)]
        lines += [f"  {words}" for words in filter(None, [alike(found.alike)])]
    for _, told_ in found.told:
        lines += ["", *_section(told_)]
    if found.rewritten:
        lines += ["", rewritten(found.rewritten)]
    for year in review.years:
        lines += ["", *_tally(year.total), *_departments(year)]
    return "\n".join(visible(line) for line in lines) + "\n"


def told(line: Line) -> str:
    """`9.32 → 9.28`; of long texts what changed inside: `更换【“不及时”改为“及时”】……`."""
    if line.is_long:
        found = shortened(runs(line.old or "", line.new or ""))
        return "".join(_runs(found))
    return f"{line.old or NOTHING} → {line.new or NOTHING}"


def _alarm(alarm: Alarm) -> str:
    if len(alarm.titles) == 1:
        return f"  {alarm.titles[0]}：{alarm.words}"
    names = f"（{len(alarm.titles)} 个项目：{'、'.join(alarm.titles)}）" if alarm.titles else ""
    return f"  {alarm.words}{names}"


def _fold(fold: Fold) -> Iterator[str]:
    for shared in fold.edits:
        yield from _entry(shared.counted)
    for problem in fold.problems:
        about = f"{WORDS[problem.severity]} [{problem.code}] {problem.message}"
        yield f"  {problem.words}　{problem.count} 个项目　{about}"
    for title, effect in fold.effects[:MOST_EFFECTS]:
        yield f"  {title}：{effect}"
    if len(fold.effects) > MOST_EFFECTS:
        yield f"  另有 {len(fold.effects) - MOST_EFFECTS} 个项目变化较小，用 --format html 看全部"


def _section(found: Section) -> Iterator[str]:
    yield f"{found.kind}　{found.title}　{found.file}"
    if found.effect:
        yield f"  {found.effect}"
    for entry in found.entries:
        yield from _entry(entry)
    yield from _problems(found.new, found.solved)
    yield from (f"  {words}" for words in filter(None, [elsewhere(found)]))


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
