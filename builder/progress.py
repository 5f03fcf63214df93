"""Progress on long work: a bar on a terminal, silence elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

T = TypeVar("T")


class _Pace(ProgressColumn):
    """How many a second, and how long the rest takes at that pace."""

    def render(self, task: Task) -> Text:
        speed, left = task.finished_speed or task.speed, task.time_remaining
        if not speed:
            return Text("")
        pace = f"每秒 {speed:.1f} 个" if speed >= 1 else f"每个 {1 / speed:.1f} 秒"
        minutes, seconds = divmod(int(left or 0), 60)
        rest = f"还需 {minutes} 分 {seconds} 秒" if minutes else f"还需 {seconds} 秒"
        return Text(f"{pace}，{rest}")


class Progress:
    """The step log and bar of one run, on `stream` if that is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Pace(),
            console=Console(file=stream),
            disable=not stream.isatty(),
            transient=True,
            auto_refresh=False,  # at each step, by no thread of its own
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
