"""The question "what does this role ask here?", asked with frameworks and, if there is one, a local layer."""

from __future__ import annotations

from collections.abc import Sequence

from openbadges.frameworks.catalogue import Catalogue
from openbadges.frameworks.model import Framework
from openbadges.frameworks.overlay import overlay as lay_over
from openbadges.frameworks.profile import Profile, profile_of

__all__ = ["effective_profile"]


def effective_profile(
    role: str,
    context: str | None = None,
    overlay: Framework | None = None,
    *,
    frameworks: Catalogue | Framework | Sequence[Framework],
) -> Profile:
    """The levels that ``role`` asks in ``context``, each with its reasons.

    A local role starts from its ``basedOn`` role in its own context; a ``context`` given here takes the place of that
    one.

    Args:
        role: Code or id of a role.
        context: Code or id of a context; None for the role's own context, if it has one.
        overlay: A local layer, laid over ``frameworks`` first.
        frameworks: Where roles, contexts and skills are found. A catalogue made by ``overlay`` has its layer already.

    Raises:
        ConfigurationError: The role or context is not known, or a code is used by several frameworks.
        OverlayRefused: The local layer contradicts the frameworks.
    """
    if isinstance(frameworks, Catalogue):
        catalogue = frameworks
    else:
        catalogue = Catalogue((frameworks,) if isinstance(frameworks, Framework) else tuple(frameworks))
    if overlay is not None:
        catalogue = lay_over(catalogue.frameworks, overlay)
    return profile_of(catalogue, role, context)
