"""What steps of reports came to: taken from the cache where it is there, else done and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from builder.cache import Cache, Entry, at_once, digest, divided
from builder.diagnostics import Diagnostics
from builder.pipeline.desk import Made
from builder.pipeline.ledger import Ledger
from builder.pipeline.steps import Load, Step
from builder.pipeline.workers import BATCH, Crew
from builder.site import Artifact

_ONE = ("made_of",)
"""What stands for all that goes into what is made of no single report."""


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that a step is wanted for: `made_of` is what stands for all that goes into it, by
    the names of the step's row. `load` is asked when it has to be made: it gives the same at every
    call, or raises."""

    name: str
    made_of: Mapping[str, bytes]
    load: Callable[[], Load]


@dataclass(frozen=True, slots=True)
class Got:
    """What a step came to. `digests` has the names of its parts, with their SHA-256 in hex where
    they were kept before, else ""; `read` gives parts by name. `is_kept`: from the cache, and not
    from memory."""

    facts: bytes
    digests: Mapping[str, str]
    read: Callable[[Iterable[str]], Mapping[str, bytes]]
    is_kept: bool

    def later(self, name: str) -> Callable[[], bytes]:
        """A part, for who may not need it: read when it is asked for, if it was kept before."""
        if self.is_kept:
            read = self.read
            return lambda: read((name,))[name]
        data = self.read((name,))[name]
        return lambda: data


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive orders with their keys, and which of them the cache has, together or each."""

    orders: Sequence[Order]
    keys: Sequence[str]
    is_shelved: bool
    has: Sequence[bool]


class Works:
    """Does steps, each once for all that goes into it."""

    def __init__(self, crew: Crew, ledger: Ledger, cache: Cache | None) -> None:
        self._crew, self._cache = crew, cache
        self.ledger, self._shared = ledger, ledger.shared

    def do(self, step: Step, orders: Sequence[Order], batch: int = BATCH) -> Iterator[Got]:
        """What a step makes of the orders, one after the other; so many travel together."""
        runs = [self._run(step, run) for run in divided(orders, lambda order: order.name)]
        missing = [
            order
            for run in runs
            for order, is_kept in zip(run.orders, run.has, strict=True)
            if not is_kept
        ]
        jobs = ((step, order.load()) for order in missing)
        with closing(self._crew.do(jobs, len(missing), batch)) as made:
            for run in runs:
                yield from self._done(step, run, made)

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

        def again() -> tuple[Made, Entry | None]:
            found = Diagnostics()
            made = Made(b"", dict(make(found)), may_be_kept=not len(found))
            diagnostics.extend(found)
            return made, self._keep(step, name, key, made, _ONE)

        entry = self._cache.get(key) if self._cache else None
        return _kept(entry, again) if entry else _own(again()[0])

    def rest(self) -> None:
        """Let all hands but this process go: what is still to do is little, or needs the memory."""
        self._crew.close()

    def facts(
        self, step: Step, name: str, made_of: Sequence[bytes]
    ) -> tuple[bytes | None, Callable[[bytes], object]]:
        """What is known of what a step made of these things, None where it has not; and what
        takes it down once it has."""
        key = self._key(step, name, made_of)
        entry = self._cache.get(key) if self._cache else None
        return entry.facts if entry else None, lambda facts: self._keep(
            step, name, key, Made(facts), _ONE
        )

    def remember(self, name: str, made_of: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        """A piece of something larger; see `Remember`."""
        ask = self._cache.remember if self._cache else at_once
        return ask(name, [self._shared["tool"], *made_of], make)

    def _run(self, step: Step, orders: Sequence[Order]) -> _Run:
        """What is known of a run before anything is done."""
        keys = []
        for order in orders:
            assert order.made_of.keys() == step.takes, step.name
            self.ledger.note(step, order.name, order.made_of)
            keys.append(step.key(self._shared, order.made_of))
        if self._cache is None:
            return _Run(orders, keys, False, [False] * len(keys))
        if self._cache.has_shelf(keys):
            return _Run(orders, keys, True, [True] * len(keys))
        return _Run(orders, keys, False, [self._cache.has(key) for key in keys])

    def _done(self, step: Step, run: _Run, made: Iterator[Made]) -> Iterator[Got]:
        """What comes of a run; `made` gives what the cache has not."""
        cache = self._cache
        shelf = cache.shelf(run.keys) if cache and run.is_shelved else None
        entries = list[Entry]()
        for number, (order, key) in enumerate(zip(run.orders, run.keys, strict=True)):
            again = partial(self._again, step, order, key)
            if not run.has[number]:
                done = next(made)
                entry = self._keep(step, order.name, key, done, step.takes)
                got = _own(done)
            elif entry := shelf[number] if shelf else cache.get(key) if cache else None:
                got = _kept(replace(entry, head=b""), again)
            else:
                done, entry = again()
                got = _own(done)
            entries += [entry] if entry else []
            yield got
        if cache and not shelf and len(entries) == len(run.keys):
            cache.shelve(run.keys, entries)

    def _key(self, step: Step, name: str, made_of: Sequence[bytes]) -> str:
        key = self._key_of(step, made_of)
        self.ledger.note(step, name, dict.fromkeys(_ONE, key.encode()))
        return key

    def _key_of(self, step: Step, made_of: Sequence[bytes]) -> str:
        return step.key(self._shared, dict.fromkeys(_ONE, digest(made_of).encode()))

    def _again(self, step: Step, order: Order, key: str) -> tuple[Made, Entry | None]:
        """What the cache has no longer, or damaged, made anew and kept."""
        (made,) = self._crew.do([(step, order.load())], 1)
        return made, self._keep(step, order.name, key, made, step.takes)

    def _keep(
        self, step: Step, name: str, key: str, made: Made, parts: Iterable[str]
    ) -> Entry | None:
        self.ledger.made(step, name, parts, is_kept=made.may_be_kept)
        if self._cache and made.may_be_kept:
            return self._cache.put(key, made.facts, made.parts)
        return None


def _kept(entry: Entry, again: Callable[[], tuple[Made, object]]) -> Got:
    """What an entry holds; a part that turns out to be damaged is made `again`."""

    def read(names: Iterable[str]) -> Mapping[str, bytes]:
        wanted = tuple(names)
        found = entry.read(wanted)
        if found is None:
            parts = again()[0].parts
            found = {name: parts[name] for name in wanted}
        return found

    return Got(entry.facts, {name: part.digest for name, part in entry.parts.items()}, read, True)


def _own(made: Made) -> Got:
    parts = made.parts
    given = dict.fromkeys(parts, "")
    return Got(made.facts, given, lambda names: {n: parts[n] for n in names}, False)
