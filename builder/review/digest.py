"""A review set out for a reader in a hurry: alarms first, then causes with their effects folded
under them, equal edits once, and what is left of each project, the greatest effect first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.review import alarms
from builder.review.comparison import Project, Review
from builder.review.ranking import by_effect
from builder.review.sections import REWRITTEN, Section, counts, has_errors, section
from builder.review.sharing import Shared, SharedProblem, Sharing

ALIKE = "同样的改动"
EFFECTS = {"新问题": "新规则下是问题", "已解决": "新规则下不算问题"}
FEW = 3  # names of files that stand for all


@dataclass(frozen=True, slots=True)
class Alarm:
    """What nobody may miss, and of which projects it holds; of none: of the whole site."""

    words: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """Projects told together: how many, what they have in common, and the effect on each whose
    figures move (title and effect), the greatest first."""

    count: int
    edits: tuple[Shared, ...]
    problems: tuple[SharedProblem, ...]
    effects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All that reporters set out of the projects of a review.

    `following` are those in which nothing but the rules changed, `alike` those in which others
    have the same edits and nothing else happened; `told` are all others, each with what is its
    own. `rewritten` are the files in which only the way of writing differs.
    """

    alarms: tuple[Alarm, ...]
    following: Fold
    alike: Fold
    told: tuple[tuple[Project, Section], ...]
    rewritten: tuple[str, ...]


def digest(review: Review) -> Digest:
    """The review as it is set out."""
    edited = [project for project in review.projects if project.is_edited]
    following = by_effect(project for project in edited if project.follows)
    own = by_effect(project for project in edited if not project.follows)
    sharing = Sharing([_part(project, caused=False) for project in own])
    alike: list[Project] = []
    told: list[tuple[Project, Section]] = []
    for project, rest in zip(own, sharing.rest(), strict=True):
        has_both = project.before is not None and project.after is not None
        is_alone = rest.entries or rest.new or rest.solved or rest.alarms
        if has_both and rest.shared and not is_alone:
            alike.append(project)
        else:
            told.append((project, rest))
    ruled = [_part(project, caused=True) for project in edited if project.caused]
    followed = Sharing(ruled, many=1)
    return Digest(
        alarms=tuple(_alarms(review, edited)),
        following=_fold(following, (), tuple(map(_as_effect, followed.problems))),
        alike=_fold(alike, sharing.edits, sharing.problems),
        told=tuple(told),
        rewritten=tuple(p.reading.entry.file for p in review.projects if not p.is_edited),
    )


def _part(project: Project, *, caused: bool) -> Section:
    """Of a section, what comes from other rules, or all else."""
    found, by_rules = section(project), set(project.caused)
    new, solved = (
        tuple(one for one in side if (one in by_rules) == caused)
        for side in (found.new, found.solved)
    )
    entries = () if caused else found.entries
    return replace(found, entries=entries, new=new, solved=solved)


def _as_effect(problem: SharedProblem) -> SharedProblem:
    """Nobody solved what is only no longer looked for."""
    return replace(problem, words=EFFECTS[problem.words])


def following(fold: Fold) -> str:
    """The heading over what changed settings do."""
    return f"随规则变化　{fold.count} 个项目，表本身没有改动" if fold.count else "随规则变化"


def alike(fold: Fold) -> str:
    """What there is of projects without a section of their own; "" where all have one."""
    return f"{fold.count} 个项目只有以上改动，不再分列" if fold.count else ""


def elsewhere(found: Section) -> str:
    """Where the rest of a project's edits is told; "" where there is no rest."""
    return f"另有 {found.shared} 处与其他项目相同，见“{ALIKE}”" if found.shared else ""


def rewritten(files: Sequence[str]) -> str:
    """Files of which only the writing differs, however many, in one line; "" for none."""
    if not files:
        return ""
    more = f" 等 {len(files)} 个文件" if len(files) > FEW else ""
    return f"{REWRITTEN}　{'、'.join(files[:FEW])}{more}"


def _fold(
    projects: Sequence[Project], edits: tuple[Shared, ...], problems: tuple[SharedProblem, ...]
) -> Fold:
    moved = (project for project in projects if not all(s.is_same for s in project.change.figures))
    effects = tuple((told.title, told.effect) for told in map(section, moved))
    return Fold(len(projects), edits, problems, effects)


def _alarms(review: Review, projects: Iterable[Project]) -> Iterator[Alarm]:
    """Causes first; what several projects have alike is one alarm that names them."""
    yield from (Alarm(words) for words in alarms.of_settings(review.settings))
    titles: dict[str, list[str]] = {}
    for told in map(section, projects):
        errors = [f"新问题：{counts(told.new)}"] if has_errors(told.new) else []
        for words in (*errors, *told.alarms):
            titles.setdefault(words, []).append(told.title)
    yield from (Alarm(words, tuple(names)) for words, names in titles.items())
