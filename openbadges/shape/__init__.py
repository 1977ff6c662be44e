"""The closed-shape check of the compact JSON: one spelling for each statement, before anything is read."""

from openbadges.shape.closed import VC_V1, VC_V2, Shape, check_badge_shape, check_contexts

__all__ = ["VC_V1", "VC_V2", "Shape", "check_badge_shape", "check_contexts"]
