"""Where points were lost: sums that agree with the scorecard, and none that is not true."""

from __future__ import annotations

from decimal import Decimal

from builder.scoring import EXECUTION, losses
from tests.support.scores import indicator, named, report, score

RULE = named("上海市级")
RESCALED = named("上海市级", not_applicable="折算")


def test_losses_by_part_come_to_what_is_missing() -> None:
    card = score(
        report(
            绩效指标={
                "产出指标": {"数量指标": [indicator("≥10次", "5次", "50")]},
                "效益指标": {"社会效益": [indicator("≥10次", "9次", "40", 得分="30")]},
            }
        ),
        RULE,
    )
    found = losses(card)
    assert found
    assert found.is_sum
    assert found.lost == 100 - (card.total or 0)
    assert list(found.parts.items()) == [
        ("产出指标", Decimal("25.00")), ("效益指标", Decimal(10)), (EXECUTION, Decimal("0.50")),
    ]  # fmt: skip
    assert [loss.number for loss in found.greatest] == [1]


def test_equal_losses_are_all_the_greatest() -> None:
    entries = (indicator("≥10次", "5次", "45"), indicator("≥2次", "1次", "45"))
    found = losses(score(report(*entries), RULE))
    assert found
    assert [loss.number for loss in found.greatest] == [1, 2]


def test_no_sum_where_points_are_rescaled_or_missing_or_too_many() -> None:
    rescaled = score(
        report(indicator("≥1次", "1次", "60"), indicator("≥5次", "/", "30"), spent="50"), RESCALED
    )
    found = losses(rescaled)
    assert found
    assert found.is_rescaled
    assert not found.is_sum
    assert losses(score(report(indicator("及时", "部分达成", "90")), RULE)) is None
    assert losses(score(report(indicator("≥1次", "2次", "90", 得分="95")), RULE)) is None
    assert losses(score(report(indicator("≥1次", "2次")), named("转移支付"))) is None
