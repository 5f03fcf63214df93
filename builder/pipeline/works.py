"""What steps of reports came to: taken from the cache where it is there, else done and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from builder.cache import Cache, Entry
from builder.diagnostics import Diagnostics
from builder.output import OutputError
from builder.pipeline.desk import Made
from builder.pipeline.steps import Load, Step
from builder.pipeline.workers import Crew, Job
from builder.site import Artifact

Order = Callable[[], Load]
"""One report, whose bytes are only read when they are needed."""


@dataclass(frozen=True, slots=True)
class Got:
    """What a step came to. `digests` has the names of its parts, with their SHA-256 in hex where
    they were kept before, else ""; `read` gives parts by name."""

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

    def files(
        self,
        step: Step,
        made_of: Sequence[bytes],
        make: Callable[[Diagnostics], Iterable[Artifact]],
        diagnostics: Diagnostics,
    ) -> Got:
        """The files that a step makes of these things: parts by site path. What it found amiss is
        reported; then it is asked again the next time."""
        key = step.key_of(self._shared, made_of)

        def again() -> Made:
            found = Diagnostics()
            made = Made(b"", dict(make(found)))
            diagnostics.extend(found)
            if self._cache and not len(found):
                self._cache.put(key, made.facts, made.parts)
            return made

        entry = self._cache.get(key) if self._cache else None
        return _kept(entry, again) if entry else _own(again())

    def facts(self, step: Step, made_of: Sequence[bytes]) -> bytes | None:
        """What is known of what a step made of these things, if it has been."""
        entry = self._cache.get(step.key_of(self._shared, made_of)) if self._cache else None
        return entry.facts if entry else None

    def keep(self, step: Step, made_of: Sequence[bytes], facts: bytes) -> None:
        """Keep what is known of what a step made."""
        if self._cache:
            self._cache.put(step.key_of(self._shared, made_of), facts, {})

    def remember(self, name: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        """A piece of something larger; see `Remember`."""
        if self._cache is None:
            return make()
        return self._cache.remember(name, [self._shared["tool"], *made_of], make)

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

        entry = self._cache.get(key) if self._cache else None
        return _kept(entry, again) if entry else _own(again())

    def _keep(self, key: str, made: Made) -> Got:
        if self._cache and made.may_be_kept:
            self._cache.put(key, made.facts, made.parts)
        return _own(made)


def _kept(entry: Entry, again: Callable[[], Made]) -> Got:
    """What an entry holds; a part that turns out to be damaged is made `again`."""

    def read(names: Iterable[str]) -> Mapping[str, bytes]:
        wanted = tuple(names)
        found = entry.read(wanted)
        if found is None:
            parts = again().parts
            found = {name: parts[name] for name in wanted}
        return found

    return Got(entry.facts, {name: part.digest for name, part in entry.parts.items()}, read)


def _own(made: Made) -> Got:
    parts = made.parts
    return Got(made.facts, dict.fromkeys(parts, ""), lambda names: {n: parts[n] for n in names})
