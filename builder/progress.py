"""Progress on long work: a bar on a terminal, silence elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

T = TypeVar("T")


class Progress:
    """The step log and bar of one run, on `stream` if that is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
            disable=not stream.isatty(),
            transient=True,
            auto_refresh=False,  # no thread: the builder forks
        )

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def step(self, name: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Pass `items` on while the bar counts them."""
        task = self._bar.add_task(name, total=total)
        every = max(1, total // 200)
        for number, item in enumerate(items, start=1):
            yield item
            self._bar.advance(task)
            if number % every == 0:
                self._bar.refresh()
        self._bar.remove_task(task)
