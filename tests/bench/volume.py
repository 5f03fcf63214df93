"""Binding: CPU seconds, peak memory and size of volumes of so many forms; typst beside it.

The rendering of the forms is not included: some are rendered once and bound again and again.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import content
from builder.compendium import Form, Press, bind, books
from builder.diagnostics import Diagnostics
from builder.render import Renderer, Task, theme_faces
from builder.summary import summarize
from builder.theme import open_theme
from tests.bench._measure import alone, peak
from tests.volumes import write_content

RENDERED = 60
COUNTS = (100, 1_000, 5_000)


def rendered(folder: Path) -> list[Form]:
    """The forms of a content folder, printed."""
    diagnostics = Diagnostics()
    settings = content.settings(folder, diagnostics)
    renderer = Renderer(settings, folder / "themes", "official", pdf=True)
    forms = []
    for entry in content.entries(folder, (), diagnostics):
        source = content.read(entry, diagnostics)
        document = content.understand(source, entry, settings, diagnostics)
        assert document
        if document.report.is_public:
            summary = summarize(document.report, entry.stem, document.card, document.profile)
            leaves = renderer.render(Task(entry, source, (summary,))).leaves
            assert leaves
            forms.append(Form(summary, leaves.pages, leaves.sheaf))
    return forms


def many(forms: list[Form], count: int) -> list[Form]:
    """So many forms with names and stems of their own; one department for every forty."""
    departments = max(4, count // 40)
    return [
        Form(
            replace(
                form.summary,
                stem=f"{form.summary.stem}-{number}",
                name=f"{form.summary.name}（{number}）",
                department=f"第{number * 7 % departments + 1}主管部门",
            ),
            form.pages,
            # Bytes of its own, as every form has: memory must be that of so many.
            bytes(bytearray(form.sheaf)),
        )
        for number, form in ((n, forms[n % len(forms)]) for n in range(count))
    ]


def bound(forms: list[Form], count: int, folder: Path, *, tagged: bool) -> dict[str, float]:
    """Bind so many forms; what it took, beyond what the process had taken before."""
    diagnostics = Diagnostics()
    settings = content.settings(folder, diagnostics)
    theme = open_theme("official", None, diagnostics)
    assert theme
    parts = many(forms, count)
    started, size, pages = time.process_time(), 0, 0
    press = Press(settings, theme, theme_faces(theme), diagnostics)

    def sink(data: bytes) -> None:
        nonlocal size
        size += len(data)

    for book in books(parts, press, lambda _: ""):
        pages += bind(book, 0, sink, tagged=tagged).pages
    return {
        "pages": pages,
        "cpu": time.process_time() - started,
        "rss": peak(),
        "size": size / 1e6,
    }


def typeset(count: int) -> dict[str, float]:
    """One document of so many forms and a table of contents by typst."""
    import typst

    form = "#table(columns: 8," + "".join(f"[第{n}格的内容]," for n in range(160)) + ")"
    body = "".join(f"#pagebreak()\n= 项目{number}\n{form}\n" for number in range(count))
    text = f'#set page("a4")\n#set text(font: "Noto Serif CJK SC", size: 9pt)\n#outline()\n{body}'
    started = time.process_time()
    with TemporaryDirectory() as folder:
        path = Path(folder, "volume.typ")
        path.write_text(text, encoding="utf-8")
        pdf = typst.compile(str(path))
    return {
        "pages": 0,
        "cpu": time.process_time() - started,
        "rss": peak(),
        "size": len(pdf) / 1e6,
    }


def main() -> None:
    """Print a table."""
    write = sys.stdout.write
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "content")
        write_content(folder, RENDERED)
        forms = alone(rendered, folder)
        write("            forms  pages   CPU s  RSS MiB     MB\n")
        for count in COUNTS:
            for name, tagged in (("tagged", True), ("untagged", False)):
                found = alone(bound, forms, count, folder, tagged=tagged)
                _line(name, count, found)
        for count in COUNTS[:2]:
            try:
                _line("typst", count, alone(typeset, count))
            except ModuleNotFoundError:
                write("typst is not installed (pip install typst)\n")
                break


def _line(name: str, count: int, found: dict[str, float]) -> None:
    sys.stdout.write(
        f"{name:10} {count:6d} {found['pages']:6.0f} {found['cpu']:7.2f} "
        f"{found['rss']:8.0f} {found['size']:6.1f}\n"
    )


if __name__ == "__main__":
    main()
