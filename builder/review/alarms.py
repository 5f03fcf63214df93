"""What nobody may miss in a change: what it publishes and takes back, which addresses it breaks,
which settings it turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder.content import SITE, THEMES
from builder.model import Site
from builder.review import stages
from builder.review.changes import GROUPS, Change, EvidenceChange
from builder.review.comparison import Project
from builder.review.edition import Reading
from builder.review.settings import LAYOUTS, PROFILES

FEW = 3  # places that stand for all
_REVIEW, _ADDRESS = Site.label("review_required"), Site.label("address")
_AUTHORS, _FOUND = Site.label("has_authors"), Site.label("review")
EFFECTS = {PROFILES: "规则计分和检查", LAYOUTS: "样子印出和检查"}


def of_project(project: Project) -> Iterator[str]:
    """The alarms of one project."""
    before, after = project.before, project.after
    for side, words in ((before, "原来的文件"), (after, "改后的文件")):
        if side and not side.document and not side.is_kept_back:
            is_alone = not (before and after)
            yield "文件读不出来" if is_alone else f"{words}读不出来，无法逐项比较"
        elif side and side.document and not side.whole:
            yield f"{words}有 {len(side.document.unread)} 处没有填，或不合要求{_places(side)}"
    yield from _of_publication(before, after)
    if after and after.is_public:
        if before and before.is_public:
            yield from stages.alarms(before, after)
        yield from _of_evidence(project.change.evidence)
        yield from _of_waivers(before, after)


def _of_publication(before: Reading | None, after: Reading | None) -> Iterator[str]:
    """What comes to the site, goes from it, or stands at another address."""
    was_public, is_public = (bool(side and side.is_public) for side in (before, after))
    if was_public and after and after.is_withdrawn:
        yield "改为撤回：发布后网站上不再有这个项目，原网址只写明已撤回"
    elif was_public and after and after.is_withheld:
        yield "改为不公开：发布后网站上不再有这个项目，原网址失效"
    elif was_public and after is None:
        yield "删除公开的项目：发布后网站上不再有它，原网址失效"
    elif is_public and before and before.is_withheld:
        yield f"由{'撤回' if before.is_withdrawn else '不公开'}改为公开：全部公开内容将出现在网站上"
    if was_public and is_public and before and after and before.path != after.path:
        yield f"文件由 {before.path} 改为 {after.path}：网址随之改变，原网址失效"


def _places(side: Reading) -> str:
    """Some of the places where a file does not hold, in brackets, and what of the rest."""
    names = ["/".join(place[1:] if place[0] == GROUPS else place) for place in side.unread]
    more = f"等 {len(names)} 处" if len(names) > FEW else ""
    told = f"（{'、'.join(names[:FEW])}{more}）" if names else ""
    return f"{told}：其余各处照常比较"


def _of_waivers(before: Reading | None, after: Reading | None) -> Iterator[str]:
    """What may be published now although a rule of disclosure speaks against it."""
    old, new = (side.document if side else None for side in (before, after))
    known = old.report.disclosure.waivers if old else ()
    for waiver in new.report.disclosure.waivers if new else ():
        if waiver not in known:
            yield f"放行“{waiver.text}”，理由：{waiver.reason}"


def _of_evidence(changes: Iterable[EvidenceChange]) -> Iterator[str]:
    for change in changes:
        if change.became_public and change.new:
            yield f"佐证材料“{change.new.name}”将随网站公开"
        elif change.is_replaced and change.new and not change.new.internal:
            yield f"公开的佐证材料“{change.new.name}”换了文件：名称相同，内容不同"


def of_settings(changes: Sequence[Change]) -> Iterator[str]:
    """The alarms of site.yaml, profiles and layouts: one line changes every report."""
    edited: dict[tuple[str, str], int] = {}
    for change in changes:
        if change.place[0] in EFFECTS:
            rules = change.place[0], change.place[1]
            edited[rules] = edited.get(rules, 0) + 1
        elif change.place == (SITE, _REVIEW):
            is_on = change.new == "是"
            effect = "不能发布" if is_on else "也能发布"
            yield f"{_told(change)}：没有审查日期的表{effect}"
        elif change.place == (SITE, PROFILES):
            yield f"默认的{_told(change)}：没有写评分规则的表都按新的规则计分"
        elif change.place == (SITE, _ADDRESS):
            yield f"{_told(change)}：订阅、站点地图和规范地址随之改变"
        elif change.place == (SITE, _FOUND):
            yield f"{_told(change)}：{_of_found(change)}"
        elif change.place == (SITE, _AUTHORS) and change.new == "是":
            yield f"{_told(change)}：修改人的姓名将随网站公开"
    if count := sum(change.place[0] == THEMES for change in changes):
        yield f"主题有 {count} 个文件改动：网页和 PDF 的样子、内容都可能改变，请看文件本身"
    for (kind, name), count in edited.items():
        yield f"{kind}“{name}”有 {count} 处改动：用它的表都按新的{EFFECTS[kind]}"


def _of_found(change: Change) -> str:
    """What becomes of 复核, by the setting that says so."""
    withheld, counted = "不公开", "复核" if change.new == "以复核为准" else "自评"
    if withheld in (change.old, change.new):
        is_gone = change.new == withheld
        return f"已复核的表，复核的结果和网页{'从网站上消失' if is_gone else '将随网站公开'}"
    return f"已复核的表，列表和统计改用{counted}的得分"


def _told(change: Change) -> str:
    return f"{change.place[-1]} {change.old or '无'} → {change.new or '无'}"
