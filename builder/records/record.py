"""What the records of a report, a site and a profile have in common."""

from __future__ import annotations

from typing import Any

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
        is_blank = value is None and name in self.model_fields_set
        return BLANK if is_blank or value == "" else value
