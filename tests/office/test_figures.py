"""Numbers are shown as spreadsheets show them."""

from __future__ import annotations

import random

import pytest

from builder.office.figures import number, show, show_text
from builder.office.formats import BUILT_IN

ACCOUNT = BUILT_IN[43]


@pytest.mark.parametrize(
    ("code", "stored", "text", "exact"),
    [
        ("General", "0.30000000000000004", "0.3", ""),
        ("General", "0.1", "0.1", ""),
        ("General", "100", "100", ""),
        ("General", "1.5E-3", "0.0015", ""),
        ("General", "-1E-12", "-1E-12", ""),
        ("General", "1E+300", "1E+300", ""),
        ("G/通用格式", "4.35", "4.35", ""),
        ("0", "2.5", "3", "2.5"),
        ("0.00", "184.65", "184.65", ""),
        ("0.00", "2.675", "2.68", "2.675"),
        ("0.00", "1.005", "1.01", "1.005"),
        ("0.00", "184.65000000000001", "184.65", ""),
        ("0.00", "-0.004", "-0.00", "-0.004"),
        ("0.##", "2", "2", ""),
        ("yyyy;@", "45292", "2024", ""),
        ("#.##", "0.5", ".5", ""),
        ("#,##0", "1234567", "1,234,567", ""),
        ("#,##0.00", "1030700", "1,030,700.00", ""),
        ("#,##0", "999", "999", ""),
        ("0,000", "12", "0,012", ""),
        ("0.0,", "12345", "12.3", "12345"),
        ("0.00%", "0.78910256", "78.91%", "0.78910256"),
        ("0%", "0.8749", "87%", "0.8749"),
        ("0.00%", "1", "100.00%", ""),
        ('0.00"(%)"', "100", "100.00(%)", ""),
        ('"≥"0"%"', "90", "≥90%", ""),
        ("0.00\\%", "78.91", "78.91%", ""),
        ("[$¥-804]#,##0.00", "1234", "¥1,234.00", ""),
        (ACCOUNT, "1234.5", "1,234.50", ""),
        (ACCOUNT, "-1234.5", "-1,234.50", ""),
        (ACCOUNT, "0", "-", "0"),
        ("0.00_);[Red]\\(0.00\\)", "-3.456", "(3.46)", "-3.456"),
        ("0;-0;;@", "0", "", "0"),
        ('[>=90]"优";[>=80]"良";"差"', "85", "良", "85"),
        ("0000-00", "202401", "2024-01", ""),
        ("0.00E+00", "1234", "1234", ""),
        ("@", "12.50", "12.5", ""),
        ("yyyy-mm-dd", "45292", "2024-01-01", ""),
        ('yyyy"年"m"月"d"日"', "45657", "2024年12月31日", ""),
        ("[$-804]yyyy\\年m\\月d\\日;@", "45657", "2024年12月31日", ""),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "45282", "二〇二三年十二月二十二日", ""),
        ("yyyy/m/d h:mm", "45292.75", "2024/1/1 18:00", ""),
        ('上午/下午h"时"mm"分"', "0.75", "下午6时00分", ""),
        ("yyyy-m-d", "60", "1900-2-29", ""),
        ("h:mm:ss", "0.99999999", "0:00:00", ""),
        ("[h]:mm", "1.5", "36:00", ""),
        ("mm:ss", "0.0625", "30:00", ""),
        ("aaaa", "45292", "星期一", ""),
        (BUILT_IN[57], "45292", "2024年1月", ""),
    ],
)
def test_a_number_is_shown_in_its_format(code: str, stored: str, text: str, exact: str) -> None:
    value = number(stored)
    assert value is not None
    shown = show(value, code)
    assert (shown.text.strip(), shown.exact, shown.is_sure) == (text, exact, True)


def test_days_may_count_from_1904() -> None:
    value = number("43830")
    assert value is not None
    assert show(value, "yyyy-mm-dd", is_1904=True).text == "2024-01-01"


@pytest.mark.parametrize(
    ("code", "stored"),
    [("# ?/?", "0.5"), ("[DBNum2]General", "12"), ("yyyy-mm-dd", "-1"), ("yyyy", "99999999")],
)
def test_a_format_that_is_not_understood_shows_the_number(code: str, stored: str) -> None:
    value = number(stored)
    assert value is not None
    shown = show(value, code)
    assert (shown.text, shown.is_sure) == (stored, False)


@pytest.mark.parametrize(
    "text", ["", "NaN", "INF", "1E999", "1E-999", "１", "1" * 500, "0x10", "1_0"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def test_a_format_of_any_kind_ends() -> None:
    value = number("1E300")
    assert value is not None
    for code in ("0" * 255, "#," * 120, "%" * 254 + "0", "0" + "," * 250, '"', "[", "\\", ";;;;;"):
        assert isinstance(show(value, code).text, str)


def test_any_format_of_any_number_ends() -> None:
    chance = random.Random(17)  # noqa: S311  not a secret
    signs = [*'0#?.,%;"\\[]_*@/-+ EymdhsaP年', "General", "[h]", "[>1]", "[DBNum1]", "AM/PM", "E+0"]
    for _ in range(3_000):
        code = "".join(chance.choices(signs, k=chance.randint(1, 40)))
        value = number(chance.choice(["0", "-1.5", "45292.7", "1E300", "-1E-300", "123456.789"]))
        assert value is not None
        assert isinstance(show(value, code).text, str), code
        assert isinstance(show_text("甲", code), str), code


def test_texts_have_formats_too() -> None:
    assert show_text("甲", '@"单位"') == "甲单位"
    assert show_text("甲", ACCOUNT).strip() == "甲"
    assert show_text("甲", "0.00") == "甲"
    assert show_text("甲", ";;;") == ""
