"""The control branch of SANA-Sprint, the one forward pass that joins it to a base, and the map detectors."""

from controlnet.attention import plain_attention
from controlnet.branch import SanaSprintControlNet, controlled_forward

__all__ = ["SanaSprintControlNet", "controlled_forward", "plain_attention"]
