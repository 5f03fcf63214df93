"""The figures of the funding block: rows, the total that they make, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from builder.layouts import AMOUNTS, FundsBlock
from builder.model import TOTAL_ROW, Amounts, Report, extras
from builder.scoring.profile import Profile
from builder.scoring.ruling import HUNDRED, ZERO, within
from builder.scoring.target import plain

_NAMES = {Amounts.label(name): name for name in Amounts.model_fields}


@dataclass(frozen=True, slots=True)
class FundLine:
    """One funding row in the form's money unit: `amounts` by column, typed and worked out, `rate`
    and `shares` in % as printed. What is blank, or follows from a blank, is None.

    `weight` and `score` are those of a row that shows points of its own beside the total's.
    """

    label: str
    amounts: Mapping[str, Decimal | None]
    rate: Decimal | None = None
    shares: Mapping[str, Decimal | None] = field(default_factory=dict)
    weight: Decimal | None = None
    score: Decimal | None = None
    formula: str = ""

    @property
    def initial(self) -> Decimal | None:
        return self.amounts["年初预算数"]

    @property
    def budget(self) -> Decimal | None:
        return self.amounts["全年预算数"]

    @property
    def approved(self) -> Decimal | None:
        """What there is before any results: 年初预算数, on forms without it the other one."""
        return self.budget if self.initial is None else self.initial

    @property
    def spent(self) -> Decimal | None:
        return self.amounts["全年执行数"]

    def base(self, profile: Profile) -> Decimal | None:
        """What the rate is a share of."""
        return self.amounts.get(profile.execution.denominator)

    def limit(self, profile: Profile) -> Decimal | None:
        """What there is to spend: the budget of the year, or what the form makes of it."""
        is_usual = profile.execution.denominator in AMOUNTS
        return self.budget if is_usual else self.base(profile)


def fund_lines(report: Report, profile: Profile, funds: FundsBlock) -> tuple[FundLine, ...]:
    """The rows that are typed, in their order."""
    rows = (_line(label, typed(row, funds), profile, funds) for label, row in report.rows.items())
    return tuple(scored(row, profile) if row.label in funds.scored_rows else row for row in rows)


def total_line(
    report: Report, profile: Profile, funds: FundsBlock, spent: Decimal | None = None
) -> FundLine:
    """What the rows come to. What they leave open, the written total may say. `spent` counts
    before all: what was found when the report was checked again."""
    written = report.funds.get(TOTAL_ROW)
    said = typed(written, funds) if written else {}
    rows = [typed(report.funds[label], funds) for label in making_the_total(report, funds)]
    found: dict[str, Decimal | None] = {}
    for column in (*AMOUNTS, *funds.own_amounts):
        total = _sum((row[column] for row in rows), is_taken_away=column in _subtrahends(funds))
        found[column] = said.get(column) if total is None else total
    if spent is not None:
        found[Amounts.label("spent")] = spent
    return _line(TOTAL_ROW, found, profile, funds)


def making_the_total(report: Report, funds: FundsBlock) -> Sequence[str]:
    """The rows whose sum is the total: no part of another row, and of several ways to split the
    total only the first in which something is typed; none where the form has only some of them."""
    if funds.is_partial:
        return ()
    ways = groups(report, funds).get(None, {})
    return next(iter(ways.values()), ())


def groups(
    report: Report, funds: FundsBlock
) -> Mapping[str | None, Mapping[str | None, Sequence[str]]]:
    """The rows that are typed by what they are a part of (None: the total), and by the way in
    which they split it; the ways in the order of the layout."""
    found: dict[str | None, dict[str | None, list[str]]] = {}
    order = {funds.family(row): number for number, row in reversed([*enumerate(funds.rows)])}
    families = {row: funds.family(row) for row in report.rows}
    for row in sorted(families, key=lambda row: order.get(families[row], 0)):
        whole, way = families[row]
        found.setdefault(whole, {}).setdefault(way, []).append(row)
    return found


def typed(row: Amounts, funds: FundsBlock) -> dict[str, Decimal | None]:
    """The amounts of a row as its author wrote them, by column."""
    found: dict[str, Decimal | None] = {label: getattr(row, name) for label, name in _NAMES.items()}
    if funds.own_amounts:
        own = extras(row)
        found |= {column: own.get(column) for column in funds.own_amounts}
    return found


def total_of(parts: Iterable[Decimal | None]) -> Decimal | None:
    """A sum; None where a part is not known."""
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known, ZERO) if len(known) == len(found) else None


def _sum(parts: Iterable[Decimal | None], *, is_taken_away: bool) -> Decimal | None:
    """The sum of some rows, if there are any; a blank among what is taken away is nothing."""
    found = list(parts)
    if is_taken_away:
        found = [part for part in found if part is not None]
    return total_of(found) if found else None


def _subtrahends(funds: FundsBlock) -> set[str]:
    return {formula.other for formula in funds.computed.values() if not formula.is_share}


def _line(
    label: str, amounts: Mapping[str, Decimal | None], profile: Profile, funds: FundsBlock
) -> FundLine:
    """A row with all that its amounts come to."""
    known, shares = dict(amounts), {}
    for column, formula in funds.computed.items():
        one, other = known.get(formula.one), known.get(formula.other)
        if formula.is_share:
            shares[column] = _share(one, other, profile)
        else:
            known[column] = None if one is None else one - (other or ZERO)
    line = FundLine(label, known, shares=shares)
    return replace(line, rate=_share(line.spent, line.base(profile), profile))


def _share(part: Decimal | None, whole: Decimal | None, profile: Profile) -> Decimal | None:
    """A share in % as printed: rounded as the profile rounds its 执行率."""
    if part is None or whole is None:
        return None
    return profile.execution.rate.apply(part * HUNDRED / whole if whole > 0 else ZERO)


def scored(line: FundLine, profile: Profile, weight: Decimal | None = None) -> FundLine:
    """A row with the points that its rate comes to, and how; of the profile's 分值, unless
    another `weight` is given."""
    rule = profile.execution
    base, spent = line.base(profile), line.spent
    full = rule.weight if weight is None else weight
    if full is None or rule.score is None or not profile.is_scored:
        return line
    if base is None or spent is None:
        blank = rule.denominator if base is None else Amounts.label("spent")
        return replace(line, weight=full, formula=f"{blank}空白，无法计算")
    if base <= 0:
        return replace(line, weight=full, formula=f"{rule.denominator}为零，无法计算")
    printed = line.rate if line.rate is not None else ZERO
    if rule.score.basis == "精确比值":
        exact = spent * full / base
        quotient = f"{plain(spent)} ÷ {plain(base)}"
    else:
        exact = printed * full / HUNDRED
        quotient = f"{plain(printed)}%"
    points = within(full, exact, rule.score)
    formula = f"{quotient} × {plain(full)} = {points}（{rule.score.in_words()}）"
    if exact > full:
        formula = f"{quotient} × {plain(full)} 超过满分，按满分 {plain(full)} 计"
    return replace(line, weight=full, score=points, formula=formula)


def worked_out(line: FundLine, profile: Profile, funds: FundsBlock) -> Iterator[str]:
    """How the form's own columns of a row came about, in sentences; none where it has none."""
    for column, formula in funds.computed.items():
        one, other = line.amounts.get(formula.one), line.amounts.get(formula.other)
        sides = f"{_side(formula.one, one)} {'÷' if formula.is_share else '−'} "
        if formula.is_share:
            sides += _side(formula.other, other)
            share = line.shares[column]
            known = (
                "无法计算"
                if share is None
                else f"= {share}%（{profile.execution.rate.in_words()}）"
            )
        else:
            amount = line.amounts[column]
            sides += _side(formula.other, other, blank="空白，不减")
            known = "无法计算" if amount is None else f"= {plain(amount)}"
        yield f"{column}：{sides} {known}"


def _side(column: str, amount: Decimal | None, *, blank: str = "空白") -> str:
    return f"{column}（{blank}）" if amount is None else f"{column} {plain(amount)}"
