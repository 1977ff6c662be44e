"""Sentences about working through many badges at once."""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["MESSAGES"]

MESSAGES = MappingProxyType(
    {
        "bulk.jobs": "{jobs} is not a number of jobs. Give a whole number of 1 or more.",
        "bulk.not_portable": "Something cannot be handed to the worker processes: {reason}. "
        "Give a function of a module in its place, or use one job.",
        "bulk.pair": 'Each badge is handed in as a pair of a name and the badge, such as ("1", badge), not as a '
        "value of the type {kind}.",
        "bulk.signer_stays": "A key does not travel to the worker processes. "
        "Give a function that makes the signer there, or use one job.",
        "bulk.unexpected": "Something went wrong inside the library ({kind}). Please report it, with this badge.",
        "bulk.workers_lost": "The worker processes ended before the work was done. In a script, start the work below "
        "\"if __name__ == '__main__':\"; if memory is short, use fewer jobs.",
    }
)
