"""Import and export: CPU and memory of the whole command, over forms as offices have them.

Every form has names, texts and amounts of its own, so that nothing is found that was seen before.
Beside the import what openpyxl and python-docx take to load the same files, which is to be set
beside our own reading of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench._measure import alone, python, say, table, versions
from tests.support import office_docx, office_forms, office_xlsx
from tests.support.office_forms import Form, Line, Sheet, Spot
from tests.support.volumes import write_content

# Beside the five seeds one form each of fourteen other regions and kinds.
OTHERS = ("01", "03", "07", "12", "13", "14", "17", "20", "202", "204", "209", "212", "30", "31")
COUNTS = {"xlsx": 1_000, "docx": 200}
EXPORTED = 100
RUNS = 3
COMMAND = "import sys; from builder.cli.main import main; sys.exit(main())"
READ = (
    "import sys; from pathlib import Path; from builder import office\n"
    "for path in sys.argv[1:]:\n"
    "    office.read(path, Path(path).read_bytes())\n"
)
OPENPYXL = (
    "import sys; from openpyxl import load_workbook\n"
    "for path in sys.argv[1:]:\n"
    "    for sheet in load_workbook(path, data_only=True):\n"
    "        [[cell.value for cell in row] for row in sheet.iter_rows()]\n"
)
PYTHON_DOCX = (
    "import sys; from docx import Document\n"
    "for path in sys.argv[1:]:\n"
    "    for table in Document(path).tables:\n"
    "        [[cell.text for cell in row.cells] for row in table.rows]\n"
)
NAMES = ("项目名称", "二级项目名称", "转移支付(项目)名称", "级预算单位名称", "部门")
AMOUNT = re.compile(r"[0-9]+\.[0-9]{1,6}")
AMOUNTS, NO_AMOUNTS = re.compile("预算|执行|到位|资金|金额"), re.compile("率|分")


def forms(kind: str, count: int) -> Iterator[tuple[str, Form]]:
    """So many forms in turn, each with a name of its own."""
    seeds = office_forms.read("seed", kind)
    kinds = [replace(seeds, sheets=[sheet]) for sheet in seeds.sheets]
    kinds += [office_forms.read(name, kind) for name in OTHERS]
    for number in range(count):
        form = kinds[number % len(kinds)]
        sheets = [replace(one, lines=list(varied(one, number))) for one in form.sheets]
        yield f"{number:04}", replace(form, sheets=sheets)


def varied(sheet: Sheet, number: int) -> Iterator[Line]:
    """The lines of a form with another name, amounts, goals and indicators."""
    amounts: set[int] = set()
    names: set[int] = set()
    for line in sheet.lines:
        texts = ["".join(spot.text.split()) for spot in line.spots]
        if any("三级指标" in text for text in texts):
            amounts, names = set(), {at for at, text in enumerate(texts) if "三级指标" in text}
        elif sum(bool(AMOUNTS.search(text)) for text in texts) > 1:
            amounts = {at for at, text in enumerate(texts)
                       if AMOUNTS.search(text) and not NO_AMOUNTS.search(text)}  # fmt: skip
        named = {at + 1 for at, text in enumerate(texts) if text in NAMES}
        named |= {at + 1 for at in named if at < len(texts) and texts[at] == "<"}
        yield replace(line, spots=[
            other(spot, number, is_amount=at in amounts,
                  is_own=at in names | named or len(spot.text) > 40)
            for at, spot in enumerate(line.spots)
        ])  # fmt: skip


def other(spot: Spot, number: int, *, is_amount: bool, is_own: bool) -> Spot:
    """Another amount, or another text; what holds the grid together stays."""
    if is_amount and AMOUNT.fullmatch(spot.text) and not spot.marks:
        return replace(spot, text=f"{Decimal(spot.text) * (number % 97 + 1)}")  # rates stay
    is_text = len(spot.text) > 2 and "指标" not in spot.text
    return replace(spot, text=f"{spot.text}{number}号") if is_own and is_text else spot


def write(folder: Path, kind: str) -> list[str]:
    """The files of one kind, by path."""
    written = office_xlsx.written if kind == "xlsx" else office_docx.written
    paths = []
    for name, form in forms(kind, COUNTS[kind]):
        path = folder / f"{name}.{kind}"
        path.write_bytes(written(form))
        paths.append(str(path))
    return paths


def row(name: str, count: int, run: Callable[[int], tuple[float, float, int]]) -> list[object]:
    """One row of a table: the median CPU of some runs, and the memory of the last."""
    found = [run(number) for number in range(RUNS)]
    assert all(code in (0, 1) for _, _, code in found), found
    seconds = median(seconds for seconds, _, _ in found)
    return [name, f"{count:,}", f"{seconds:.1f}", f"{seconds / count * 1000:.1f}",
            f"{found[-1][1]:.0f}"]  # fmt: skip


def imports(folder: Path, paths: Sequence[str], kind: str) -> Iterator[list[object]]:
    """What the import takes, and what a library takes to load the files."""
    count, content = len(paths), str(folder / "content")

    def run(number: int) -> tuple[float, float, int]:
        target = folder / f"{kind} {number}"
        used = alone(python, COMMAND, "import", *paths, "--content", content, "--to", str(target))
        made = sum(1 for _ in target.rglob("*.yaml"))
        assert made == count, made
        return used

    library = OPENPYXL if kind == "xlsx" else PYTHON_DOCX
    name = "openpyxl" if kind == "xlsx" else "python-docx"
    yield row(f"jixiao import, .{kind}", count, run)
    yield row("of that, reading them", count, lambda _: alone(python, READ, *paths))
    yield row(f"{name} loads them", count, lambda _: alone(python, library, *paths))


def exports(folder: Path, kind: str) -> list[object]:
    """What the export of a folder's forms takes."""

    def run(number: int) -> tuple[float, float, int]:
        target = str(folder / f"out {kind} {number}")
        content = str(folder / "content")
        return alone(python, COMMAND, "export", "--format", kind, "--content", content,
                     "--to", target)  # fmt: skip

    return row(f"jixiao export, .{kind}", EXPORTED, run)


def main() -> None:
    """Print a table: every command in a process of its own, from its start to its end."""
    say(
        f"{versions('lxml', 'openpyxl', 'python-docx', 'xlsxwriter')}; the median of {RUNS} runs.\n"
    )
    rows: list[list[object]] = []
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_content(folder / "content", EXPORTED)
        for kind in COUNTS:
            (folder / kind).mkdir()
            rows += imports(folder, write(folder / kind, kind), kind)
        rows += [exports(folder, kind) for kind in COUNTS]
    table(["what", "forms", "CPU s", "CPU ms a form", "peak MiB"], rows)
