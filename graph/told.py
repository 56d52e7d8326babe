"""Where the text of a document says that an organization sits, as the document's part of the graph holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from extract.records import Organization
from extract.regions import innermost
from graph.stores import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The division in which the text of a document says that an organization sits, and the sentence that says so.

    ``start`` and ``end`` are the sentence's offsets in the document's text.
    """

    region: str
    sentence: str | None = None
    start: int | None = None
    end: int | None = None

    @classmethod
    def of(cls, organization: Organization, text: str) -> Self | None:
        """What ``text`` says of an organization of its extraction, if anything."""
        if organization.region is None or organization.region_ground != "text":
            return None
        sentence = organization.region_sentence
        if sentence is None or sentence.end > len(text):
            return cls(region=organization.region)
        return cls(region=organization.region, sentence=sentence.of(text), start=sentence.start, end=sentence.end)

    @classmethod
    def both(cls, *several: Self | None) -> Self | None:
        """The most exact of them, ``None`` where they say places apart."""
        said = [told for told in several if told is not None]
        region = innermost(told.region for told in said)
        return next((told for told in said if told.region == region), None)

    def properties(self) -> dict[str, Value]:
        """It as properties of a relationship."""
        said = {"region_sentence": self.sentence, "region_start": self.start, "region_end": self.end}
        return {"region": self.region, "region_ground": "text", **said}

    @classmethod
    def from_properties(cls, properties: Mapping[str, Value]) -> Self | None:
        """What ``properties`` wrote, ``None`` where no text says a division."""
        if properties.get("region_ground") != "text":
            return None
        sentence, start, end = (cast(Any, properties.get(f"region_{name}")) for name in ("sentence", "start", "end"))
        return cls(region=str(properties["region"]), sentence=sentence, start=start, end=end)
