"""TrigFlow and flow-matching coordinates, each conversion beside its named inverse.

Two descriptions of one noising path:

    TrigFlow       x_t = cos(t) x0 + sin(t) sigma_data z     t: angle in radians, [0, pi/2]; x0 has std sigma_data
    flow matching  x_s = (1 - s) x0' + s z                   s: flow time, [0, 1];           x0' = x0 / sigma_data

`F` is what a TrigFlow network predicts (unit scale), `v = z - x0'` what a flow-matching one does.
Every function is plain arithmetic on tensors of any float type and works under autograd and forward-mode
differentiation. Times are (B,) or 0-d tensors and are broadcast over the latent (B, C, Y, X).
sigma_data cancels exactly in a whole sampling run; it stays explicit so that units can be read off.

Source: sCM arXiv 2410.11081 section 3; SANA-Sprint arXiv 2503.09641 eq. 4-6.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

SIGMA_DATA = 0.5


def _over(time: Tensor, latent: Tensor) -> Tensor:
    """View a (B,) or 0-d time so that it multiplies a (B, C, Y, X) latent."""
    return time.reshape(time.shape + (1,) * (latent.ndim - time.ndim)) if time.ndim else time


# ---- times


def s_from_t(t: Tensor) -> Tensor:
    """Flow time of a TrigFlow angle: s = sin t / (sin t + cos t)."""
    return torch.sin(t) / (torch.sin(t) + torch.cos(t))


def t_from_s(s: Tensor) -> Tensor:
    """TrigFlow angle of a flow time: t = atan(s / (1 - s)). Inverse of `s_from_t`."""
    return torch.atan2(s, 1 - s)


def t_from_sigma(sigma: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """TrigFlow angle of an EDM noise level: t = atan(sigma / sigma_data)."""
    return torch.atan(sigma / sigma_data)


def sigma_from_t(t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """EDM noise level of a TrigFlow angle: sigma = sigma_data tan t. Inverse of `t_from_sigma`."""
    return sigma_data * torch.tan(t)


def flow_norm(s: Tensor) -> Tensor:
    """sqrt(s^2 + (1-s)^2): what turns a unit-variance path into the flow-matching one."""
    return torch.sqrt(s**2 + (1 - s) ** 2)


# ---- states


def x_s_from_x_t(x_t: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """Flow state of a TrigFlow state: x_s = (x_t / sigma_data) sqrt(s^2 + (1-s)^2)."""
    return x_t / sigma_data * _over(flow_norm(s_from_t(t)), x_t)


def x_t_from_x_s(x_s: Tensor, s: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """TrigFlow state of a flow state. Inverse of `x_s_from_x_t`."""
    return x_s * sigma_data / _over(flow_norm(s), x_s)


def x_t_from_x0(x0: Tensor, z: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """Noise a clean latent of std sigma_data with unit noise z: cos(t) x0 + sin(t) sigma_data z."""
    return _over(torch.cos(t), x0) * x0 + _over(torch.sin(t), x0) * (sigma_data * z)


# ---- predictions


def F_from_v(v: Tensor, x_s: Tensor, s: Tensor) -> Tensor:
    """TrigFlow prediction of a flow velocity: [(1-2s) x_s + (1-2s+2s^2) v] / sqrt(s^2 + (1-s)^2)."""
    s_over = _over(s, x_s)
    return ((1 - 2 * s_over) * x_s + (1 - 2 * s_over + 2 * s_over**2) * v) / flow_norm(s_over)


def v_from_F(F: Tensor, x_s: Tensor, s: Tensor) -> Tensor:
    """Flow velocity of a TrigFlow prediction. Inverse of `F_from_v`."""
    s_over = _over(s, x_s)
    return (F * flow_norm(s_over) - (1 - 2 * s_over) * x_s) / (1 - 2 * s_over + 2 * s_over**2)


def F_from_x0(x0: Tensor, z: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """What a perfect TrigFlow network answers: F = cos(t) z - sin(t) x0 / sigma_data = (dx_t/dt) / sigma_data."""
    return _over(torch.cos(t), x0) * z - _over(torch.sin(t), x0) * (x0 / sigma_data)


def F_from_ends(x0: Tensor, x_t: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """The prediction that points from x_t at x0 (std sigma_data): (cos(t) x_t - x0) / (sin(t) sigma_data), t > 0.
    Inverse of `x0_from_F`.
    """
    return (_over(torch.cos(t), x_t) * x_t - x0) / (_over(torch.sin(t), x_t) * sigma_data)


def x0_from_F(F: Tensor, x_t: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """Clean latent (std sigma_data) that a prediction points at: cos(t) x_t - sin(t) sigma_data F."""
    return _over(torch.cos(t), x_t) * x_t - _over(torch.sin(t), x_t) * (sigma_data * F)


def z_from_F(F: Tensor, x_t: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA) -> Tensor:
    """Unit noise that a prediction points at: sin(t) x_t / sigma_data + cos(t) F. Companion of `x0_from_F`."""
    return _over(torch.sin(t), x_t) * (x_t / sigma_data) + _over(torch.cos(t), x_t) * F


def F_by_flow(
    predict: Callable[[Tensor, Tensor], Tensor], x_t: Tensor, t: Tensor, sigma_data: float = SIGMA_DATA
) -> Tensor:
    """F (B, C, Y, X) at unit scale, float32, of a flow network v = predict(x_s, s),
    at x_t of std sigma_data and the angle t (B,).
    """
    s = s_from_t(t)
    x_s = x_s_from_x_t(x_t, t, sigma_data)
    return F_from_v(predict(x_s, s), x_s, s).float()
