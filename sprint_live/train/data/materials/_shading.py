"""Shading functions that the materials share: heights, normals, noise, light tables, strands.

Lengths are in pixels of a 512-pixel picture. Noise has the same pattern at every size.

Knows: numpy, OpenCV.  Must not know: the materials, kinds, hands, places, captions.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

_SWEEPS = 22  # Jacobi iterations at each level of the cascade
_TABLE = 96  # normals along a side of a table of light


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    """0 below low, 1 above high, smooth between. With low > high it falls instead."""
    share = np.clip((x - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return share * share * (3 - 2 * share)


def mix(first: np.ndarray | float, second: np.ndarray | float, share: np.ndarray | float) -> np.ndarray:
    """Interpolate: first at share 0, second at share 1. A share (H, W) applies to all channels."""
    if isinstance(share, np.ndarray) and (np.ndim(first) == 3 or np.ndim(second) in (1, 3)) and share.ndim == 2:
        share = share[..., None]
    return first + (second - first) * share


def luma(rgb: np.ndarray) -> np.ndarray:
    """(...,) of (..., 3)."""
    return 0.3 * rgb[..., 0] + 0.59 * rgb[..., 1] + 0.11 * rgb[..., 2]


def noise(side: int, cell_px: float, rng: np.random.Generator, octaves: int = 1, aspect: float = 1.0) -> np.ndarray:
    """(side, side) float32, mean 0, deviation near 1: smooth noise; each octave has half the cell, 0.55 of the weight.

    aspect: width of the spots divided by their height.
    """
    total, weight, power = np.zeros((side, side), np.float32), 1.0, 0.0
    for _ in range(octaves):
        shape = (int(np.ceil(512 / cell_px)) + 1, int(np.ceil(512 / cell_px / aspect)) + 1)
        grid = rng.standard_normal(shape, dtype=np.float32)
        total += weight * cv2.resize(
            grid, (side, side), interpolation=cv2.INTER_CUBIC if cell_px > 2 else cv2.INTER_AREA
        )
        power += 0.55 * weight**2
        cell_px, weight = max(cell_px / 2, 1.0), weight * 0.55
    return total / np.float32(np.sqrt(power))


def turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    """A picture (S, S) turned about its middle, mirrored beyond its frame."""
    side = len(picture)
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (side, side), borderMode=cv2.BORDER_REFLECT)


@cache
def grid(side: int) -> tuple[np.ndarray, np.ndarray]:
    """(x, y), each (side, side) float32, in pixels from the middle; not to be written to."""
    y, x = np.mgrid[:side, :side].astype(np.float32) - side / 2
    return x.astype(np.float32), y.astype(np.float32)


def strands(
    flow_x: np.ndarray, flow_y: np.ndarray, length_px: float, rng: np.random.Generator, cell_px: float = 1.5
) -> np.ndarray:
    """(S, S) float32, mean 0, deviation near 1: noise smeared along a field of unit vectors, like hair."""
    side = len(flow_x)
    seen = noise(side, cell_px, rng)
    x, y = grid(side)
    x, y = x + side / 2, y + side / 2
    step = length_px * side / 512 / 2
    for _ in range(3):
        ahead = cv2.remap(seen, x + step * flow_x, y + step * flow_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        back = cv2.remap(seen, x - step * flow_x, y - step * flow_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        seen, step = (seen + ahead + back) / 3, step / 2.4
    return seen / (seen.std() + 1e-6)


def sphere() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(x, y, z) of the normals in a light table."""
    y, x = np.mgrid[:_TABLE, :_TABLE].astype(np.float32) / (_TABLE - 1) * 2 - 1
    length = np.maximum(np.sqrt(x * x + y * y) / 0.998, 1)
    x, y = x / length, y / length
    return x, y, np.sqrt(1 - x * x - y * y)


def look_up(table: np.ndarray, nx: np.ndarray, ny: np.ndarray) -> np.ndarray:
    """The values (H, W, C) of a light table (T, T, C) at the normals."""
    half = np.float32((_TABLE - 1) / 2)
    seen = cv2.remap(table.astype(np.float32), (nx + 1) * half, (ny + 1) * half, cv2.INTER_LINEAR, borderMode=1)
    return seen.reshape(*nx.shape, -1)


def diffuse(light: np.ndarray, wrap: float = 0.25) -> np.ndarray:
    """(T, T) in [0, 1]: diffuse light at each normal. wrap: how far it reaches around the shape."""
    x, y, z = sphere()
    return np.clip((x * light[0] + y * light[1] + z * light[2] + wrap) / (1 + wrap), 0, 1)


def glint(light: np.ndarray, power: float) -> np.ndarray:
    """(T, T) in [0, 1]: a round highlight."""
    half = light + np.float32([0, 0, 1])
    half = half / np.linalg.norm(half)
    x, y, z = sphere()
    return np.clip(x * half[0] + y * half[1] + z * half[2], 0, 1) ** power


def reflected() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(x, y, z) of the direction that each normal reflects."""
    x, y, z = sphere()
    return 2 * z * x, 2 * z * y, 2 * z * z - 1


def window(light: np.ndarray, width: float, height: float, soft: float = 0.06, bars: float = 0.0) -> np.ndarray:
    """(T, T) in [0, 1]: the reflection of a window of this half width and height that the light comes through."""
    along = np.cross(np.float32([0, 1, 0]), light)
    along = along / np.linalg.norm(along)
    up = np.cross(light, along)
    x, y, z = reflected()
    a, b, ahead = (x * v[0] + y * v[1] + z * v[2] for v in (along, up, light))
    pane = smoothstep(width + soft, width - soft, np.abs(a)) * smoothstep(height + soft, height - soft, np.abs(b))
    if bars:
        pane = pane * smoothstep(bars * 0.4, bars, np.abs(a)) * smoothstep(bars * 0.4, bars, np.abs(b))
    return pane * (ahead > 0)


def rim(power: float) -> np.ndarray:
    """(T, T) in [0, 1]: 1 where the surface turns away from the viewer."""
    return (1 - sphere()[2]) ** power


def lit(
    rgb_01: np.ndarray,
    nx: np.ndarray,
    ny: np.ndarray,
    body: np.ndarray,
    gloss: np.ndarray | None = None,
    shade: np.ndarray | None = None,
) -> np.ndarray:
    """(H, W, 3) in [0, 1]: colors under light. body (T, T) or (T, T, 3): light on color; gloss (T, T): white on top.

    shade (H, W): darkens the color. Lights are added as squares, which is close to linear light.
    """
    body = body if body.ndim == 3 else np.dstack([body] * 3)
    table = np.dstack([body, np.zeros_like(body[..., :1]) if gloss is None else gloss[..., None]])
    seen = look_up(table, nx, ny)
    strength = seen[..., :3] if shade is None else seen[..., :3] * shade[..., None]
    energy = rgb_01 * rgb_01 * strength
    if gloss is not None:
        energy += seen[..., 3:]
    return np.sqrt(np.clip(energy, 0, 1))


def daylight(light: np.ndarray, ambient: float, key: float, wrap: float = 0.25) -> np.ndarray:
    """(T, T, 3): a warm key light, a cool sky and a warm floor."""
    _, y, _ = sphere()
    sky = smoothstep(0.9, -0.9, y)[..., None]
    around = ambient * mix(np.float32([1.03, 0.96, 0.90]), np.float32([0.97, 1.0, 1.08]), sky)
    return around + key * diffuse(light, wrap)[..., None] * np.float32([1.03, 1.0, 0.95])


def hollows(height: np.ndarray, scale: float, reach_px: float = 7.0, strength: float = 1.0) -> np.ndarray:
    """(H, W) in [0.35, 1]: dark where the surface lies lower than what is around it."""
    few = cv2.resize(height, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    around = cv2.GaussianBlur(few, (0, 0), reach_px * scale / 2)
    around = cv2.resize(around, height.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.clip(1 + np.minimum(height - around, 0) * (strength / reach_px), 0.35, 1)


def plateau(height: np.ndarray, width_px: float) -> np.ndarray:
    """Heights that become flat inside: a round edge of about this width."""
    return width_px * np.sqrt(1 - np.exp(-((height / width_px) ** 2)))


def backdrop_of(rgb: tuple[float, float, float], texture: np.ndarray) -> np.ndarray:
    """(S, S, 3) in [0, 1]: one color times 1 + texture."""
    return np.clip(np.float32(rgb) * (1 + texture[..., None]), 0, 1)


def inflated(labels: np.ndarray, side: int) -> np.ndarray:
    """(side, side) float32, in pixels of 512: every area of labels (N, N) blown up; a disk becomes half a ball.

    Twice the root of the solution of Poisson's equation in each area, found from coarse to fine; N is a power of two.
    """
    size = 16
    solved = np.zeros((size, size), np.float32)
    while size <= len(labels):
        now = small(labels, size)
        solved = np.where(now > 0, cv2.resize(solved, (size, size), interpolation=cv2.INTER_LINEAR) * 4, 0)
        solved = _relaxed(np.ascontiguousarray(solved, np.float32), now)
        size *= 2
    full = cv2.resize(solved, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.sqrt(np.maximum(full, 0)) * np.float32(2 * 512 / len(labels))


def slopes(height: np.ndarray, scale: float, strength: float = 1.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The unit normal's (x, y, z), each (H, W) float32, of a height in pixels of 512."""
    steep = strength * scale / 8
    x, y = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=-steep), cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=-steep)
    z = 1 / np.sqrt(1 + x * x + y * y)
    return x * z, y * z, z


def _relaxed(solved: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Jacobi iterations of -laplace(u) = 1 with u = 0 outside each area; the picture's frame is no border."""
    same_y = ((labels[1:] == labels[:-1]) & (labels[1:] > 0)).astype(np.float32)
    same_x = ((labels[:, 1:] == labels[:, :-1]) & (labels[:, 1:] > 0)).astype(np.float32)
    inside = (labels > 0).astype(np.float32) * np.float32(0.25)
    inside *= np.float32(0.9)
    total, moved_y, moved_x = np.empty_like(solved), np.empty_like(same_y), np.empty_like(same_x)
    for _ in range(_SWEEPS if len(labels) < 256 else _SWEEPS // 2):
        total.fill(1)
        total[1:] += np.multiply(solved[:-1], same_y, out=moved_y)
        total[:-1] += np.multiply(solved[1:], same_y, out=moved_y)
        total[:, 1:] += np.multiply(solved[:, :-1], same_x, out=moved_x)
        total[:, :-1] += np.multiply(solved[:, 1:], same_x, out=moved_x)
        for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
            total[edge] += solved[edge]
        total *= inside
        solved *= np.float32(0.1)
        solved += total
    return solved


def borders(labels: np.ndarray) -> np.ndarray:
    """(H, W) bool: pixels beside another label."""
    found = np.zeros(labels.shape, bool)
    differs_y, differs_x = labels[1:] != labels[:-1], labels[:, 1:] != labels[:, :-1]
    found[1:] |= differs_y
    found[:-1] |= differs_y
    found[:, 1:] |= differs_x
    found[:, :-1] |= differs_x
    return found


def small(labels: np.ndarray, size: int) -> np.ndarray:
    return labels if len(labels) == size else cv2.resize(labels, (size, size), interpolation=cv2.INTER_NEAREST)


def disk(radius_px: float) -> np.ndarray:
    width = 2 * max(1, round(radius_px)) + 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
