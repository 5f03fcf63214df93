"""One volume, from cover to cover.

封面, 扉页, 编制说明, 目录, 汇总表, 图表, 复核情况一览, 偏差事项一览, a chapter for each
department, 附录, indexes, 封底; of targets without what is told of results. Of several volumes
each has cover, title page, the common 目录 and back cover; the rest of the front is in the first,
of the back in the last, and in the contents of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from builder.compendium.binder import Binder, Plan
from builder.compendium.body import body
from builder.compendium.book import Book
from builder.compendium.composer import MM
from builder.compendium.drawing import charts
from builder.compendium.front import VolumeView, volume_view
from builder.compendium.indexes import indicators, projects
from builder.compendium.lists import PART, PLAIN, SECTION, Line, Setting, set_list
from builder.compendium.pieces import Piece, Placed, Side, opening, place, roman
from builder.compendium.table import deviations, entries_of, rechecks
from builder.content import Summary, mean
from builder.model import SELF, Stage
from builder.pdf import About, Sheaf
from builder.text import figure, signed
from builder.views import comparison, how_many

CONTENTS, FLAWS, CHECKED = "目录", "偏差事项一览", "复核情况一览"
OPENING = 2
"""Pages of the cover: it has a blank back."""
_APPENDICES = ("附录一", "附录二", "附录三", "附录四")
SHORT = 2
"""Pages of an appendix that need not begin on the right."""
UNKNOWN = "lxxxviii"
"""As wide as a number of the front matter may be that is not yet known."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A finished volume: its site path, its pages (some blank), the width of its spine in mm.

    `stage` says whether its forms are tables of targets.
    """

    path: str
    pages: int
    blank: int
    spine: float
    stage: Stage = SELF


def bind(book: Book, number: int, sink: Callable[[bytes], object], *, tagged: bool = True) -> Bound:
    """Write the volume of that number (from 0) to `sink`. Raises PrintError."""
    site = book.press.settings.site
    volume = _Volume(book, number)
    view, plan = volume.view, replace(volume.plan(), tagged=tagged)
    title = f"{view.year}{view.title}{view.part}"
    about = About(title, view.publisher, view.scope, book.published)
    pages = Binder(sink, book.press.printer, book.letters, plan).bind(about)
    blank = pages - sum(entry.piece.pages for entry in plan.placed)
    spine = float(site.binding.paper) * pages / 2
    return Bound(book.paths[number], pages, blank, spine, book.stage)


@dataclass(frozen=True)
class _Matter:
    """What is in the first volume or in the last one, and in the contents of all of them."""

    opening: Sequence[Piece]
    closing: Sequence[Piece]
    back: Sequence[Piece]


# Set once for all volumes of a book, and kept no longer than the book with its fonts.
_matters: WeakKeyDictionary[Book, _Matter] = WeakKeyDictionary()


def _matter(book: Book) -> _Matter:
    if book not in _matters:
        first, last = _Volume(book, 0), _Volume(book, len(book.parts) - 1)
        matter = _Matter(list(first.opening()), list(first.closing()), list(last.back()))
        _matters[book] = matter
    return _matters[book]


class _Volume:
    def __init__(self, book: Book, number: int) -> None:
        self.book, self.press = book, book.press
        self.chapters = book.parts[number]
        self.is_first, self.is_last = not number, number + 1 == len(book.parts)
        several = len(book.parts) > 1
        self.names = [_ordinal(n) if several else "" for n in range(len(book.parts))]
        self.view: VolumeView = volume_view(book, self.names, number)
        self.linked = frozenset(
            target
            for chapter in self.chapters
            for target in (
                chapter.target,
                *(form.summary.stem for form in chapter.forms),
                *(form.review_target for form in chapter.forms if form.review_pages),
            )
        )
        self.body = body(book)
        self.here = self.body.parts[number]
        self.setting = Setting(self.book.letters, self.body.numbers, self.linked)

    def plan(self) -> Plan:
        """All pieces with their pages."""
        binding = self.press.settings.site.binding
        matter = _matter(self.book)
        cover = replace(self._printed("cover", "封面"), is_numbered=False, is_cover=True)
        title = replace(self._printed("title", "扉页"), is_numbered=False)
        # The list of contents takes the same pages whatever numbers it shows: set once to see
        # how many these are, then with the numbers that follow from them.
        numbers: dict[str, str] = {}
        for _ in range(2):
            contents = self._contents(matter, numbers)
            whole = place([title, *matter.opening, contents, *matter.closing], OPENING)
            numbers = {entry.piece.target: roman(entry.number) for entry in whole}
            back = place(matter.back, 0, self.body.end)
            numbers |= {entry.piece.target: f"{entry.number}" for entry in back}

        front = whole if self.is_first else place([title, contents], OPENING)
        arabic_from = opening(front[-1].end, Side.RIGHT)
        middle = [replace(entry, page=entry.page + arabic_from) for entry in self.here]
        after = opening(middle[-1].end, Side.RIGHT)
        back = place(matter.back, after, self.body.end) if self.is_last else []
        last = replace(self._printed("back", "封底"), is_numbered=False, is_cover=True, level=0)
        end = opening((back or middle)[-1].end, Side.LEFT)
        placed = [Placed(cover, 0, 1), *front, *middle, *back, Placed(last, end, 0)]
        return Plan(
            placed,
            {entry.piece.target: entry.piece.title for entry in placed},
            OPENING,
            arabic_from,
            float(binding.gutter) * MM,
            binding.crop_marks,
        )

    def _printed(self, template: str, title: str) -> Piece:
        return _piece(title, self.press.printed(template, self.view, title))

    def _contents(self, matter: _Matter, numbers: dict[str, str]) -> Piece:
        """The same in all volumes, but that only what is in this one can be reached."""
        front, back = (*matter.opening, *matter.closing), matter.back
        own = [piece.target for piece in (*front, *back)]
        here = (front if self.is_first else ()), (back if self.is_last else ())
        setting = replace(
            self.setting,
            numbers={**dict.fromkeys(own, UNKNOWN), **self.body.numbers, **numbers},
            linked=self.linked.union(piece.target for pieces in here for piece in pieces),
        )
        lines = [Line(piece.title, (piece.target,), PLAIN, self.names[0]) for piece in front]
        for name, part in zip(self.names, self.book.parts, strict=True):
            for chapter in part:
                lines.append(Line(chapter.department, (chapter.target,), PART, name))
                for unit, forms in chapter.sections().items():
                    if not chapter.is_unit:
                        lines.append(Line(unit, (forms[0].summary.stem,), SECTION))
                    lines += (Line(form.summary.name, (form.summary.stem,)) for form in forms)
        for number, piece in enumerate(back):
            kind = PLAIN if number else replace(PLAIN, above=PART.above)
            lines.append(Line(piece.title, (piece.target,), kind, self.names[-1]))
        return _piece(CONTENTS, set_list("目　录", lines, setting))

    def opening(self) -> Iterator[Piece]:
        """What stands between the title page and the contents: texts."""
        if self.view.preface:
            yield self._printed("preface", "前言")
        yield self._printed("notes", "编制说明")

    def closing(self) -> Iterator[Piece]:
        """What stands between the contents and the chapters: figures over all forms."""
        yield self._printed("summary", "汇总表")
        if drawings := self.book.drawings:
            sheaf = charts("图　表", drawings, self.press.colour, self.book.letters)
            yield _piece("图表", sheaf)
        if checked := [form for form in self.book.forms if form.is_rechecked]:
            note = _checked([form.summary for form in checked])
            yield _piece(CHECKED, rechecks(CHECKED, note, checked, self.setting))
        if self.book.is_planned:
            return
        if entries := list(entries_of(self.book.forms)):
            targets = {entry.target for entry in entries}
            summaries = self.book.summaries
            short = [summary for summary in summaries if summary.stem in targets]
            flaw = comparison.shortfall(summaries, "没有得到满分", "没有达到指标值")
            note = f"{how_many(short)}的{len(entries):,d}项指标{flaw}"
            yield _piece(FLAWS, deviations(FLAWS, note, entries, self.setting))

    def _appendices(self) -> Iterator[Piece]:
        forms = self.book.forms
        texts = [("glossary", "名词解释")]
        if not self.book.is_planned:
            texts.insert(0, ("rules", "评分规则"))
        names = iter(_APPENDICES)
        for template, title in texts:
            yield self._printed(template, f"{next(names)}　{title}")
        for title, lines in (("项目索引", projects(forms)), ("指标索引", indicators(forms))):
            whole = f"{next(names)}　{title}"
            yield _piece(whole, set_list(whole, lines, self.setting, columns=2))

    def back(self) -> Iterator[Piece]:
        """The appendices: the first opens on the right, and behind it short ones run on."""
        first, *others = self._appendices()
        yield first
        for piece in others:
            yield replace(piece, side=Side.NEXT) if piece.pages <= SHORT else piece


def _checked(summaries: Sequence[Summary]) -> str:
    """What 复核 came to, in a sentence: both averages of the projects that have both scores."""
    both = [(s.own_total, s.found_total) for s in summaries]
    scored = [(own, found) for own, found in both if own is not None and found is not None]
    words = f"{how_many(summaries)}经过复核"
    if not scored:
        return words
    own, found = (mean(totals) for totals in zip(*scored, strict=True))
    part = f"其中计分的{len(scored):,d}{'份' if any(s.is_whole for s in summaries) else '个'}"
    return (
        f"{words}，{part if len(scored) < len(both) else ''}自评平均{figure(own)}分，"
        f"复核平均{figure(found)}分，相差{signed(found - own)}分"
    )


def _piece(title: str, sheaf: Sheaf, target: str = "") -> Piece:
    packed = sheaf.packed()
    return Piece(
        title, target or f"volume:{title}", len(sheaf.leaves), lambda: Sheaf.unpacked(packed)
    )


def _ordinal(number: int) -> str:
    """第一册, for 0."""
    tens, ones = divmod(number + 1, 10)
    signs = "零一二三四五六七八九"
    ten = ("" if tens == 1 else signs[tens]) + "十" if tens else ""
    return f"第{ten}{signs[ones] if ones else ''}册"
