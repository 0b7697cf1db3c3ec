"""Deflate (nén) by ISA-L where there is a wheel for the machine, a quarter of zlib's time; else by zlib."""

try:
    from isal import isal_zlib as deflate
except ImportError:
    import zlib as deflate  # type: ignore[no-redef]

__all__ = ["deflate"]
