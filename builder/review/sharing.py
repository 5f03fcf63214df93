"""Equal edits of many projects, told once: what a mass edit did to all is one line, and what
somebody did to a single project beside it is not buried."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from builder.diagnostics import Diagnostic, Severity
from builder.review.problems import Found
from builder.review.sections import Entry, Line, Section
from builder.text import runs

MANY = 3  # from so many projects on the same edit is told once

Key = Hashable
Content = str | Line
Piece = tuple[Key, Content]
"""What tells an edit apart, and the edit: a remark or a line."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Edits of one thing that `count` projects have alike."""

    entry: Entry
    count: int

    @property
    def counted(self) -> Entry:
        """The edits with the number of projects as a remark."""
        remark = "，".join(filter(None, [self.entry.remark, f"{self.count} 个项目"]))
        return replace(self.entry, remark=remark)


@dataclass(frozen=True, slots=True)
class SharedProblem:
    """One finding, new or solved (`words`), in `count` projects."""

    words: str
    severity: Severity
    code: str
    message: str
    count: int


class Sharing:
    """What several sections have in common."""

    def __init__(self, sections: Sequence[Section], many: int = MANY) -> None:
        """Something is common to at least `many` of them."""
        self._sections = sections
        self._entries = [
            [(entry, list(_pieces(entry))) for entry in one.entries] for one in sections
        ]
        keys = ((key for _, own in entries for key, _ in own) for entries in self._entries)
        self._owners = _owners(keys, many)
        self._problems = _owners(map(_problem_keys, sections), many)
        self.edits = tuple(self._edits())
        self.problems = tuple(self._findings(sections))

    def rest(self) -> Iterator[Section]:
        """What each section has that others do not; `shared` counts what they have, too."""
        for section, own in zip(self._sections, self._entries, strict=True):
            left = [(entry, self._alone(pieces)) for entry, pieces in own]
            entries = (_entry(entry, pieces) for entry, pieces in left if pieces)
            new, solved = (
                tuple(one for one in found if _problem_key(words, one) not in self._problems)
                for words, found in _both(section)
            )
            shared = sum(len(pieces) for _, pieces in own) - sum(len(p) for _, p in left)
            shared += len(section.new + section.solved) - len(new + solved)
            yield replace(section, entries=tuple(entries), new=new, solved=solved, shared=shared)

    def _alone(self, pieces: Iterable[Piece]) -> list[Piece]:
        return [(key, piece) for key, piece in pieces if key not in self._owners]

    def _edits(self) -> Iterator[Shared]:
        """Pieces of one thing that the same projects have stand together; the most common first."""
        together: dict[tuple[str, tuple[int, ...]], tuple[Entry, dict[Key, Content]]] = {}
        for entry, pieces in chain.from_iterable(self._entries):
            for key, piece in pieces:
                if owners := self._owners.get(key):
                    place = entry.heading, owners
                    together.setdefault(place, (entry, {}))[1].setdefault(key, piece)
        common = sorted(together.items(), key=lambda one: -len(one[0][1]))
        for (_, owners), (entry, pieces_) in common:
            told = _entry(entry, pieces_.items())
            effect = "" if told.remark or told.lines else entry.effect
            yield Shared(replace(told, effect=effect), len(owners))

    def _findings(self, sections: Sequence[Section]) -> Iterator[SharedProblem]:
        first: dict[Key, tuple[str, Diagnostic]] = {}
        for section in sections:
            for words, found in _both(section):
                for one in found:
                    first.setdefault(_problem_key(words, one), (words, one))
        for key, owners in sorted(self._problems.items(), key=lambda one: -len(one[1])):
            words, one = first[key]
            message = one.message if words == "新问题" else one.rule.title
            yield SharedProblem(words, one.severity, one.rule.code, message, len(owners))


def _owners(keys: Iterable[Iterable[Key]], many: int) -> dict[Key, tuple[int, ...]]:
    """The keys that at least `many` have, with who has them."""
    found: dict[Key, list[int]] = {}
    for number, mine in enumerate(keys):
        for key in dict.fromkeys(mine):
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items() if len(numbers) >= many}


def _pieces(entry: Entry) -> Iterator[Piece]:
    """What can be equal elsewhere: the remark and each line, with what tells it apart."""
    if entry.remark:
        yield (entry.heading, entry.remark), entry.remark
    for line in entry.lines:
        yield (entry.heading, line.label, _edit(line)), line
    if not entry.remark and not entry.lines:
        yield entry, ""


def _entry(entry: Entry, pieces: Iterable[Piece]) -> Entry:
    """The entry with only some of its pieces."""
    contents = [content for _, content in pieces]
    remark = "".join(content for content in contents if isinstance(content, str))
    lines = tuple(content for content in contents if isinstance(content, Line))
    return replace(entry, remark=remark, lines=lines)


def _edit(line: Line) -> Key:
    """What is done inside a text, or the texts themselves where they are short."""
    if not line.is_long:
        return line.old, line.new
    return tuple(run for run in runs(line.old or "", line.new or "") if run.kind != "kept")


def _both(section: Section) -> tuple[tuple[str, Found], ...]:
    return ("新问题", section.new), ("已解决", section.solved)


def _problem_keys(section: Section) -> Iterator[Key]:
    return (_problem_key(words, one) for words, found in _both(section) for one in found)


def _problem_key(words: str, one: Diagnostic) -> Key:
    """A new one by what it says; of solved ones it matters only that they are gone."""
    return words, one.severity, one.rule.code, one.message if words == "新问题" else ""
