"""The exceptions for our own inputs: options, paths, packs, forms, outlines.

What an agency sent is never an exception: it is a finding (`model.findings`). Anything else is a bug.
"""

from collections.abc import Sequence


class DoingoaiError(Exception):
    """Misuse or a broken input of ours; printed as one Vietnamese sentence, exit status 2."""


class ConfigError(DoingoaiError):
    """A broken YAML, TOML or CSV of ours: every fault, each beginning with `file:line`."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
