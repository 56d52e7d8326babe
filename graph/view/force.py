"""Where the organizations of one connected graph go: a multilevel force layout on numpy alone.

Attraction is ``w * log(1 + d)`` (as LinLog does, it keeps communities apart and bears hubs); repulsion is
``mass * mass / d``, summed on a grid by FFT, so that a step costs nearly the same for 1,000 and for 50,000
edges.  The start from a coarse graph is what makes communities come out as islands.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SOFTENING = 0.1  # of the attraction, as a share of the radius of the drawing
_STEP = 0.05  # mean move of a step, as a share of that radius
_COARSEST = 60  # organizations below which no coarser graph is made
_GROUP = 4  # organizations that one coarse one stands for, at most
_PAIRWISE = 140  # organizations up to which each pair is looked at; beyond, the grid is faster


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """A graph of ``size`` vertices: edges ``source[i]``–``target[i]`` of ``weight[i]``, and the vertices' masses."""

    size: int
    source: Ints
    target: Ints
    weight: Floats
    mass: Floats


def place(size: int, edges: Ints, *, seed: int = 1, steps: int = 100) -> Floats:
    """Positions, shaped ``(size, 2)`` and centred on 0, of the vertices of a connected graph.

    ``edges`` is shaped ``(m, 2)``, each pair once and no loops.  The same arguments give the same positions
    on one machine; rounding in the FFT may differ on another.
    """
    random = np.random.default_rng(seed)
    mass: Floats = np.bincount(edges.ravel(), minlength=size).astype(np.float64) + np.ones(size)
    levels = [_Level(size=size, source=edges[:, 0], target=edges[:, 1], weight=np.ones(len(edges)), mass=mass)]
    groups: list[Ints] = []
    while levels[-1].size > _COARSEST:
        group = _match(levels[-1], random)
        coarse = _contract(levels[-1], group)
        if coarse.size > 0.9 * levels[-1].size:
            break
        groups.append(group)
        levels.append(coarse)
    repulsion = len(edges) / float(mass.sum()) ** 2
    positions = _relax(levels[-1], random.normal(size=(levels[-1].size, 2)), repulsion, steps=300, heat=(0.3, 0.01))
    for level, group in zip(reversed(levels[:-1]), reversed(groups), strict=True):
        spacing = np.sqrt((positions**2).mean() / level.size)
        start = positions[group] + random.normal(size=(level.size, 2)) * spacing * 0.5
        positions = _relax(level, start, repulsion, steps=steps, heat=(0.1, 0.002 if level.size == size else 0.01))
    return positions


def _match(level: _Level, random: np.random.Generator) -> Ints:
    """Each vertex's group: with its strongest neighbour, small degrees first, at most ``_GROUP`` in one."""
    degree = np.bincount(np.r_[level.source, level.target], np.r_[level.weight, level.weight], minlength=level.size)
    strength = level.weight / np.sqrt(degree[level.source] * degree[level.target])
    near: list[list[tuple[float, int]]] = [[] for _ in range(level.size)]
    for a, b, tie in zip(level.source.tolist(), level.target.tolist(), strength.tolist(), strict=True):
        near[a].append((tie, b))
        near[b].append((tie, a))
    group = [-1] * level.size
    sizes: list[int] = []
    for vertex in np.argsort(degree + random.random(level.size) * 0.5).tolist():
        if group[vertex] >= 0:
            continue
        for _, other in sorted(near[vertex], reverse=True):
            if group[other] < 0:
                group[vertex] = group[other] = len(sizes)
                sizes.append(2)
                break
            if sizes[group[other]] < _GROUP:
                group[vertex] = group[other]
                sizes[group[other]] += 1
                break
        else:
            group[vertex] = len(sizes)
            sizes.append(1)
    return np.array(group, dtype=np.int64)


def _contract(level: _Level, group: Ints) -> _Level:
    """The graph of the groups: parallel edges become one that weighs as much, edges inside a group vanish."""
    size = int(group.max()) + 1
    a, b = group[level.source], group[level.target]
    between = a != b
    keys, at = np.unique(np.minimum(a, b)[between] * size + np.maximum(a, b)[between], return_inverse=True)
    return _Level(
        size=size,
        source=keys // size,
        target=keys % size,
        weight=np.bincount(at, level.weight[between], minlength=len(keys)).astype(np.float64),
        mass=np.bincount(group, level.mass, minlength=size).astype(np.float64),
    )


def _relax(level: _Level, positions: Floats, repulsion: float, *, steps: int, heat: tuple[float, float]) -> Floats:
    """The positions after ``steps`` steps; ``heat`` bounds a move, at first and at last, in radii of the drawing."""
    at = np.ascontiguousarray(positions.T)  # a row an axis: sums along rows are fast
    repel = _near_and_far(level) if level.size <= _PAIRWISE else _by_grid(level)
    lightness = 1 / level.mass  # a hub stands still, its partners come to it
    pull_in = 0.02 * repulsion * float(level.mass.sum())
    for step in range(steps):
        radius = float(np.sqrt((at * at).mean() * 2)) + 1e-9
        move = repel(at) * repulsion
        along = at[:, level.target] - at[:, level.source]
        length = _lengths(along) + 1e-9
        pull = level.weight * np.log1p(length / (_SOFTENING * radius)) / np.log1p(1 / _SOFTENING) / length
        for axis in (0, 1):
            part = pull * along[axis]
            out = np.bincount(level.source, part, minlength=level.size)
            back = np.bincount(level.target, part, minlength=level.size)
            move[axis] += lightness * (out - back)
        move -= at * (pull_in / radius**2)  # a weak pull to the middle
        length = _lengths(move) + 1e-12
        longest = radius * heat[0] * (heat[1] / heat[0]) ** (step / steps)
        at += move * (np.minimum(length * (_STEP * radius / float(length.mean())), longest) / length)
        at -= at.mean(1, keepdims=True)
    return at.T.copy()


def _lengths(vectors: Floats) -> Floats:
    """The length of each column of ``vectors``, shaped ``(2, n)``."""
    lengths: Floats = np.sqrt(vectors[0] * vectors[0] + vectors[1] * vectors[1])
    return lengths


def _near_and_far(level: _Level) -> Callable[[Floats], Floats]:
    """What all others push each of a few vertices by, pair by pair."""

    def repel(at: Floats) -> Floats:
        apart = at[:, :, None] - at[:, None, :]
        width = float(np.ptp(at, axis=1).max()) / _COARSEST + 1e-9  # nearer than that they do not push harder
        square = np.maximum(apart[0] ** 2 + apart[1] ** 2, width**2)
        pushed: Floats = (apart / square) @ level.mass
        return pushed

    return repel


def _by_grid(level: _Level) -> Callable[[Floats], Floats]:
    """What all others push each vertex by: masses spread on a grid, folded with the force by FFT, read off again."""
    cells = 64 if level.size < 1_000 else 128 if level.size < 6_000 else 256
    wide = 2 * cells  # twice as wide as the drawing, so that nothing wraps round
    axis = np.fft.fftfreq(wide, 1 / wide)
    x, y = np.meshgrid(axis, axis, indexing="ij")
    square = np.maximum(x * x + y * y, 1.0)
    kernels = (np.fft.rfft2(x / square), np.fft.rfft2(y / square))

    def repel(at: Floats) -> Floats:
        low = at.min(1, keepdims=True)
        width = max(float((at.max(1, keepdims=True) - low).max()), 1e-6) / (cells - 3)
        place = (at - low) / width + 1
        cell = place.astype(np.int64)
        right, down = place - cell
        first = cell[0] * wide + cell[1]
        corners = (
            (first, (1 - right) * (1 - down)),
            (first + 1, (1 - right) * down),
            (first + wide, right * (1 - down)),
            (first + wide + 1, right * down),
        )
        density = np.zeros(wide * wide)
        for key, share in corners:
            density += np.bincount(key, level.mass * share, minlength=wide * wide)
        spectrum = np.fft.rfft2(density.reshape(wide, wide))
        pushed = np.empty_like(at)
        for each, kernel in enumerate(kernels):
            field = np.fft.irfft2(spectrum * kernel).ravel()
            pushed[each] = sum(share * field[key] for key, share in corners)
        return pushed / width

    return repel
