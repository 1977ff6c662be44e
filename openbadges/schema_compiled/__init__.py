"""JSON Schemas made into plain functions, for speed; ``jsonschema`` stays the reference."""

from openbadges.schema_compiled.compiler import CompiledSchema

__all__ = ["CompiledSchema"]
