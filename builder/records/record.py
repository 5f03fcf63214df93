"""What the records of a report, a site and a profile have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """What every record is: frozen, and without a key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def label(cls, name: str) -> str:
        """The Chinese label of a field, by its English name. KeyError for another name."""
        return cls.model_fields[name].alias or name
