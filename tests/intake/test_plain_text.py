"""Forms as plain text: what a clerk pastes, as far as the borders of its cells survive."""

from __future__ import annotations

import pytest

from builder import office
from builder.intake import take
from builder.office import Paper
from tests.conftest import ROOT
from tests.intake.test_real_forms import is_expected, known, typed
from tests.support.imported import by_name, unlike

TEXTS = ROOT / "tests" / "data" / "office" / "text"
# Of 13 the text has the indicators only, without levels; of 16 blank cells are gone, and one
# cannot know which. What is read there is not said to be right; nothing of it is lost.
BORDERLESS = ("13", "16")
WHOLE = sorted(path.stem for path in TEXTS.glob("*.txt") if path.stem not in BORDERLESS)


def read(name: str) -> Paper:
    path = TEXTS / f"{name}.txt"
    paper = office.read(path.name, path.read_bytes())
    assert isinstance(paper, Paper)
    return paper


@pytest.mark.parametrize("name", WHOLE)
def test_text_with_borders_becomes_the_file_that_was_typed(name: str) -> None:
    document = typed(name)
    taken = next(iter(take(read(name), known(), year=f"{document.report.year}")))
    assert taken.document
    found = {by_name(at, document): both for at, both in unlike(document, taken.document).items()}
    assert {at: both for at, both in found.items() if not is_expected(name, "txt", at)} == {}


@pytest.mark.parametrize("name", [*WHOLE, *BORDERLESS])
def test_every_word_of_a_text_is_used_or_kept(name: str) -> None:
    for taken in take(read(name), known(), year="2023"):
        for lost in taken.draft.lost:
            assert " ".join(lost.text.split()) in taken.text
