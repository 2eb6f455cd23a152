"""Outlines out of an SVG (SVG 2): its rectangles, polygons and straight paths, with what names them, and nothing else.

The file itself is never kept nor shown: a drawing that others have made may hold scripts, links and fonts. Entities and
document types are refused (defusedxml).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) of SVG 2, 8.5."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
MOST_SHAPES, MOST_POINTS, DEEPEST = 2_000, 200, 60
FARTHEST = 1e9
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
STEP = re.compile(r"([MmLlHhVvZz])([^MmLlHhVvZzA-DF-Za-df-z]*)")
OTHER_STEP = re.compile(r"[CcSsQqTtAa]")
TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
HIDDEN = {"defs", "symbol", "clipPath", "mask", "pattern", "marker", "metadata"}


class BrokenDrawing(Exception):
    """`reason` is "xml", "svg", "none" (no shape with a name in it) or "many"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Outline:
    """`names`: what may be its code: `data-code`, `id`, `inkscape:label`, its `<title>`."""

    names: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Drawing:
    """`x`, `y`, `width` and `height` of its view box."""

    x: float
    y: float
    width: float
    height: float
    outlines: tuple[Outline, ...]


def read_svg(content: bytes) -> Drawing:
    """Raises `BrokenDrawing`."""
    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ValueError, SyntaxError, LookupError) as error:
        raise BrokenDrawing("xml") from error
    if _name(root) != "svg":
        raise BrokenDrawing("svg")
    box = _numbers(root.get("viewBox", ""))
    if len(box) != 4:
        box = [0, 0, _length(root.get("width")), _length(root.get("height"))]
    if not (box[2] > 0 and box[3] > 0 and all(abs(side) < FARTHEST for side in box)):
        raise BrokenDrawing("svg")
    found = tuple(_outlines(root, IDENTITY, 0))
    if not found:
        raise BrokenDrawing("none")
    if len(found) > MOST_SHAPES:
        raise BrokenDrawing("many")
    return Drawing(box[0], box[1], box[2], box[3], found)


def _outlines(element: Any, above: Matrix, depth: int) -> Iterator[Outline]:
    if depth > DEEPEST:
        raise BrokenDrawing("many")
    for child in element:
        name = _name(child)
        if name in HIDDEN or not isinstance(child.tag, str):
            continue
        matrix = _times(above, _matrix(child.get("transform", "")))
        points = _points(name, child)
        if points and (names := _names(child)):
            outline = tuple(_apply(matrix, point) for point in points)
            if all(
                abs(x) < FARTHEST and abs(y) < FARTHEST for x, y in outline
            ):  # neither infinite nor no number
                yield Outline(names, outline)
        else:
            yield from _outlines(child, matrix, depth + 1)


def _points(name: str, element: Any) -> list[Point]:
    if name == "rect":
        if any(not NUMBER.match((element.get(side) or "0").strip()) for side in "xy"):
            return []  # somewhere, but not where it says
        x, y = (_length(element.get(side)) for side in "xy")
        width, height = (_length(element.get(side)) for side in ("width", "height"))
        if width <= 0 or height <= 0:
            return []
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    if name in ("polygon", "polyline"):
        numbers = _numbers(element.get("points", ""))
        return _checked(list(zip(numbers[::2], numbers[1::2], strict=False)))
    if name == "path":
        return _checked(_path(element.get("d", "")))
    return []


def _checked(points: list[Point]) -> list[Point]:
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    return points if 3 <= len(points) <= MOST_POINTS else []


def _path(text: str) -> list[Point]:
    """One closed line of straight pieces; nothing for one that has curves, or several lines."""
    if OTHER_STEP.search(text):
        return []
    points: list[Point] = []
    x = y = 0.0
    for command, rest in STEP.findall(text):
        numbers = _numbers(rest)
        if command in "Mm" and points:
            return []
        if command in "MmLl":
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=False):
                x, y = (x + dx, y + dy) if command in "ml" and (points or command == "l") else (dx, dy)
                points.append((x, y))
        elif command in "Hh":
            for step in numbers:
                x = x + step if command == "h" else step
                points.append((x, y))
        elif command in "Vv":
            for step in numbers:
                y = y + step if command == "v" else step
                points.append((x, y))
    return points


def _names(element: Any) -> tuple[str, ...]:
    found = [element.get("data-code"), element.get("id")]
    found += [value for key, value in element.attrib.items() if key.endswith("}label")]
    found += [child.text for child in element if _name(child) == "title"]
    return tuple(dict.fromkeys(name.strip()[:80] for name in found if name and name.strip()))


def _matrix(text: str) -> Matrix:
    matrix = IDENTITY
    for name, inside in TRANSFORM.findall(text):
        matrix = _times(matrix, _one(name, _numbers(inside)))
    return matrix


def _one(name: str, said: list[float]) -> Matrix:
    if name == "matrix" and len(said) == 6:
        return (said[0], said[1], said[2], said[3], said[4], said[5])
    if name == "translate" and said:
        return (1, 0, 0, 1, said[0], said[1] if len(said) > 1 else 0)
    if name == "scale" and said:
        return (said[0], 0, 0, said[1] if len(said) > 1 else said[0], 0, 0)
    if name == "rotate" and said:
        cosine, sine = math.cos(math.radians(said[0])), math.sin(math.radians(said[0]))
        turned: Matrix = (cosine, sine, -sine, cosine, 0, 0)
        if len(said) != 3:
            return turned
        there: Matrix = (1, 0, 0, 1, said[1], said[2])
        return _times(_times(there, turned), (1, 0, 0, 1, -said[1], -said[2]))
    return IDENTITY


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text[:100_000])]


def _length(text: str | None) -> float:
    """Without its unit: 0 where there is none, and for a share of something else."""
    found = NUMBER.match((text or "").strip())
    return float(found.group()) if found and not (text or "").strip().endswith("%") else 0.0


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def area(points: list[Point] | tuple[Point, ...]) -> float:
    """Of a closed outline whose sides do not cross (the shoelace formula)."""
    following = [*points[1:], points[0]]
    twice: float = sum(x * b - a * y for (x, y), (a, b) in zip(points, following, strict=True))
    return abs(twice) / 2


def middle(points: list[Point] | tuple[Point, ...]) -> Point:
    """Where a word stands best: the centroid, or the middle of the box where the outline has no area."""
    following = [*points[1:], points[0]]
    crossed = [(x * b - a * y, x + a, y + b) for (x, y), (a, b) in zip(points, following, strict=True)]
    twice = sum(cross for cross, _x, _y in crossed)
    if not twice:
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return (
        sum(cross * x for cross, x, _y in crossed) / (3 * twice),
        sum(cross * y for cross, _x, y in crossed) / (3 * twice),
    )
