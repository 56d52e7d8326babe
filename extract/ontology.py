"""The kinds of ontology.toml as values: organization kinds, collaboration kinds, structure kinds."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from extract.errors import DataError

_FIELDS = {
    "organization": {"kind", "label"},
    "collaboration": {"kind", "roles", "family", "label"},
    "structure": {"kind", "roles", "label"},
    "family": {"family", "label"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationKind:
    """A kind of organization; ``label`` maps a language code to its name."""

    name: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimKind:
    """A kind of claim: a collaboration, or a structure such as ``part_of``.

    ``rank`` is its precedence (0 first); ``roles`` name source and target; ``family`` groups kinds for the
    eye and is ``None`` for a structure.
    """

    name: str
    rank: int
    roles: tuple[str, str]
    family: str | None
    label: Mapping[str, str]

    @property
    def directed(self) -> bool:
        """Whether source and target play different roles."""
        return self.roles[0] != self.roles[1]

    @property
    def relationship(self) -> str:
        """The relationship type in the graph: the name in upper case."""
        return self.name.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All kinds, in the order of the file."""

    organizations: Mapping[str, OrganizationKind]
    collaborations: Mapping[str, ClaimKind]
    structures: Mapping[str, ClaimKind]
    families: Mapping[str, Mapping[str, str]]

    def claim_kind(self, name: str) -> ClaimKind:
        """The collaboration or structure of that name.

        Raises:
            KeyError: There is none.
        """
        return self.collaborations.get(name) or self.structures[name]

    def first(self, names: "set[str] | frozenset[str]") -> str:
        """Of several fitting collaboration kinds the one that wins by precedence."""
        return min(names, key=lambda name: self.collaborations[name].rank)


def _rows(raw: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = raw.get(table, [])
    for row in rows:
        if unknown := set(row) ^ _FIELDS[table]:
            raise DataError(f"ontology.toml: a [[{table}]] has or lacks {sorted(unknown)}")
    return rows


@cache
def load_ontology() -> Ontology:
    """The ontology of this version.

    Raises:
        DataError: The file has a table or a key that it should not, or lacks one.
    """
    raw = tomllib.loads(files("extract").joinpath("ontology.toml").read_text(encoding="utf-8"))
    if unknown := set(raw) - set(_FIELDS):
        raise DataError(f"ontology.toml: unknown tables {sorted(unknown)}")
    claim_kinds = {
        table: {
            row["kind"]: ClaimKind(
                name=row["kind"],
                rank=rank,
                roles=(row["roles"][0], row["roles"][1]),
                family=row.get("family"),
                label=MappingProxyType(row["label"]),
            )
            for rank, row in enumerate(_rows(raw, table))
        }
        for table in ("collaboration", "structure")
    }
    return Ontology(
        organizations=MappingProxyType(
            {
                row["kind"]: OrganizationKind(name=row["kind"], label=MappingProxyType(row["label"]))
                for row in _rows(raw, "organization")
            }
        ),
        collaborations=MappingProxyType(claim_kinds["collaboration"]),
        structures=MappingProxyType(claim_kinds["structure"]),
        families=MappingProxyType({row["family"]: MappingProxyType(row["label"]) for row in _rows(raw, "family")}),
    )
