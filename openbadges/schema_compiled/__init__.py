"""JSON Schemas made into plain functions, for speed; ``jsonschema`` stays the reference."""

from openbadges.schema_compiled.bare import BareValues
from openbadges.schema_compiled.compiler import CompiledSchema, closed
from openbadges.schema_compiled.values import is_unique

__all__ = ["BareValues", "CompiledSchema", "closed", "is_unique"]
