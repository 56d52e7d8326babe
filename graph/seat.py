"""The region in which an organization sits, of all that is known of it, and how that is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import RegionGround
from extract.regions import innermost
from graph.identity import Name, latin_region, own_region
from graph.registers import places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A division by its code, and how it is known that the organization sits there."""

    region: str
    ground: RegionGround


def seat_of(shown: str, names: Sequence[Name]) -> Seat | None:
    """Where the organization sits that is called ``shown`` and bears ``names``, or ``None`` rather than a guess.

    What rows of facts give goes first, of several the most exact.  Then what the name says and what the registers
    have: the more exact of the two, and the registers where they disagree on equally large divisions (北京理工大学
    珠海学院 is in Guangdong).  What articles say comes last.  A later ground only makes an earlier one more exact;
    grounds that say two places at once say nothing.
    """
    given = {region for name in names for region in name.regions}
    if given:
        return Seat(region=min(given, key=lambda place: (-len(place.rstrip("0")), place)), ground="given")
    said = own_region(shown) or latin_region(shown)
    registered = innermost(place for name in names for place in places_of(name.text, name.entries))
    seat = Seat(region=said, ground="name") if said else None
    if registered and (seat is None or _truer(registered, seat.region)):
        seat = Seat(region=registered, ground="register")
    told = innermost(place for name in names for place in name.told)
    if told and (seat is None or (told != seat.region and told.startswith(seat.region))):
        seat = Seat(region=told, ground="text")
    return seat


def _truer(registered: str, said: str) -> bool:
    """Whether the place of a register goes before that of the name."""
    return registered != said and (registered.startswith(said) or len(registered) >= len(said))
