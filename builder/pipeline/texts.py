"""The texts of the files of a content folder, for the lines that a message quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder import source
from builder.content import Entry, Preface, Settings
from builder.diagnostics import Diagnostics


class Texts(Mapping[str, str]):
    """Texts by the names of their files; those of reports are read when they are asked for."""

    def __init__(
        self, settings: Settings, prefaces: Iterable[Preface], entries: Iterable[Entry]
    ) -> None:
        rules = [*([settings.source] if settings.source else []), *settings.own]
        self._known = {one.file: one.text for one in rules}
        self._known |= {one.file: one.text for one in prefaces}
        self._paths = {entry.file: entry.path for entry in entries}
        self._last = "", ""  # findings come file by file

    def __getitem__(self, file: str) -> str:
        if file in self._known:
            return self._known[file]
        if self._last[0] != file:
            self._last = file, source.read_text(self._paths[file], file, Diagnostics()) or ""
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        yield from self._known
        yield from self._paths

    def __len__(self) -> int:
        return len(self._known) + len(self._paths)
