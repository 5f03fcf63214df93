"""Desks on other machines: the workers of a Dask scheduler, an engine that runs already.

They need this package, of the same version with the same libraries, and nothing else: what all
reports share travels once, each report as the bytes of its file. Dask gives to others what a lost
worker had; a step made twice comes to the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from builder.output import OutputError, keep_file
from builder.pipeline.desk import Desk, Made, Shared
from builder.pipeline.steps import tool
from builder.pipeline.workers import Job

SCHEME = "dask://"
PATIENCE = 20  # seconds to find the scheduler and its first worker in


@dataclass(frozen=True, eq=False)
class Sent:
    """What all reports share, as it travels, equal to itself alone: with the files of the site's
    own theme, by their paths below the folder of themes, and what program may work with it."""

    shared: Shared
    files: Mapping[str, bytes]
    tool: bytes


class Cluster:
    """The workers of a scheduler, for one site."""

    def __init__(self, shared: Shared, address: str) -> None:
        """`address` is `dask://HOST:PORT`. Raises OutputError where there is no such scheduler, it
        has no worker, or a worker runs another version."""
        try:
            dask = import_module("distributed")
        except ImportError as error:
            raise OutputError(
                "没有安装 distributed；请运行 pip install 'jixiao[cluster]'"
            ) from error
        place = f"tcp://{address.removeprefix(SCHEME)}"
        try:
            self._client = dask.Client(place, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise OutputError(f"连不上 {address}：{error}") from error
        self._address = address
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            self._client.close()
            raise OutputError(f"{address} 还没有工作进程，请先启动 dask worker") from error
        sent = Sent(shared, _files(shared.themes / shared.theme, shared.themes), tool())
        self._sent = self._client.scatter(sent, broadcast=True, hash=False)
        self._executor = self._client.get_executor(pure=False)

    @property
    def count(self) -> int:
        """See `Hands`."""
        return sum(self._client.nthreads().values())

    def submit(self, batch: Sequence[Job]) -> Future[list[Made]]:
        """See `Hands`."""
        future: Future[list[Made]] = self._executor.submit(do_there, self._sent, batch)
        return future

    def failure(self, error: Exception) -> OutputError | None:
        """See `Hands`."""
        if type(error).__module__.partition(".")[0] == "distributed":
            return OutputError(f"{self._address} 上的工作进程中断了：{error}")
        return None

    def close(self) -> None:
        """See `Hands`."""
        self._executor.shutdown(wait=False)
        self._client.close()


_lock = Lock()  # a worker may have several threads; what prints has one


def do_there(sent: Sent, batch: Sequence[Job]) -> list[Made]:
    """What comes of a batch, on the machine where this runs. Raises OutputError where it has
    another version."""
    if sent.tool != tool():
        raise OutputError("工作进程的 jixiao、Python 或库与这里的版本不同，请装成一样的")
    with _lock:
        desk, _ = _desk(sent)
        return [desk.do(step, load) for step, load in batch]


@lru_cache(maxsize=2)
def _desk(sent: Sent) -> tuple[Desk, TemporaryDirectory[str]]:
    """A desk, and the folder of its themes, which goes when it does."""
    folder = TemporaryDirectory(prefix="jixiao-")
    for name, data in sent.files.items():
        keep_file(Path(folder.name, name), data)
    return Desk(replace(sent.shared, themes=Path(folder.name))), folder


def _files(folder: Path, above: Path) -> dict[str, bytes]:
    """The files of a theme of the site's own, by their paths below `above`."""
    return {
        path.relative_to(above).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
