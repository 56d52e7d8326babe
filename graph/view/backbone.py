"""Which organizations the first view shows: the best connected of each region."""

from collections.abc import Sequence


def choose_backbone(near: Sequence[set[int]], regions: Sequence[str | None], *, most: int = 400) -> list[int]:
    """At most ``most`` vertices, in rising order: all that have a neighbour, else the best connected of each region.

    Every region gives the same number of vertices as far as it has them; places that are left go to the best
    connected of all.  Nobody is chosen whose neighbours all are left out.  Ties go to the smaller index.

    >>> choose_backbone([{1, 2}, {0}, {0}, {4}, {3}], ["a", "a", "a", "b", "b"], most=4)
    [0, 1, 3, 4]
    """
    ranked = sorted((vertex for vertex in range(len(near)) if near[vertex]), key=lambda v: (-len(near[v]), v))
    if len(ranked) <= most:
        return sorted(ranked)
    by_region: dict[str | None, list[int]] = {}
    for vertex in ranked:
        by_region.setdefault(regions[vertex], []).append(vertex)
    turns = [(place, vertex) for members in by_region.values() for place, vertex in enumerate(members)]
    in_turn = [vertex for _, vertex in sorted(turns, key=lambda turn: (turn[0], -len(near[turn[1]]), turn[1]))]
    chosen: set[int] = set()
    for vertex in in_turn:  # a vertex comes with its best connected neighbour, so that it hangs on something
        if len(chosen) >= most - 1:
            break
        if vertex not in chosen:
            chosen.add(vertex)
            if chosen.isdisjoint(near[vertex]):
                chosen.add(min(near[vertex], key=lambda v: (-len(near[v]), v)))
    for vertex in ranked:
        if len(chosen) >= most:
            break
        if not chosen.isdisjoint(near[vertex]):
            chosen.add(vertex)
    return sorted(chosen)
