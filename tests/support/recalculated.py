"""Forms as workbooks whose inputs are changed, worked out by LibreOffice and by our own rules."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from openpyxl import load_workbook

from builder import export
from builder.export.workbook.arithmetic import Formula
from builder.export.workbook.contents import Contents, contents
from builder.export.workbook.figures import Figure, figure
from builder.export.workbook.points import is_by_rule
from builder.model import Amounts, Indicator, Report
from builder.scoring import Document, rechecked, score
from builder.source import Location

FUNDS = Report.label("funds")
ACTUAL, WEIGHT, TARGET = (Indicator.label(name) for name in ("actual", "weight", "target"))
WORDS = ("达成指标", "未达成", "部分达成", "/", "无")
NEAR = (Decimal("0.9"), Decimal("1.1"), Decimal("0.97"), Decimal("2.5"), Decimal("0.333"))


@dataclass(frozen=True)
class Change:
    """A document after some of its cells were changed, and what is to be typed into them."""

    document: Document
    typed: Mapping[str, str | float] = field(default_factory=dict)
    before: Document | None = None


def by_rule(document: Document) -> Document:
    """The same report without those 得分 that say no more than the rules."""
    if document.recheck:
        return document
    ruled = {point.place() for point in document.card.points if is_by_rule(point)}
    places = iter([point.place() for point in document.card.points])

    def ruled_only(indicator: Indicator) -> Indicator:
        return indicator.without("awarded") if next(places) in ruled else indicator

    return scored(document, document.report.with_indicators(ruled_only))


def scored(document: Document, report: Report) -> Document:
    """A document of a changed report."""
    profile, layout = document.profile, document.layout
    found = rechecked(report, profile, layout) if document.recheck else None
    return replace(document, report=report, card=score(report, profile, layout), recheck=found)


def changed(document: Document, seed: int) -> Change:
    """The document with other figures and words in its input cells, always the same ones."""
    random, form = Random(seed), contents(document)  # noqa: S311  not a secret
    typed: dict[str, str | float] = {}
    places = iter([point.place() for point in document.card.points])

    def other(indicator: Indicator) -> Indicator:
        place, changes = next(places), dict[str, Any]()
        if (name := form.names.get((*place, ACTUAL))) and random.random() < 0.7:
            text, typed[name] = _result(indicator, form.figures.get((*place, ACTUAL)), random)
            changes["actual"] = text
        weight = form.figures.get((*place, WEIGHT))
        if weight and random.random() < 0.3:
            changes["weight"] = Decimal(random.randrange(1, 2000)) / 100
            typed[form.names[*place, WEIGHT]] = float(changes["weight"])
        asked = form.figures.get((*place, TARGET))
        if asked and random.random() < 0.2:
            value = _near(asked.value, random)
            changes["target"] = f"{asked.before}{value:f}{asked.after}"
            typed[form.names[*place, TARGET]] = float(value)
        return indicator.model_copy(update=changes)

    report = document.report.with_indicators(other)
    funds = {
        row: _funds(row, amounts, form, random, typed) for row, amounts in report.funds.items()
    }
    after = scored(document, report.model_copy(update={"funds": funds}))
    return Change(after, typed, document)


def _result(indicator: Indicator, shown: Figure | None, random: Random) -> tuple[str, str | float]:
    """Another result, as it stands in a file and as it is typed into the cell."""
    if shown is None or random.random() < 0.15:
        word = random.choice(WORDS)
        return word, word
    asked = figure(indicator.target)
    value = _near(random.choice([shown.value, asked.value if asked else shown.value]), random)
    return f"{shown.before}{value:f}{shown.after}", float(value)


def _near(value: Decimal, random: Random) -> Decimal:
    """A figure that is the given one, somewhat more or less, or far away."""
    far = [value / 1000, value / 50, Decimal(0), value - Decimal("0.01"), value + 1]
    found = random.choice([value, *(value * by for by in NEAR), *far])
    return abs(found).quantize(random.choice([Decimal(1), Decimal("0.1"), Decimal("0.001")]))


def _funds(
    row: str, amounts: Amounts, form: Contents, random: Random, typed: dict[str, str | float]
) -> Amounts:
    changes = {}
    for name in ("initial", "budget", "spent"):
        place: Location = (FUNDS, row, Amounts.label(name))
        if place in form.figures and place not in form.formulas and random.random() < 0.6:
            value = Decimal(random.randrange(100_000)) / random.choice([10, 100, 1000])
            changes[name] = random.choice([value, value, value, Decimal(0)])
            typed[form.names[place]] = float(changes[name])
    return amounts.model_copy(update=changes)


def workbook(change: Change) -> bytes:
    """The workbook of the document before, with what is typed in its cells and no results."""
    book = load_workbook(io.BytesIO(export.form_to_xlsx(change.before or change.document)))
    page = book.worksheets[0]
    for name, value in change.typed.items():
        page[name] = value
        if isinstance(value, str):
            page[name].data_type = "s"  # whatever it begins with
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def differences(change: Change, data: bytes) -> Iterator[tuple[Location, object, object]]:
    """Where a workbook that was worked out says something else than our own rules: the place,
    what it says, what it should."""
    page = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    before, after = contents(change.before or change.document), contents(change.document)
    for place in before.formulas:
        said = page[before.names[place]].value
        meant = _meant(place, after.formulas.get(place), after.figures.get(place), after.texts)
        if not _is_same(said, meant):
            yield place, said, meant


def _meant(
    place: Location,
    formula: Formula | None,
    shown: Figure | None,
    texts: Mapping[Location, str],
) -> Decimal | str:
    if formula and formula.value is not None:
        return formula.value
    found = figure(texts.get(place, "").lstrip("+"))
    return shown.value if shown else found.value if found else texts.get(place, "")


def _is_same(said: object, meant: Decimal | str) -> bool:
    if isinstance(meant, Decimal):
        return isinstance(said, int | float) and abs(Decimal(repr(said)) - meant) < Decimal("1e-9")
    return (said or "-") == (meant or "-")
