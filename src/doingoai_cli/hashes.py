"""`hashlib` without OpenSSL, and with it (hàm băm): Python's own functions give the same digests.

OpenSSL is 2.5 ms and 3.7 MiB of each `check`, but five times as quick where much is hashed.
"""

import sys
from contextlib import suppress
from importlib import import_module, reload

_OPENSSL = "_hashlib"
_OWN = ("_md5", "_sha1", "_blake2", *(("_sha2",) if sys.version_info >= (3, 12) else ("_sha256", "_sha512")))


def without_openssl() -> None:
    """What is imported from now on does without it, unless it is there or this Python has nothing of its own."""
    with suppress(ImportError):
        for name in _OWN:
            import_module(name)
        sys.modules.setdefault(_OPENSSL, None)  # type: ignore[arg-type]


def with_openssl() -> None:
    """For what hashes many files, in this process and those that it forks."""
    if _OPENSSL in sys.modules and sys.modules[_OPENSSL] is None:
        del sys.modules[_OPENSSL]
        reload(import_module("hashlib"))
