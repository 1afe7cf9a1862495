"""Few-step TrigFlow sampling: a schedule of angles and one loop that only sees `net(x_t, t)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from sprint_live.api.draw_settings import MAX_NUM_STEPS
from sprint_live.diffusion import trigflow
from sprint_live.errors import ArgumentError, refusal

MAX_ANGLE = 1.57080
TWO_STEP_ANGLE = 1.3

Net = Callable[[Tensor, Tensor], Tensor]
OnStep = Callable[[int, Tensor, Tensor], "Tensor | None"]
OnClean = Callable[[Tensor], Tensor]


def angle_schedule(
    num_steps: int,
    *,
    max_angle: float | None = MAX_ANGLE,
    two_step_angle: float | None = TWO_STEP_ANGLE,
    angles: Sequence[float] | None = None,
    most_steps: int = MAX_NUM_STEPS,
) -> Tensor:
    """The angles t_0 > t_1 > ... > t_n of a run of `num_steps` steps, float32, shape (num_steps + 1,).

    Two steps pass through `two_step_angle` (None: linear); other counts are linear from `max_angle` to 0.
    `angles` overrides both. The default `two_step_angle` is ignored for other counts (diffusers' SCMScheduler
    raises there, also with its own default); any other value with a count that cannot use it is refused.

    Raises:
        ArgumentError: num_steps outside 1..most_steps; `angles` of the wrong length, not falling, or outside [0, pi/2];
            an angle given that this schedule would not use.
    Source: SANA-Sprint arXiv 2503.09641 section 4.1; diffusers SCMScheduler.set_timesteps.
    """
    is_count = isinstance(num_steps, int) and not isinstance(num_steps, bool)  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without types
    if not is_count or not 1 <= num_steps <= most_steps:
        raise ArgumentError(
            refusal(got=f"{num_steps!r} steps", accepted=f"1..{most_steps}", fix="ask for 1 to 4 steps")
        )
    if two_step_angle not in (None, TWO_STEP_ANGLE) and (num_steps != 2 or angles is not None):
        raise ArgumentError(
            refusal(
                got=f"an intermediate angle of {two_step_angle} with {num_steps} step(s)",
                accepted="an intermediate angle only with 2 steps and no explicit timesteps",
                fix="leave intermediate_timesteps out",
            )
        )
    if angles is not None:
        if max_angle not in (None, MAX_ANGLE):
            raise ArgumentError(
                refusal(
                    got=f"timesteps and max_timesteps={max_angle}",
                    accepted="one of the two",
                    fix="put the largest angle first in timesteps and leave max_timesteps out",
                )
            )
        schedule = torch.as_tensor(angles, dtype=torch.float32)
    elif max_angle is None:
        raise ArgumentError(
            refusal(got="neither timesteps nor max_timesteps", accepted="one of the two", fix="give one of them")
        )
    elif num_steps == 2 and two_step_angle is not None:
        schedule = torch.tensor([max_angle, two_step_angle, 0.0])
    else:
        schedule = torch.linspace(max_angle, 0.0, num_steps + 1)

    falls = schedule.ndim == 1 and bool((schedule[1:] < schedule[:-1]).all())
    in_range = bool(((schedule >= 0) & (schedule <= MAX_ANGLE + 1e-6)).all())
    if schedule.shape != (num_steps + 1,) or not falls or not in_range:
        raise ArgumentError(
            refusal(
                got=f"angles {[float(angle) for angle in schedule]} for {num_steps} step(s)",
                accepted=f"{num_steps + 1} falling angles between {MAX_ANGLE} and 0 radians",
                fix="give one angle more than steps, the largest first",
            )
        )
    return schedule


def last_steps(angles: Tensor, strength: float) -> Tensor:
    """The angles image-to-image runs through: of n steps the last n x strength, rounded up.

    With 1 to 4 steps that is coarse: one step always starts from pure noise. Give angles of your own to start anywhere.

    Raises:
        ArgumentError: strength outside [0, 1], or so small that no step is left.
    Source: diffusers SanaSprintImg2ImgPipeline.get_timesteps.
    """
    num_steps = len(angles) - 1
    in_range = not isinstance(strength, bool) and 0 <= strength <= 1
    num_skipped = int(max(num_steps - min(num_steps * strength, num_steps), 0)) if in_range else num_steps
    if num_skipped == num_steps:
        raise ArgumentError(
            refusal(
                got=f"strength={strength!r} with {num_steps} step(s)",
                accepted="a number above 0, up to 1, that leaves a step",
                fix="raise it: at 0 nothing would be painted",
            )
        )
    return angles[num_skipped:]


def sample(
    net: Net,
    noise_BCYX: Tensor,
    angles: Tensor,
    *,
    draw_noise: Callable[[], Tensor],
    start_BCYX: Tensor | None = None,
    on_step: OnStep | None = None,
    on_clean: OnClean | None = None,
    sigma_data: float = trigflow.SIGMA_DATA,
) -> Tensor:
    """Run the few-step sampler; returns the clean latent at unit scale, (B, C, Y, X) float32.

    `net(x_t, t)` gets the state (std sigma_data) and the angle as a (B,) tensor and answers F at unit scale.
    `noise_BCYX` is unit noise. `draw_noise()` gives fresh unit noise of the same shape; it is called after every
    step but the last, so a one-step run never draws. `start_BCYX` is a clean latent at unit scale to start from, noised
    to the first angle; None starts from the noise alone. `on_step(index, t, x_next)` may return another state to go on
    from, or None to stop early with the present estimate; after the last step x_next is the clean latent.
    `on_clean(x_0)` replaces each step's clean estimate, at unit scale, before noise is added for the next one.

    Source: SANA-Sprint arXiv 2503.09641 algorithm 2; sCM arXiv 2410.11081 section 3.
    """
    num_steps = len(angles) - 1
    x_BCYX = noise_BCYX * sigma_data
    if start_BCYX is not None:
        x_BCYX = trigflow.x_t_from_x0(start_BCYX * sigma_data, noise_BCYX, angles[0], sigma_data)
    for index in range(num_steps):
        t = angles[index].expand(x_BCYX.shape[0])
        x0_BCYX = trigflow.x0_from_F(net(x_BCYX, t), x_BCYX, t, sigma_data)
        if on_clean is not None:
            x0_BCYX = on_clean(x0_BCYX / sigma_data) * sigma_data
        if index == num_steps - 1:
            x_BCYX = x0_BCYX
        else:
            x_BCYX = trigflow.x_t_from_x0(x0_BCYX, draw_noise(), angles[index + 1], sigma_data)
        if on_step is not None:
            replaced = on_step(index, angles[index], x_BCYX)
            if replaced is None:
                return x0_BCYX / sigma_data
            x_BCYX = replaced
    return x_BCYX / sigma_data
