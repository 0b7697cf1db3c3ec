"""Sums of money and the purses they come from (kinh phí, nguồn kinh phí)."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.text import Phrases, clean, fold


class Amount(NamedTuple):
    """A sum of money. `currency` is an ISO 4217 code; `source` is "state", "foreign", "other" or None."""

    value: int | Decimal
    currency: str
    source: str | None = None


class Money(NamedTuple):
    """What a cell says of money; `unread` where it holds figures that are no readable sum."""

    text: str
    amounts: tuple[Amount, ...] = ()
    unread: bool = False


def read_money(text: str) -> Money:
    """The sums of money in a cell."""
    return Money(clean(text))


@lru_cache(maxsize=16384)
def funding_sources(text: str) -> frozenset[str]:
    """Which of "state", "foreign" and "other" a cell names as the purse, with or without an amount (HN04)."""
    return frozenset()
