"""Figures as a reader sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builder.text import wan


@pytest.mark.parametrize(
    ("yuan", "told"),
    [("12345678.90", "1,234.57"), ("-50", "-0.01"), ("-49.99", "0.00"), ("0", "0.00")],
)
def test_a_sum_is_told_in_wan(yuan: str, told: str) -> None:
    assert wan(Decimal(yuan)) == told
