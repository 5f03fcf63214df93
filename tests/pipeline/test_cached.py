"""A build from the cache is a clean build: the same bytes, whatever changed in between."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.pipeline import Request, build, desk, steps, works
from builder.progress import Progress
from tests.conftest import ROOT, fingerprint
from tests.support.corpus import write_years

Edit = Callable[[Path, Random], None]


def site(folder: Path, name: str, cache: Path | None, *, pdf: bool = False) -> tuple[str, str]:
    """The fingerprint of a site built of a content folder, and what was found in it."""
    output, diagnostics = folder / name, Diagnostics()
    request = Request(folder / "content", output, pdf=pdf, cache=cache)
    build(request, diagnostics, Progress(io.StringIO()))
    found = "\n".join(f"{one}" for one in diagnostics)
    return fingerprint(output) if output.exists() else "", found


def some_report(content: Path, random: Random) -> Path:
    return random.choice(sorted(content.glob("20??/*.yaml")))


def with_text(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def a_figure(content: Path, random: Random) -> None:
    def change(text: str) -> str:
        places = [found.span() for found in re.finditer(r"\d(?=\s*$)", text, re.MULTILINE)]
        start, end = random.choice(places)
        return text[:start] + f"{random.randrange(10)}" + text[end:]

    with_text(some_report(content, random), change)


def a_word(content: Path, random: Random) -> None:
    with_text(some_report(content, random), lambda text: text.replace("项目", "事项", 1))


def a_comment(content: Path, random: Random) -> None:
    with_text(some_report(content, random), lambda text: f"{text}# {random.random()}\n")


def a_copy(content: Path, random: Random) -> None:
    path, number = some_report(content, random), random.randrange(99)
    text = re.sub(r"(?m)^(项目名称: .*)$", rf"\g<1>{number}", path.read_text(encoding="utf-8"))
    path.with_name(f"copy{number}.yaml").write_text(text, encoding="utf-8")


def a_removal(content: Path, random: Random) -> None:
    some_report(content, random).unlink()


def a_withdrawal(content: Path, random: Random) -> None:
    def change(text: str) -> str:
        return (
            text if "公开:" in text else f"{text.rstrip()}\n公开:\n  范围: 不公开\n  理由: 涉密\n"
        )

    with_text(some_report(content, random), change)


def a_mistake(content: Path, random: Random) -> None:
    with_text(some_report(content, random), lambda text: text.replace("年度: ", "年份: ", 1))


def a_setting(content: Path, random: Random) -> None:
    words = random.choice(["某市财政局", "某市人民政府"])
    (content / "site.yaml").write_text(f"主办单位: {words}\n标题: 绩效\n", encoding="utf-8")


def a_theme(content: Path, random: Random) -> None:
    path = content / "themes/official/templates/notfound.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    own = (ROOT / "themes/official/templates/notfound.html").read_text(encoding="utf-8")
    path.write_text(f"{own}<!-- {random.randrange(3)} -->\n", encoding="utf-8")


def an_attachment(content: Path, random: Random) -> None:
    path = some_report(content, random)
    path.with_name("照片.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([random.randrange(256)]))
    listed = "佐证材料:\n  - 名称: 照片\n    文件: 照片.png\n    内部: 否\n"
    with_text(path, lambda text: text if "佐证材料:" in text else f"{text.rstrip()}\n{listed}")


EDITS: tuple[Edit, ...] = (
    a_figure, a_figure, a_word, a_comment, a_copy, a_removal, a_withdrawal, a_mistake, a_setting,
    a_theme, an_attachment,
)  # fmt: skip


def try_edits(folder: Path, seeds: range, *, pdf: bool) -> int:
    """Edit a content again and again, and build it both ways after each; how often it was
    published."""
    write_years(folder / "content", 3, (2023, 2024))
    site(folder, "cached", folder / "cache", pdf=pdf)
    published = 0
    for seed in seeds:
        random = Random(seed)  # noqa: S311  not for secrets
        edit = random.choice(EDITS)
        backup = folder / "before"
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(folder / "content", backup)
        edit(folder / "content", random)
        shutil.rmtree(folder / "clean", ignore_errors=True)
        clean = site(folder, "clean", None, pdf=pdf)
        cached = site(folder, "cached", folder / "cache", pdf=pdf)
        if clean[0]:
            published += 1
            assert cached == clean, (seed, edit.__name__)
        else:  # a mistake, or nothing left: both say so, and the content is as it was before
            assert cached[1] == clean[1], (seed, edit.__name__)
            shutil.rmtree(folder / "content")
            backup.rename(folder / "content")
    return published


def test_a_cached_build_is_a_clean_one(tmp_path: Path) -> None:
    assert try_edits(tmp_path, range(8), pdf=False) > 3


@pytest.mark.proof
def test_two_hundred_edits_leave_no_trace(tmp_path: Path) -> None:
    assert try_edits(tmp_path / "pages", range(1_000, 1_180), pdf=False) > 40
    assert try_edits(tmp_path / "prints", range(2_000, 2_020), pdf=True) > 3


def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which steps are done of which reports from now on."""
    found: list[tuple[str, str]] = []
    do = desk.Desk.do

    def noted(self: desk.Desk, step: steps.Step, load: steps.Load) -> desk.Made:
        if step is not steps.SPAN:
            found.append((step.name, load.file))
        return do(self, step, load)

    monkeypatch.setattr(desk.Desk, "do", noted)
    return found


def test_only_what_changed_is_done_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_years(tmp_path / "content", 3, (2023, 2024))
    cache = tmp_path / "cache"
    site(tmp_path, "output", cache, pdf=True)
    found = done(monkeypatch)
    site(tmp_path, "output", cache, pdf=True)
    assert not found
    path = min(tmp_path.glob("content/2023/*.yaml"))
    with_text(path, lambda text: f"{text}# another comment\n")
    site(tmp_path, "output", cache, pdf=True)
    file = f"content/2023/{path.name}"
    assert found == [("find", file), ("render", file), ("print", file)]
    found.clear()
    # A new name stands on the page of the project's other year, and on no paper but its own.
    with_text(path, lambda text: re.sub(r"(?m)^项目名称: (.*)$", r"项目名称: \1甲", text))
    site(tmp_path, "output", cache, pdf=True)
    other = f"content/2024/{path.name}"
    assert found == [("find", file), ("render", file), ("render", other), ("print", file)]


def test_the_volume_of_a_year_is_the_same_whatever_is_bound_beside_it(tmp_path: Path) -> None:
    write_years(tmp_path / "content", 1, (2023, 2024))
    cache = tmp_path / "cache"
    site(tmp_path, "cached", cache, pdf=True)
    # Characters that only the newest volume sets by itself: the one of before is not bound anew.
    path = min(tmp_path.glob("content/2024/*.yaml"))
    with_text(path, lambda text: re.sub(r"(?m)^主管部门: .*$", "主管部门: 鑫淼焱垚局", text))
    clean = site(tmp_path, "clean", None, pdf=True)
    assert site(tmp_path, "cached", cache, pdf=True) == clean


def test_a_damaged_entry_is_made_anew(tmp_path: Path) -> None:
    write_years(tmp_path / "content", 3, (2023, 2024))
    cache = tmp_path / "cache"
    clean = site(tmp_path, "output", cache)
    kept = {path: path.read_bytes() for path in cache.rglob("*/*") if path.is_file()}
    assert kept
    for number, path in enumerate(kept):
        damaged = bytearray(kept[path])
        damaged[len(damaged) * (number % 7) // 7] ^= 1
        path.write_bytes(damaged)
    assert site(tmp_path, "output", cache) == clean  # what the site has is not even read
    for folder in ("output", ".output.kept"):
        shutil.rmtree(tmp_path / folder)
    assert site(tmp_path, "output", cache) == clean
    for path, content in kept.items():
        if path.parent.name != "notes":  # what all takes together is told there
            assert path.read_bytes() == content, path


def test_nothing_withheld_is_kept(tmp_path: Path) -> None:
    write_years(tmp_path / "content", 4, (2023, 2024))
    paths = sorted(tmp_path.glob("content/2024/*.yaml"))
    secret = "不可外传"  # noqa: S105  no password
    with_text(paths[0], lambda text: f"{text.rstrip()}\n内部备注: {secret}甲\n")
    withheld = f"公开:\n  范围: 不公开\n内部备注: {secret}乙\n"
    with_text(paths[1], lambda text: f"{text.rstrip()}\n{withheld}".replace("项目", secret))
    paths[2].with_name(f"{secret}.txt").write_text(f"{secret}丙", encoding="utf-8")
    listed = f"佐证材料:\n  - 名称: {secret}丁\n    文件: {secret}.txt\n    内部: 是\n"
    with_text(paths[2], lambda text: f"{text.rstrip()}\n{listed}")
    with_text(paths[3], lambda text: f"{text.rstrip()}\n# {secret}戊\n")
    site(tmp_path, "output", tmp_path / "cache", pdf=True)
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert secret.encode() not in path.read_bytes()


@pytest.mark.parametrize("moment", [steps.FIND, steps.RENDER], ids=lambda step: step.name)
def test_a_file_changed_while_it_is_built_is_told(
    moment: steps.Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_years(tmp_path / "content", 2, (2023,))
    (path, *_) = sorted(tmp_path.glob("content/2023/*.yaml"))
    do = works.Works.do

    def late(self: works.Works, step: steps.Step, orders: Sequence[works.Order]) -> Iterator[Any]:
        if step is moment:
            path.write_text(path.read_text(encoding="utf-8") + "# late\n", encoding="utf-8")
        return do(self, step, orders)

    monkeypatch.setattr(works.Works, "do", late)
    with pytest.raises(OutputError, match="被改动"):
        site(tmp_path, "output", tmp_path / "cache")
    assert not (tmp_path / "output").exists()
