"""A review as a comment on a change: Markdown that GitHub, GitLab and Gitee show alike.

Whatever an author wrote is text here: it cannot become markup, mention a person, refer to
an issue or give a command, and the whole stays below what the forges accept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from builder.diagnostics import WORDS, Diagnostic
from builder.review.comparison import Project, Review
from builder.review.counting import Tally
from builder.review.digest import (
    ALIKE,
    Alarm,
    Digest,
    Fold,
    alike,
    digest,
    elsewhere,
    following,
    rewritten,
)
from builder.review.figures import GRADE, TOTAL, Shift
from builder.review.sections import (
    NOTHING,
    SETTINGS,
    Entry,
    Line,
    Section,
    by_part,
    counts,
    has_errors,
    headline,
    kind,
    left_out,
    shift_words,
    sides,
    title,
    verdict,
)
from builder.text import runs, shortened, visible

MOST = 60_000  # characters; the forges take 65,536
MOST_OF_ONE = 12_000  # characters of one project
LONGEST = 300  # characters of one text
ROWS = 40  # members of one list
OPEN = 3  # so few projects stand unfolded

_TAGS = {"kept": ("", ""), "gone": ("<del>", "</del>"), "new": ("<ins>", "</ins>")}
_ACTS = re.compile(r"[@#!%~$&^](?=[\w\"'])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH)(?=-)", re.IGNORECASE)
_SIGNS = {ord(sign): f"\\{sign}" for sign in "\\`*_{}[]()#+!|~$^="} | {
    ord(sign): html.escape(sign) for sign in "<>&"
}


def markdown(review: Review) -> str:
    """The whole review, or as much of it as a comment takes with a note on the rest."""
    found = digest(review)
    head = _joined(_head(review, found), MOST // 3)
    tail = _joined(_tail(review), MOST // 4)
    room = MOST - len(head) - len(tail) - 200
    projects = found.told
    parts: list[str] = []
    for project, told in projects:
        is_urgent = has_errors(project.new)
        part = _details(told, unfolded=is_urgent or len(projects) <= OPEN)
        if len(part) > room:
            break
        room -= len(part)
        parts.append(part)
    if left := len(projects) - len(parts):
        parts.append(
            f"还有 {left} 个项目这里放不下，可用 `jixiao diff --format html` 查看全部。\n\n"
        )
    return head + "".join(parts) + tail


def escaped(text: str, most: int = LONGEST) -> str:
    """A text of an author as nothing but text, in one line, cut where it is very long."""
    return _ACTS.sub(lambda found: f"{found[0]}\u200b", _cut(text, most)).translate(_SIGNS)


def _cut(text: str, most: int = LONGEST) -> str:
    shown = visible(text)
    return shown if len(shown) <= most else f"{shown[:most]}…"


def _joined(lines: Iterable[str], most: int) -> str:
    """The lines as far as there is room."""
    told = ""
    for line in lines:
        if len(told) + len(line) > most:
            return f"{told}\n……其余从略\n\n"
        told += f"{line}\n"
    return told


def _head(review: Review, found: Digest) -> Iterator[str]:
    yield "### 自评表改动"
    yield ""
    yield f"{escaped(sides(review))}：{headline(review)}"
    yield ""
    yield f"<b>{verdict(review)}</b>" if review.fails else verdict(review)
    yield ""
    if words := left_out(review):
        yield escaped(words)
        yield ""
    yield from _listed(map(_alarm, found.alarms))
    yield ""
    settings = [line for entry in by_part(review.settings) for line in _entry(entry)]
    if settings:
        yield f"#### {SETTINGS}"
        yield ""
        yield from _listed(settings, "- 另有 {} 行")
        yield ""
    if found.following.count or found.following.problems:
        yield from _folded(following(found.following), found.following)
    if found.alike.edits or found.alike.problems:
        yield from _folded(ALIKE, found.alike, alike(found.alike))
    if found.told:
        yield "| 项目 | 改动 | 总分 | 等级 | 新问题 |"
        yield "|:--|:--|--:|:--|:--|"
        rows = (_row(project) for project, _ in found.told)
        yield from _listed(rows, "| 另有 {} 个 | | | | |")
        yield ""
    if words := rewritten(found.rewritten):
        yield escaped(words)
        yield ""


def _alarm(alarm: Alarm) -> str:
    names = "、".join(f"<b>{escaped(name)}</b>" for name in alarm.titles[:ROWS])
    if len(alarm.titles) > 1:
        names = f"{len(alarm.titles)} 个项目：{names}" + ("……" if alarm.titles[ROWS:] else "")
    return f"> {names}{'：' if names else ''}{escaped(alarm.words)}<br>"


def _folded(heading: str, fold: Fold, remark: str = "") -> Iterator[str]:
    yield f"#### {heading}"
    yield ""
    for shared in fold.edits[:ROWS]:
        yield from _entry(shared.counted)
    for problem in fold.problems[:ROWS]:
        about = f"{WORDS[problem.severity]} {problem.code}：{escaped(problem.message)}"
        yield f"- {problem.words}　{problem.count} 个项目　{about}"
    effects = (f"- {escaped(title)}：{escaped(effect)}" for title, effect in fold.effects)
    yield from _listed(effects, "- 另有 {} 个，变化较小")
    yield ""
    if remark:
        yield remark
        yield ""


def _row(project: Project) -> str:
    figures = {shift.label: shift for shift in project.change.figures}
    cells = [title(project), kind(project)]
    for label in (TOTAL, GRADE):
        shift = figures.get(label, Shift(label, "", ""))
        both = [shift.old] if project.before else []
        both += [shift.new] if project.after else []
        cells.append("\u00a0→\u00a0".join(dict.fromkeys(text or NOTHING for text in both)))
    cells.append(counts(project.new))
    return f"| {' | '.join(map(escaped, cells))} |"


def _details(found: Section, *, unfolded: bool) -> str:
    body = _joined(_body(found), MOST_OF_ONE)
    name = html.escape(_ACTS.sub(lambda sign: f"{sign[0]}\u200b", _cut(found.title)))
    opening = (
        f"<details{' open' if unfolded else ''}><summary>{found.kind}　<b>{name}</b></summary>"
    )
    return f"{opening}\n\n{body}\n</details>\n\n"


def _body(found: Section) -> Iterator[str]:
    yield escaped(found.file)
    yield ""
    if found.effect:
        yield f"<b>{escaped(found.effect)}</b>"
        yield ""
    for entry in found.entries:
        yield from _entry(entry)
    yield from _problems(found.new, found.solved)
    if words := elsewhere(found):
        yield f"- {words}"


def _entry(entry: Entry) -> Iterator[str]:
    remark = f"（{escaped(entry.remark)}）" if entry.remark else ""
    yield f"- <b>{escaped(entry.heading)}</b>{remark}"
    for line in entry.lines:
        yield f"  - {escaped(line.label)}：{_told(line)}"
    if entry.effect:
        yield f"  - {escaped(entry.effect)}"


def _told(line: Line) -> str:
    if not line.is_long:
        return f"{escaped(line.old or NOTHING)} → {escaped(line.new or NOTHING)}"
    told, room = "", LONGEST
    for run in shortened(runs(line.old or "", line.new or "")):
        opening, closing = _TAGS[run.kind]
        told += opening + escaped(run.text, room) + closing
        room -= len(run.text)
        if room <= 0:
            return f"{told}……"
    return told


def _problems(new: Iterable[Diagnostic], solved: Iterable[Diagnostic]) -> Iterator[str]:
    for words, found in (("新问题", new), ("已解决", solved)):
        lines = (
            f"  - {WORDS[p.severity]} {p.rule.code}：{escaped(p.message)}"
            + (f"（第 {p.span.line} 行）" if words == "新问题" else "")
            for p in found
        )
        listed = list(_listed(lines, "  - 另有 {} 个"))
        if listed:
            yield f"- <b>{words}</b>"
            yield from listed


def _tail(review: Review) -> Iterator[str]:
    if review.new or review.solved:
        yield "#### 文件和设置"
        yield ""
        yield from _problems(review.new, review.solved)
        yield ""
    for year in review.years[:ROWS]:
        yield f"#### {escaped(year.total.name)}汇总"
        yield ""
        yield f"- {_figures(year.total)}"
        departments = (
            f"- {escaped(tally.name)}：{_figures(tally, only_changed=True)}"
            for tally in year.departments
        )
        yield from _listed(departments, "- 另有 {} 个部门")
        yield ""


def _figures(tally: Tally, *, only_changed: bool = False) -> str:
    """A list, not a table: a comment is narrow."""
    shown = (shift for shift in tally.figures if not (only_changed and shift.is_same))
    return escaped("，".join(map(shift_words, shown)), 2 * LONGEST)


def _listed(lines: Iterable[str], more: str = "> 另有 {} 项") -> Iterator[str]:
    """As many lines as a list may have, and how many are left out."""
    found = list(lines)
    yield from found[:ROWS]
    if len(found) > ROWS:
        yield more.format(len(found) - ROWS)
