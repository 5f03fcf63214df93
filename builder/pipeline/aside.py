"""What is worked out in a thread beside, while this process waits for others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def aside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin with `make` at once; what is given back waits for its end, and gives or raises what it
    did.

    The thread ends with the process, so that an interrupted build does not wait for it.
    """
    done = Future[T]()

    def run() -> None:
        try:
            done.set_result(make())
        except BaseException as error:  # noqa: BLE001  raised where it is waited for
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result
