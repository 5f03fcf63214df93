"""What a word that nobody knows may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKE = "是否应为"
ENOUGH = 0.5  # how like a word must be to be asked after, from 0 to 1


def suggestion(word: str, known: Iterable[str]) -> str:
    """Advice for a word that is not among the known ones: the nearest, else all of them."""
    choices = tuple(known)
    close = close_to(word, choices)
    return f"{LIKE}“{close[0]}”？" if close else listed(choices)


def listed(choices: Iterable[str]) -> str:
    """Advice that names all that may be written."""
    return f"可以填写：{'、'.join(choices)}"


def close_to(word: str, choices: Iterable[str], enough: float = ENOUGH) -> list[str]:
    """The choice that is most like a word, if one is enough so."""
    return get_close_matches(word, tuple(choices), n=1, cutoff=enough)
