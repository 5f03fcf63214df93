"""When garbage is collected while many reports are rendered: between them, now and then.

Python's own rhythm goes through all that is alive again and again while a page is laid out.
"""

from __future__ import annotations

import gc

# A printed report leaves 3 MiB of garbage behind. Waiting for more costs as much CPU in the end
# (measured with 5 and 50), and 100 MiB.
EVERY = 5


class Collector:
    """From `start` to `stop` what was alive before is left in peace, the rest waits for `done`."""

    def __init__(self) -> None:
        self._reports = 0

    def start(self) -> None:
        """Take over from Python: call it warmed up."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def done(self, *, is_large: bool = False) -> None:
        """Count a report; collect after so many, or after one thing made of many reports. What is
        still alive then, such as the facts of reports that were done, is left in peace from there
        on."""
        self._reports += 1
        if is_large or self._reports % EVERY == 0:
            gc.collect()
            gc.freeze()

    def stop(self) -> None:
        """Hand back to Python."""
        gc.unfreeze()
        gc.enable()
