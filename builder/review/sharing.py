"""Equal edits of many projects, told once: what a mass edit did to all is one line, and what
somebody did to a single project beside it is not buried."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.diagnostics import Diagnostic, Severity
from builder.review.problems import Found
from builder.review.sections import Entry, Line, Section
from builder.text import runs

MANY = 3  # from so many projects on the same edit is told once

Key = Hashable


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
        self._pieces = _owners((_keys(one) for one in sections), many)
        self._problems = _owners((_problem_keys(one) for one in sections), many)
        self.edits = tuple(self._entries(sections))
        self.problems = tuple(self._findings(sections))

    def without(self, section: Section) -> Section:
        """What is left of a section that another does not have; `shared` counts the rest."""
        entries, shared = [], 0
        for entry in section.entries:
            pieces = {key: piece for key, piece in _pieces(entry) if key not in self._pieces}
            lines = tuple(piece for piece in pieces.values() if isinstance(piece, Line))
            remark = "".join(piece for piece in pieces.values() if isinstance(piece, str))
            left_out = len(entry.lines) + bool(entry.remark) - len(pieces)
            shared += left_out
            if pieces or not left_out:
                entries.append(replace(entry, remark=remark, lines=lines))
        new, solved = (
            tuple(one for one in found if _problem_key(words, one) not in self._problems)
            for words, found in _both(section)
        )
        shared += len(section.new + section.solved) - len(new + solved)
        return replace(section, entries=tuple(entries), new=new, solved=solved, shared=shared)

    def _entries(self, sections: Sequence[Section]) -> Iterator[Shared]:
        """Pieces of one thing that the same projects have stand together; the most common first."""
        together: dict[tuple[str, tuple[int, ...]], dict[Key, str | Line]] = {}
        for section in sections:
            for entry in section.entries:
                for key, piece in _pieces(entry):
                    if owners := self._pieces.get(key):
                        together.setdefault((entry.heading, owners), {}).setdefault(key, piece)
        for (heading, owners), pieces in sorted(together.items(), key=lambda one: -len(one[0][1])):
            remark = "".join(piece for piece in pieces.values() if isinstance(piece, str))
            lines = tuple(piece for piece in pieces.values() if isinstance(piece, Line))
            yield Shared(Entry(heading, remark, lines), len(owners))

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


def _keys(section: Section) -> Iterator[Key]:
    return (key for entry in section.entries for key, _ in _pieces(entry))


def _pieces(entry: Entry) -> Iterator[tuple[Key, str | Line]]:
    """What can be equal elsewhere: the remark and each line, with what tells it apart."""
    if entry.remark:
        yield (entry.heading, entry.remark), entry.remark
    for line in entry.lines:
        yield (entry.heading, line.label, _edit(line)), line


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
