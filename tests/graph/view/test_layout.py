"""Where organizations go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.view.backbone import choose_backbone
from graph.view.layout import arrange, pack
from graph.view.spread import spread

SIZES = st.integers(1, 40)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(SIZES)
    vertex = st.integers(0, size - 1)
    return size, draw(st.lists(st.tuples(vertex, vertex), max_size=80))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_no_disc_lies_on_another(graph: tuple[int, list[tuple[int, int]]]) -> None:
    """Whatever is joined, loops and repeats included, discs stay apart and positions finite."""
    size, edges = graph
    radii = np.linspace(5, 20, size)
    at = arrange(size, edges, radii)
    assert at.shape == (size, 2)
    assert np.isfinite(at).all()
    distance = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(size) * 1e9
    assert (distance > (radii[:, None] + radii[None]) * 0.99).all()


def test_discs_on_one_point_part() -> None:
    at = spread(np.zeros((5, 2)), np.full(5, 3.0))
    distance = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(5) * 1e9
    assert distance.min() >= 6


def test_same_input_same_places() -> None:
    edges = [(a, b) for a in range(90) for b in range(a) if (a * b) % 17 == 1]
    radii = np.full(90, 8.0)
    assert (arrange(90, edges, radii) == arrange(90, edges[::-1], radii)).all()


def test_planted_regions_become_islands() -> None:
    """Of the ten nearest of an organization at least seven are of its own group of sixty."""
    rng = np.random.default_rng(3)
    groups, size = 8, 480
    home = np.arange(size) // 60
    edges = []
    for vertex in range(size):
        for _ in range(4):
            near = rng.random() < 0.85
            other = home[vertex] * 60 + rng.integers(60) if near else rng.integers(size)
            edges.append((vertex, int(other)))
    at = arrange(size, edges, np.full(size, 8.0))
    distance = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    nearest = np.argsort(distance, axis=1)[:, 1:11]
    assert groups == len(set(home.tolist()))
    assert (home[nearest] == home[:, None]).mean() >= 0.7


@given(st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=30))
def test_packed_boxes_lie_apart(boxes: list[tuple[float, float]]) -> None:
    boxes = sorted(boxes, key=lambda box: -box[0] * box[1])
    placed = [(x, y, x + w, y + h) for (x, y), (w, h) in zip(pack(boxes, aspect=1.5, gutter=4), boxes, strict=True)]
    for at, a in enumerate(placed):
        for b in placed[:at]:
            assert a[2] <= b[0] + 1e-6 or b[2] <= a[0] + 1e-6 or a[3] <= b[1] + 1e-6 or b[3] <= a[1] + 1e-6


def test_backbone_takes_from_every_region() -> None:
    """A region of few small organizations is not crowded out by one of many hubs; nobody hangs in the air."""
    near: list[set[int]] = [set() for _ in range(130)]

    def join(a: int, b: int) -> None:
        near[a].add(b)
        near[b].add(a)

    for a in range(100):
        for step in (1, 2, 3, 7):
            join(a, (a + step) % 100)
    for a in range(100, 129):
        join(a, a + 1)
    regions = ["big"] * 100 + ["small"] * 30
    chosen = choose_backbone(near, regions, most=40)
    assert len(chosen) == 40
    assert sum(regions[vertex] == "small" for vertex in chosen) >= 15
    assert all(near[vertex] & set(chosen) for vertex in chosen)


@pytest.mark.parametrize("most", [2, 5, 400])
def test_backbone_leaves_out_who_has_no_partner(most: int) -> None:
    assert choose_backbone([{1}, {0}, set()], ["a", "a", "b"], most=most) == [0, 1]
