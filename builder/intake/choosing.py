"""Which layout a form stands on: the one whose words explain most of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.content import Rules, Settings, by_profile
from builder.intake.forms import Form, Marks, money_unit
from builder.intake.labels import key
from builder.intake.words import (
    CLOSING,
    COLUMN,
    FUND_COLUMN,
    FUND_ROW,
    GOAL,
    GROUP,
    HEAD,
    KIND,
    TABLE_COLUMN,
    TABLE_NAME,
    TEXT,
    Role,
    Words,
    shared_words,
)
from builder.layouts import Layout
from builder.model import REVIEW, SELF, STAGES, TARGET, Stage

# What a word of a part of the form weighs where it is found, and where it should be and is not.
_FOUND = {FUND_COLUMN: 2.0, COLUMN: 2.0, GOAL: 2.0, TEXT: 2.0, TABLE_NAME: 2.0, HEAD: 1.0,
          CLOSING: 1.0, FUND_ROW: 1.0, GROUP: 0.5, KIND: 0.2, TABLE_COLUMN: 0.5}  # fmt: skip
_LACKING = {FUND_COLUMN: 1.5, COLUMN: 1.5, GOAL: 1.0, TEXT: 0.7, TABLE_NAME: 0.3, HEAD: 0.7,
            CLOSING: 0.4, FUND_ROW: 0.5}  # fmt: skip
_TITLE, _PART_OF_TITLE, _UNIT, _UNEXPLAINED, _OTHER_WORD = 4.0, 2.0, 0.25, 1.5, 0.6
# What the rules of the site itself are ahead: more than a unit of money, which can be worked out.
_OWN = 0.7


@dataclass(frozen=True, slots=True)
class Choice:
    """A layout with the rules that a file on it is read by, and how much of the form speaks for
    it; `against` are labels that it lacks, or that the form lacks, in Chinese."""

    rules: Rules
    words: Words
    score: float
    against: tuple[str, ...]


class Catalogue:
    """The layouts and rules of a site, ready to be compared with forms."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shared = shared_words(settings.layouts.by_name.values())
        self.marks = Marks(self.shared)
        self._words: dict[int, Words] = {}
        self._known: dict[int, tuple[Rules, ...]] = {}

    def choices(self, form: Form, year: int, named: str | None = None) -> list[Choice]:
        """Every layout that a form could stand on, the likeliest first; only the one `named`,
        where there is one. Of profiles that share a layout each is a choice."""
        texts, default = _Texts(form, self.marks), self.settings.site.profile
        found = []
        scores: dict[int, tuple[float, tuple[str, ...]]] = {}
        for rules in self._rules(year):
            layout = self.layout(rules)
            if layout is None or (named and layout.name != named):
                continue
            words = self.words(layout)
            if id(layout) not in scores:
                scores[id(layout)] = _score(texts, words)
            score, against = scores[id(layout)]
            score += _OWN if rules.profile.name == default else 0
            found.append(Choice(rules, words, score, against))
        return sorted(found, key=lambda c: (-c.score, *_distance(c, default)))

    def layout(self, rules: Rules) -> Layout | None:
        """The layout that a form of a stage is printed on."""
        if rules.stage != REVIEW:
            return None if rules.lacks_form else rules.layout
        review = rules.profile.review
        return self.settings.layouts.by_name.get(review) if review else None

    def words(self, layout: Layout) -> Words:
        """The words of a layout, worked out once."""
        if id(layout) not in self._words:
            self._words[id(layout)] = Words(layout, self.shared)
        return self._words[id(layout)]

    def _rules(self, year: int) -> Iterator[Rules]:
        if year not in self._known:
            self._known[year] = tuple(
                rules
                for name in self.settings.profiles.by_name
                if (profile := self.settings.profiles.of(name, year))
                for stage in (SELF, TARGET, REVIEW)
                if (rules := by_profile(profile, year, self.settings, stage))
            )
        yield from self._known[year]


def _distance(choice: Choice, default: str) -> tuple[bool, bool]:
    """What speaks for one of equals: that the site uses it, that the layout is its own."""
    name = choice.rules.profile.name
    return name != default, name != choice.words.layout.name


class _Texts:
    """The short texts of a form, as they are compared."""

    def __init__(self, form: Form, marks: Marks) -> None:
        lines = [*form.opening, *form.lines]
        self.title = key(form.title)
        cells = [cell.text for line in lines for cell in line.filled]
        self.keys = {key(text) for text in cells} - {""}
        self.short = {text for text in cells if key(text)}
        headings = (line for line in lines if marks.is_heading(line))
        self.headings = [cell.text for line in headings for cell in line.filled]
        self.unit = money_unit(lines)


def _score(texts: _Texts, words: Words) -> tuple[float, tuple[str, ...]]:
    layout = words.layout
    known = {role for text in texts.keys for role in words.own.get(text, ())}
    loose: set[Role] = set()
    for text in texts.short:
        loose.update(words.roles(text))
    score, lacking = 0.0, []
    for role, word in words.spoken.items():
        if role in known:
            score += _FOUND.get(role.part, 0)
        elif role in loose:
            score += _FOUND.get(role.part, 0) * _OTHER_WORD
        else:
            score -= _LACKING.get(role.part, 0)
            if role.part in (FUND_COLUMN, COLUMN, GOAL, TEXT, HEAD):
                lacking.append(f"表上没有“{word}”")
    title = key(layout.form_title)
    if texts.title:
        score += _TITLE if title in texts.title else 0
        score += _PART_OF_TITLE * _likeness(title, texts.title)
    if texts.unit:
        score += _UNIT if texts.unit == layout.money_unit else -_UNIT
    unexplained = [text for text in texts.headings if not words.roles(text)]
    score -= _UNEXPLAINED * len(unexplained)
    against = (*(f"版式没有“{key(text)}”一列" for text in unexplained), *lacking)
    return score, tuple(against)


def _likeness(one: str, other: str) -> float:
    """How many of the words that kinds of forms are told by two titles share, from 0 to 1."""
    marks = (
        "部门整体",
        "转移支付",
        "目标",
        "自评",
        "复核",
        "批复",
        "省级",
        "评价",
        "市本级",
        "衔接",
    )
    return sum((mark in one) == (mark in other) for mark in marks) / len(marks)


def stage_word(stage: Stage) -> str:
    """What a stage is called, for a report of an import."""
    assert stage in STAGES
    return {SELF: "自评表", TARGET: "目标表", REVIEW: "复核表"}[stage]
