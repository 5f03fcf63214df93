"""Every link of the published site leads to a file that is there, and to a place on it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html


def test_every_link_of_the_whole_output(published: Path) -> None:
    pages = {path: html.parse(str(path)).getroot() for path in published.rglob("*.html")}
    assert len(pages) > 15
    places = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for target in page.xpath("//@href | //@src"):
            if path.name == "404.html" and target.startswith("../"):
                continue  # it answers for any address, so it looks for its styles from every depth
            parts = urlsplit(target)
            if parts.scheme == "mailto":
                continue
            assert not parts.scheme, target
            assert not parts.netloc, target
            file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            place = unquote(parts.fragment)
            if not file.is_file() or (place and place not in places[file]):
                broken.append((path.relative_to(published).as_posix(), target))
    assert not broken


def test_addresses_end_in_a_file_name(published: Path) -> None:
    """So that the site works from a folder, where nobody looks for index.html."""
    for path in published.rglob("*.html"):
        for target in html.parse(str(path)).getroot().xpath("//a/@href"):
            assert not urlsplit(target).path.endswith("/"), target


def test_checksums_cover_every_file(published: Path) -> None:
    lines = (published / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = {line.partition("  ")[2] for line in lines}
    files = {p.relative_to(published).as_posix() for p in published.rglob("*") if p.is_file()}
    assert files == named | {"SHA256SUMS"}
