"""Texts as they are meant: what is taken for markup, and what is left as written."""

from __future__ import annotations

import pytest

from builder.prose import joined, markup_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("研发&amp;推广", "研发&推广"),
        ("甲&nbsp;乙", "甲乙"),
        ("A&nbsp;B", "A\u00a0B"),
        ("&lt;90 &#215; &#xD7; &times; &ldquo;优&rdquo;", "<90 × × × “优”"),
        # No entity without a semicolon, and none but those of HTML, whole.
        ("AT&T&region=sh&copy=2&notit; &amp", "AT&T&region=sh&copy=2&notit; &amp"),
        ("&bogus; &#; &#x; &;", "&bogus; &#; &#x; &;"),
        # What nobody could see, or could break a line, stays in sight.
        ("a&#8238;b&shy;&#8232;&#0;&#10;&#xD800;", "a&#8238;b&shy;&#8232;&#0;&#10;&#xD800;"),
        ("&#99999999;&#1114112;", "&#99999999;&#1114112;"),
    ],
)
def test_entities(written: str, meant: str) -> None:
    assert joined(written) == meant


def test_markup_is_what_is_taken_away() -> None:
    assert markup_of("<p>研发&amp;推广&region=1&times;</p>") == ["<p>", "</p>", "&amp;", "&times;"]
    for clean in ("AT&T", "a &region b", "x&bogus;", "1 < 2"):
        assert markup_of(clean) == []
        assert joined(clean) == clean
