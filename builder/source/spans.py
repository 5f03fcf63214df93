"""Where each key and value of a file stands, and what a value is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from builder.diagnostics import Span

Location = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(slots=True)
class Spans:
    """Where each key and value of a file stands."""

    file: str
    _values: dict[Location, Span] = field(default_factory=dict)
    _keys: dict[Location, Span] = field(default_factory=dict)

    def put(self, location: Location, key: Span | None, value: Span) -> None:
        """Remember a value and, inside a mapping, its key."""
        self._values[location] = value
        if key:
            self._keys[location] = key

    def copy(self, old: Location, new: Location) -> None:
        """Let what stands at a location, and all inside it, be found at another one as well."""
        for spans in (self._values, self._keys):
            inside = [place for place in spans if place[: len(old)] == old]
            spans.update({(*new, *place[len(old) :]): spans[place] for place in inside})

    def move(self, place: Callable[[Span], Span]) -> None:
        """Replace every span by what `place` makes of it."""
        for spans in (self._values, self._keys):
            spans.update({location: place(span) for location, span in spans.items()})

    def value(self, location: Location) -> Span:
        """The span of the value at `location`, or of the nearest thing around it."""
        while location and location not in self._values:
            location = location[:-1]
        return self._values.get(location) or Span(self.file)

    def key(self, location: Location) -> Span:
        """The span of the key at `location`; of the value where there is no key."""
        return self._keys.get(location) or self.value(location)

    def places(self) -> list[tuple[Span, Location]]:
        """Every key and value in the order of the text, the outermost of several at one place
        last."""
        found = [(s, at) for spans in (self._values, self._keys) for at, s in spans.items()]
        return sorted(found, key=lambda entry: (entry[0].line, entry[0].column, -len(entry[1])))
