"""The control branch of SANA-Sprint, the one forward pass that joins it to a base, and the map detectors."""

from controlnet.attention import plain_attention
from controlnet.branch import SanaSprintControlNet
from controlnet.forward import controlled_forward
from controlnet.graft import graft

__all__ = ["SanaSprintControlNet", "controlled_forward", "graft", "plain_attention"]
