"""What the records of a report, a site and a profile have in common."""

from __future__ import annotations

from functools import cache
from typing import Any, Self, cast

from pydantic import BaseModel, ConfigDict

from builder.records.values import BLANK


class Record(BaseModel):
    """What every record is: frozen, and without a key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def label(cls, name: str) -> str:
        """The Chinese label of a field, by its English name. KeyError for another name."""
        return cls.model_fields[name].alias or name

    def typed(self, name: str) -> Any:
        """The value of a field, by its English name; `留空` where it is blank on purpose."""
        value = getattr(self, name)
        if value is not None and value != "":
            return value
        return BLANK if name in self.model_fields_set else None

    def without(self, *names: str) -> Self:
        """The same record as if these fields, by their English names, had not been written."""
        kept = self.model_fields_set.difference(names)
        found = type(self).model_construct(**{name: getattr(self, name) for name in kept})
        return cast("Self", found)

    @classmethod
    def knows(cls, name: str) -> bool:
        """Whether a file may hold a field, by its English name: some forms leave fields out."""
        return name not in _left_out(cls)


@cache
def _left_out(record: type[Record]) -> frozenset[str]:
    return frozenset(name for name, field in record.model_fields.items() if field.exclude)
