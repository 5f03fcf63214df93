"""Chinese texts as authors write them: joined where lines were wrapped, a little Markdown.

A text is paragraphs (blank line), lists, line breaks and bold. Two things differ from
CommonMark because Chinese differs: a break or space between two Chinese characters is
nothing, and bold needs no space around it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from html.entities import html5
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from builder.text.characters import HIDDEN, usual

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# Han characters (with extensions), CJK punctuation, full-width forms, Chinese quotes.
CHINESE = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U000323af"
)
_STRAY = re.compile(rf"(?<=[{CHINESE}])[ \t\u00a0\u3000]*+\n?+[ \t\u00a0\u3000]*+(?=[{CHINESE}])")
_GOAL = r"目标[0-9一二三四五六七八九十]{1,3}[：:]"
_KEPT_BREAK = re.compile(
    r"\n[ \t]*(?=[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳]|[一二三四五六七八九十]{1,3}、)|"
    rf"(?:\n[ \t]*|(?<=[{CHINESE}])[ \t\u3000]+)(?={_GOAL})"
)
_N = r"(?P<n>[0-9]{1,2}|十?[一二三四五六七八九]|十)"
_BEGUN = "。；;：:\n"  # what the first of a series stands behind
# Series that forms are full of, typed in one line: each mark with what must stand before it.
_SERIES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"(?:(?:^|(?<=[。；;，,、\s]))(?:\*\*)?|(?={_GOAL}))目标{_N}(?![0-9])",
        rf"(?:^|(?<=[{_BEGUN}]))[ ]*[（(]?{_N}[）)]",
        rf"(?:^|(?<=[，, {_BEGUN}]))(?P<n>[①-⑳])",
        rf"(?:^|(?<=[。；;]))[ ]*{_N}(?<![0-9])、",
    )
)
_ITEM = re.compile(r"(?<=[。；;])\s*(?=[0-9]{1,2}[.．、]\s*[^\s0-9])")
_TAG = re.compile(
    r"</?(?:p|br|div|span|b|strong|em|i|u|font|table|t[rdh]|ul|ol|li|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{1,31});")
_HARD_BREAK = "\u2028"  # keeps a wanted break while stray ones are removed


def joined(text: str) -> str:
    """A text as it is meant: HTML tags gone, stray spaces and breaks between Chinese gone.

    A blank line stays a paragraph; a break before an enumerator such as （一） or ① stays, and
    before 目标2： a space is one.
    """
    text = _TAG.sub("", text) if "<" in text else text
    text = _ENTITY.sub(_character, text) if "&" in text else text
    text = _KEPT_BREAK.sub(_HARD_BREAK, text.strip())
    paragraphs = (_STRAY.sub("", paragraph) for paragraph in re.split(r"\n[ \t]*\n", text))
    return "\n\n".join(p.strip() for p in paragraphs if p.strip()).replace(_HARD_BREAK, "\n")


def markup_of(raw: str) -> list[str]:
    """The HTML tags, then the entities left in a raw text; empty for a clean text."""
    entities = (found for found in _ENTITY.finditer(raw) if _character(found) != found[0])
    return _TAG.findall(raw) + [found[0] for found in entities]


# Marks that other programs take and we do not: they would stand on the page as they are typed.
_LITERAL = (
    ("网页标签", re.compile(
        r"</?(?:a|img|sup|sub|hr|pre|code|small|big|center|s|del|ins|mark|blockquote|section|article|"
        r"label|input|button|form|iframe|script|style|link|meta|video|audio|html|body|head|o:p)"
        r"\b[^<>]*>|<!--",
        re.IGNORECASE,
    )),
    # A sign of a document, [2023]12号, is none.
    ("图片或链接", re.compile(r"!?\[[^\[\]\n]*\]\((?:[^()\s./#:]*+[./#:][^()\s]*+|\s*+)\)")),
    ("标题记号", re.compile(r"^[ \t]*+#{1,6}[ \t]++\S++", re.MULTILINE)),
    ("代码记号", re.compile(r"```|`[^`\n]+`")),
    ("表格记号", re.compile(r"^[ \t]*+\|?(?:[ \t]*+:?-{3,}+:?[ \t]*+\|)+.*$", re.MULTILINE)),
)  # fmt: skip


def literal_mark(raw: str) -> tuple[str, str] | None:
    """What kind of mark, and the mark itself, a raw text holds that a page shows as it is typed."""
    found = ((what, pattern.search(raw)) for what, pattern in _LITERAL)
    return next(((what, mark[0].strip()) for what, mark in found if mark), None)


def _character(entity: re.Match[str]) -> str:
    """What an entity of HTML stands for; as written where it is none, or nobody could see it.

    `html.unescape` alone would also read `&region` as ® and `ion`, and `&#8238;` as a sign
    that turns the text around.
    """
    if entity[0][1] != "#" and entity[0][1:] not in html5:
        return entity[0]
    meant = html.unescape(entity[0])
    hidden = HIDDEN.search(meant) or any(
        unicodedata.category(c)[0] == "C" or c in "\ufffc\ufffd" for c in meant
    )
    return usual(meant) if meant and not hidden else entity[0]


def has_stray_space(raw: str) -> bool:
    """Whether a space (not a line break) stands between two Chinese characters."""
    return bool(re.search(rf"(?<=[{CHINESE}])[ \t\u00a0\u3000]+(?=[{CHINESE}])(?!{_GOAL})", raw))


def width(text: str) -> int:
    """Columns on a terminal: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


# What stays in one piece on a terminal: a word or number, an opening mark with what follows, what
# a line may not begin with.
_CLOSING = "，。；：、！？）】》”’…%"
_PIECE = re.compile(
    rf"[ \u3000]*+(?:[（【《“‘]*(?:[^{CHINESE} \u3000]+|[^（【《“‘])|[（【《“‘]+)?[{_CLOSING}]*",
    re.DOTALL,
)


def folded(text: str, columns: int) -> str:
    """A text for a terminal of that many columns: longer lines go on below, further in."""
    return "\n".join(_folded(line, columns) for line in text.split("\n"))


def _folded(line: str, columns: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
    told, at = "", 0
    for piece in filter(None, _PIECE.findall(line)):
        if told.strip() and at + width(piece) > columns:
            told += f"\n{indent}{piece.lstrip()}"
            at = len(indent) + width(piece.lstrip())
        else:
            told += piece
            at += width(piece)
    return told


def _strong(state: StateInline, silent: bool) -> bool:
    """`**bold**` by its marks alone: the flanking rule fails beside Chinese punctuation."""
    if not state.src.startswith("**", state.pos):
        return False
    end = state.src.find("**", state.pos + 2)
    inner = state.src[state.pos + 2 : end]
    if end < 0 or not inner.strip():
        return False
    if not silent:
        state.push("strong_open", "strong", 1)
        state.push("text", "", 0).content = inner
        state.push("strong_close", "strong", -1)
    state.pos = end + 2
    return True


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # a command that makes no page goes without

    parser = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True})
    parser.enable(["list", "newline"])
    parser.inline.ruler.before("newline", "strong", _strong)
    return parser


def _parted(text: str, marks: re.Pattern[str]) -> str:
    """A text with each mark of a series at the beginning of a line.

    A series counts from one, and again from one; anything else is prose (实现目标1：1配比).
    """
    found = list(marks.finditer(text))
    numbers = [_number(mark["n"]) for mark in found]
    counts = all(n in (1, before + 1) for before, n in pairwise([0, *numbers]))
    if len(found) < 2 or not counts or text[: found[0].start()].rstrip(" ")[-1:] not in _BEGUN:
        return text
    return marks.sub(lambda mark: _on_a_line(text, mark), text)


def _on_a_line(text: str, mark: re.Match[str]) -> str:
    is_begun = mark.start() == 0 or text[mark.start() - 1] == "\n"
    return mark[0] if is_begun else f"\n{mark[0].lstrip()}"


def _number(numeral: str) -> int:
    """The value of `12`, 十二 or ⑫."""
    if numeral.isdecimal():
        return int(numeral)
    return int(sum(map(unicodedata.numeric, numeral)))


def to_html(text: str) -> Markup:
    """A text of the model as safe HTML: `p`, `ol`, `ul`, `li`, `br`, `strong`, nothing else.

    `1. … 。 2. …` in one line becomes a list: forms are typed that way. So is 目标1：…；目标2：…,
    （1）…；（2）… or ①…；②…, of which each begins a line.
    """
    for marks in _SERIES:
        text = _parted(text, marks)
    # An enumeration inside a line begins a list; a list needs its own paragraph.
    if len(_ITEM.findall("。" + text)) > 1:
        text = _ITEM.sub("\n", text)
        text = re.sub(r"(?m)^([0-9]{1,2})[.．、]\s*", r"\1. ", text)
    # Safe: the parser knows no raw HTML and escapes all it does not know.
    return Markup(_parser().render(text))  # noqa: S704


def to_inline(text: str) -> Markup:
    """The same for a cell of a form: what is one paragraph comes without its `p`."""
    if not text:  # most cells of reasons
        return Markup()
    shown = to_html(text)
    inside = shown.strip().removeprefix("<p>").removesuffix("</p>")
    return shown if re.search(r"<(?:p|ol|ul)\b", inside) else Markup(inside)  # noqa: S704


# What neither XML nor a spreadsheet can carry.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BOLD = re.compile(r"\*\*(\s*[^\s*](?:[^*]|\*(?!\*))*)\*\*")


def to_plain(text: str) -> str:
    """A text of the model in one line without marks, for search, feeds and data tables."""
    text = _BOLD.sub(r"\1", text) if "**" in text else text
    text = text if text.isprintable() else _UNPRINTABLE.sub("", text)
    return " ".join(text.split())
