"""doingoai: forms, checks, consolidation and reports for a province's foreign affairs (công tác đối ngoại)."""

__version__ = "0.1.0"
