"""What steps of reports came to: taken from the cache where it is there, else done and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from builder.cache import Cache, Entry, at_once
from builder.diagnostics import Diagnostics
from builder.pipeline.desk import Made
from builder.pipeline.ledger import Ledger
from builder.pipeline.steps import Load, Step
from builder.pipeline.workers import Crew
from builder.site import Artifact

Order = Callable[[], Load]
"""One report, whose bytes are read when they are needed: the same at every call, or it raises."""


@dataclass(frozen=True, slots=True)
class Got:
    """What a step came to. `digests` has the names of its parts, with their SHA-256 in hex where
    they were kept before, else ""; `read` gives parts by name."""

    facts: bytes
    digests: Mapping[str, str]
    read: Callable[[Iterable[str]], Mapping[str, bytes]]


class Works:
    """Does steps of reports, each once for all that goes into it."""

    def __init__(self, crew: Crew, ledger: Ledger, cache: Cache | None) -> None:
        self._crew, self._cache = crew, cache
        self.ledger, self._shared = ledger, ledger.shared

    def do(self, step: Step, orders: Sequence[Order]) -> Iterator[Got]:
        """What a step makes of reports, in their order."""
        wanted = [self._wanted(step, order) for order in orders]
        missing = sum(not is_kept for *_, is_kept in wanted)
        jobs = ((step, order()) for order, *_, is_kept in wanted if not is_kept)
        with closing(self._crew.do(jobs, missing)) as made:
            for order, name, key, is_kept in wanted:
                entry = self._cache.get(key) if self._cache and is_kept else None
                if entry:
                    yield _kept(entry, partial(self._again, step, name, key, order))
                elif is_kept:
                    yield _own(self._again(step, name, key, order))
                else:
                    yield _own(self._keep(step, name, key, next(made)))

    def files(
        self,
        step: Step,
        name: str,
        made_of: Sequence[bytes],
        make: Callable[[Diagnostics], Iterable[Artifact]],
        diagnostics: Diagnostics,
    ) -> Got:
        """The files that a step makes of these things: parts by site path. What it found amiss is
        reported; then it is asked again the next time."""
        key = self._key(step, name, made_of)

        def again() -> Made:
            found = Diagnostics()
            made = Made(b"", dict(make(found)), may_be_kept=not len(found))
            diagnostics.extend(found)
            return self._keep(step, name, key, made)

        entry = self._cache.get(key) if self._cache else None
        return _kept(entry, again) if entry else _own(again())

    def facts(
        self, step: Step, name: str, made_of: Sequence[bytes]
    ) -> tuple[bytes | None, Callable[[bytes], object]]:
        """What is known of what a step made of these things, None where it has not; and what
        takes it down once it has."""
        key = self._key(step, name, made_of)
        entry = self._cache.get(key) if self._cache else None
        return entry.facts if entry else None, lambda facts: self._keep(
            step, name, key, Made(facts)
        )

    def remember(self, name: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        """A piece of something larger; see `Remember`."""
        ask = self._cache.remember if self._cache else at_once
        return ask(name, [self._shared["tool"], *made_of], make)

    def _wanted(self, step: Step, order: Order) -> tuple[Order, str, str, bool]:
        """What is wanted: how its load is had, its name and its key; and whether it is there."""
        load = order()
        self.ledger.note(step, load.file, load.told(step.takes))
        key = step.key(self._shared, load)
        return order, load.file, key, self._cache is not None and self._cache.has(key)

    def _key(self, step: Step, name: str, made_of: Sequence[bytes]) -> str:
        key = step.key_of(self._shared, made_of)
        self.ledger.note(step, name, {"made_of": key.encode()})
        return key

    def _again(self, step: Step, name: str, key: str, order: Order) -> Made:
        """What the cache has no longer, or damaged, made anew."""
        (made,) = self._crew.do([(step, order())], 1)
        return self._keep(step, name, key, made)

    def _keep(self, step: Step, name: str, key: str, made: Made) -> Made:
        self.ledger.made(step, name, step.takes or {"made_of"}, is_kept=made.may_be_kept)
        if self._cache and made.may_be_kept:
            self._cache.put(key, made.facts, made.parts)
        return made


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
