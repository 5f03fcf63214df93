"""What a search must find, by looking into every text; and questions to ask."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from builder.site.search.grams import fold
from builder.site.search.passages import Passage

SEARCH = "search/index.html"
DONE = "[data-search-results][aria-busy=false]"

QUESTIONS = (
    "党群", "运维", "满意度", "市财政局", "组织部", "河湖", "桥", "垚", "群服务", "化运维",
    "非遗传承", "网格化管", "（非信息化项目）", "水质监测", "沿江路8号", "中山路", "文化和旅游",
    "184", "1", "95", "1922", "1200.00", "9", "≥95.00(%)", "２０２４年", "2024年度",
    "公共图书 2024", "党员 运维 组织部", "学府街", "老旧小区改造", "市自然资源和规划局",
    "招标时间推迟", "公共图书借阅服务质量", "人数不少于", "翀", "及时", "10 分", "10.00 分", "总分",
    "审计信息化 优", "第三方评估 企业满意度", "1,200.00", "Gis", "社会效益", "养护道路",
    "动物防疫示范点", "迎宾路1号", "100", "覆盖面。", "“党群”，", "党群 - 经费", "95.00(%) → 9",
    "社会效益指标", "总分 95", "½",
)  # fmt: skip


def texts(read: Callable[[str], bytes]) -> list[dict[str, Any]]:
    """What a search index knows of each report, in the order of their numbers; `read` gives its
    files by their site paths."""
    core = held_in(read("search/core.js"))
    pages = math.ceil(core["count"] / core["page"])
    digests = "".join(
        held_in(read(f"search/texts/{page}.js")) for page in divided(core["texts"], pages)
    )
    names = (f"{digest[:2]}/{digest[2:]}" for digest in divided(digests, core["count"]))
    return [held_in(read(f"search/text/{name}.js")) for name in names]


def divided(digests: str, count: int) -> list[str]:
    """So many digests that stand one behind the other."""
    length = len(digests) // count
    return [digests[at : at + length] for at in range(0, len(digests), length)]


def reports(site: Path) -> dict[int, list[Passage]]:
    """The passages of every report of a published site, by the index's number of it."""
    held = enumerate(texts(lambda path: (site / path).read_bytes()))
    return {number: [Passage(*one) for one in own["passages"]] for number, own in held}


def held_in(script: bytes) -> Any:
    """What a file of the index hands over."""
    text = script.decode()
    assert text.startswith("jixiaoSearch.take(")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def words(question: str) -> list[str]:
    """The words of a question, as they are compared; signs around them are not meant."""
    bare = [re.sub(r"^[^\w≥≤<>=%‰°]+|[^\w≥≤<>=%‰°]+$", "", word) for word in fold(question).split()]
    return [word for word in bare if re.search(r"\w", word)]


def contains(texts: Iterable[str], word: str, *, plainly: bool = False) -> bool:
    """Whether a word stands in any of the folded texts; a number only from its beginning."""
    if plainly or not re.match(r"[a-z0-9]", word):
        return any(word in text for text in texts)
    inside = r"(?<![a-z0-9])" + (r"(?<![0-9]\.)" if word[0].isdigit() else "") + re.escape(word)
    return any(re.search(inside, text) for text in texts)


def truth(folded: dict[int, list[str]], question: str, *, plainly: bool = False) -> set[int]:
    """The numbers of the reports that hold every word of a question."""
    asked = words(question)
    return {
        number
        for number, texts in folded.items()
        if asked and all(contains(texts, word, plainly=plainly) for word in asked)
    }


def folded(known: dict[int, list[Passage]]) -> dict[int, list[str]]:
    """The passages as they are compared."""
    return {n: [fold(passage.text) for passage in found] for n, found in known.items()}
