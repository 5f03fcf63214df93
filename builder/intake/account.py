"""What became of a file of an office, in words: for who imports it, and looks it over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.diagnostics import Severity
from builder.intake.choosing import stage_word
from builder.intake.taking import Taken
from builder.model import REVIEW, Report
from builder.office import Paper

FUNDS = Report.label("funds")
_MOST = 12  # labels that are told of one kind
_LONGEST = 60  # characters of a text that is told


def account(paper: Paper, forms: Iterable[tuple[Taken, str]]) -> str:
    """The account of one file: its forms, each with what was done with it (已新建 …), and what
    the file hides."""
    lines = [f"{paper.file}"]
    found = list(forms)
    for taken, done in found:
        lines += _of_form(taken, done)
    if not found and not paper.ready:
        lines.append("  没有认出绩效表。请确认文件里有“三级指标”等列名，或用 --layout 指明版式。")
    if paper.remarks:
        lines.append("  文件里看不出来的：")
        lines += (f"    {remark.place}　{remark.told}" for remark in paper.remarks)
    return "\n".join(lines) + "\n"


def _of_form(taken: Taken, done: str) -> Iterator[str]:
    yield f"  {taken.place}　{_project(taken)}　{done}"
    yield from _choice(taken)
    yield from _doubtful(taken)
    draft = taken.draft
    if draft.around:
        yield f"    网页上表以外的文字 {draft.around} 处，没有录入"
    if draft.notes:
        yield f"    表下的注 {len(draft.notes)} 处，写在文件的注释里"
    if draft.empty:
        known = list(dict.fromkeys(draft.empty))
        more = f"等 {len(known)} 处" if len(known) > _MOST else ""
        yield f"    空着的：{'、'.join(map(_short, known[:_MOST]))}{more}"
    failed = [one for one in taken.findings if one.severity is Severity.ERROR]
    if failed:
        yield f"    还要改的 {len(failed)} 处："
        yield from (f"      第 {one.span.line} 行　{one.message}" for one in failed)
    if taken.choice.rules.stage == REVIEW and not draft.values.get(FUNDS):
        yield "    复核表上没有资金：把“阶段”和各项“复核”并入这个项目的自评表"


def _choice(taken: Taken) -> Iterator[str]:
    """By what a form was read, and what speaks against it."""
    choice, draft = taken.choice, taken.draft
    yield (
        f"    版式“{choice.words.layout.name}”，评分规则“{choice.rules.profile.name}”，"
        f"{stage_word(choice.rules.stage)}；读入 {len(draft.known) - len(draft.lost)} 格"
    )
    if taken.title:
        yield f"    表名：{_short(taken.title)}"
    if taken.equals:
        yield f"    同样说得通的评分规则：{'、'.join(taken.equals)}；不对的，改“评分规则”一行"
    if choice.against:
        yield f"    与版式不同的：{'；'.join(choice.against[:_MOST])}"


def _doubtful(taken: Taken) -> Iterator[str]:
    """What found no place, what may be meant otherwise, and figures that come out otherwise."""
    draft = taken.draft
    if draft.lost:
        yield f"    没有找到位置的 {len(draft.lost)} 处（写在文件的注释里）："
        yield from (f"      {lost.place}　{_short(lost.text)}" for lost in draft.lost)
    if draft.doubts:
        yield f"    拿不准的 {len(draft.doubts)} 处："
        yield from (
            f"      {doubt.place}　{_short(doubt.text)}　{doubt.reason}" for doubt in draft.doubts
        )
    if taken.differences:
        yield "    表上的数和算出的不同："
        yield from (
            f"      {one.what}　表上 {one.declared}，算得 {one.computed}"
            for one in taken.differences
        )


def _project(taken: Taken) -> str:
    return f"{taken.draft.values.get('项目名称') or taken.draft.values.get('主管部门') or '未命名'}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
