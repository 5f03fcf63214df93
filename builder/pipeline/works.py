"""What steps of reports came to: taken from the cache where it is there, else done and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from builder.cache import Cache
from builder.output import OutputError
from builder.pipeline.desk import Made
from builder.pipeline.steps import Load, Step
from builder.pipeline.workers import Crew, Job

Order = Callable[[], Load]
"""One report, whose bytes are only read when they are needed."""


@dataclass(frozen=True, slots=True)
class Got:
    """What a step came to. `digests` are those of its parts where they were kept before; `read`
    gives parts by name."""

    facts: bytes
    digests: Mapping[str, str]
    read: Callable[[Iterable[str]], Mapping[str, bytes]]


class Works:
    """Does steps of reports, each once for all that goes into it."""

    def __init__(self, crew: Crew, shared: Mapping[str, bytes], cache: Cache | None) -> None:
        """`shared` is what all reports share, by name; see `steps.shared`."""
        self._crew, self._shared, self._cache = crew, shared, cache

    def do(self, step: Step, orders: Sequence[Order]) -> Iterator[Got]:
        """What a step makes of reports, in their order."""
        keys = [step.key(self._shared, order()) for order in orders]
        kept = [self._cache is not None and self._cache.has(key) for key in keys]
        missing = kept.count(False)
        wanted = list(zip(keys, orders, kept, strict=True))
        jobs = (self._job(step, key, order) for key, order, is_kept in wanted if not is_kept)
        with closing(self._crew.do(jobs, missing)) as made:
            for key, order, is_kept in wanted:
                if is_kept:
                    yield self._taken(step, key, order)
                else:
                    yield self._keep(key, next(made))

    def _job(self, step: Step, key: str, order: Order) -> Job:
        load = order()
        if step.key(self._shared, load) != key:
            raise OutputError(f"生成期间 {load.file} 被改动了，请重新运行")
        return step, load

    def _taken(self, step: Step, key: str, order: Order) -> Got:
        """What the cache has; where that is damaged it is made anew."""

        def again() -> Made:
            (made,) = self._crew.do([self._job(step, key, order)], 1)
            self._keep(key, made)
            return made

        def read(names: Iterable[str]) -> Mapping[str, bytes]:
            wanted = tuple(names)
            found = entry.read(wanted) if entry else None
            if found is None:
                made = again()
                found = {name: made.parts[name] for name in wanted}
            return found

        entry = self._cache.get(key) if self._cache else None
        if entry is None:
            return _own(again())
        digests = {name: part.digest for name, part in entry.parts.items()}
        return Got(entry.facts, digests, read)

    def _keep(self, key: str, made: Made) -> Got:
        if self._cache and made.may_be_kept:
            self._cache.put(key, made.facts, made.parts)
        return _own(made)


def _own(made: Made) -> Got:
    return Got(made.facts, {}, lambda names: {name: made.parts[name] for name in names})
