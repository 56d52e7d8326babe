"""Where the organizations of one connected graph go: a multilevel force layout on numpy alone.

Attraction is ``w * log(1 + d)`` (as LinLog does, it keeps communities apart and bears hubs); repulsion is
``mass * mass / d``, summed on a grid by FFT, so that a step costs nearly the same for 1,000 and for 50,000
edges.  The start from a coarse graph is what makes communities come out as islands.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SOFTENING = 0.1  # of the attraction, as a share of the radius of the drawing
_STEP = 0.05  # mean move of a step, as a share of that radius
_COARSEST = 60  # organizations below which no coarser graph is made
_GROUP = 4  # organizations that one coarse one stands for, at most


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
    cells = 64 if level.size < 1_000 else 128 if level.size < 6_000 else 256
    kernel = _kernel(cells)
    lightness = 1 / level.mass  # a hub stands still, its partners come to it
    for step in range(steps):
        radius = float(np.sqrt((positions**2).sum(1).mean())) + 1e-9
        move = _repel(positions, level.mass, kernel, cells) * repulsion
        along = positions[level.target] - positions[level.source]
        length = np.sqrt((along**2).sum(1)) + 1e-9
        pull = level.weight * np.log1p(length / (_SOFTENING * radius)) / np.log1p(1 / _SOFTENING) / length
        for axis in (0, 1):
            part = pull * along[:, axis]
            out = np.bincount(level.source, part, minlength=level.size)
            back = np.bincount(level.target, part, minlength=level.size)
            move[:, axis] += lightness * (out - back)
        move -= positions * (0.02 * repulsion * level.mass.sum() / radius**2)  # a weak pull to the middle
        length = np.sqrt((move**2).sum(1)) + 1e-12
        longest = radius * heat[0] * (heat[1] / heat[0]) ** (step / steps)
        positions = positions + move * (np.minimum(length * _STEP * radius / length.mean(), longest) / length)[:, None]
        positions -= positions.mean(0)
    return positions


def _kernel(cells: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The transforms of ``x / d²`` and ``y / d²`` on a grid twice as wide as the drawing, so that nothing wraps."""
    axis = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
    x, y = np.meshgrid(axis, axis, indexing="ij")
    distance = np.maximum(x * x + y * y, 1.0)
    return np.fft.rfft2(x / distance), np.fft.rfft2(y / distance)


def _repel(
    positions: Floats, mass: Floats, kernel: tuple[NDArray[np.complex128], NDArray[np.complex128]], cells: int
) -> Floats:
    """What all others push each vertex by: masses spread on the grid, folded with the kernel, read off again."""
    low = positions.min(0)
    width = max(float((positions.max(0) - low).max()), 1e-6) / (cells - 3)
    at = (positions - low) / width + 1
    cell = at.astype(np.int64)
    inside = at - cell
    corners = []
    density = np.zeros(4 * cells * cells)
    for a in (0, 1):
        for b in (0, 1):
            key = (cell[:, 0] + a) * 2 * cells + cell[:, 1] + b
            share = np.abs(1 - a - inside[:, 0]) * np.abs(1 - b - inside[:, 1])
            corners.append((key, share))
            density += np.bincount(key, mass * share, minlength=4 * cells * cells)
    spectrum = np.fft.rfft2(density.reshape(2 * cells, 2 * cells))
    fields = [np.fft.irfft2(spectrum * part).ravel() for part in kernel]
    move = np.zeros((len(positions), 2))
    for key, share in corners:
        for axis in (0, 1):
            move[:, axis] += share * fields[axis][key]
    return move / width
