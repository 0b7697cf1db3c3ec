"""doingoai: forms, checks, consolidation and reports for a province's foreign affairs (đối ngoại)."""

__version__ = "0.1.0"
