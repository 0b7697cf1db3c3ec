"""Which record of one version is which of another (ghép bản ghi): equal, or one delegation after an edit."""

from collections.abc import Sequence
from operator import itemgetter

from doingoai_cli.grouping import grouped
from doingoai_cli.model.pairing import pair_versions
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.text import key

_WHO_AND_WHEN = ("title", "leader", "countries", "period", "venue")
_HELD = 30_000


def identifying_fields(record: Record) -> tuple[str, ...]:
    """The fields that name records of one model: name, head, countries, time, place.

    Of the models with no time of their own, what tells two rows apart besides: who, when signed, what was awarded.
    """
    return ("name", *_WHO_AND_WHEN, *record.BESIDES)


def identifying_texts(record: Record) -> tuple[str, ...]:
    """What names a record, in comparing form; "" for a field that its model does not have."""
    held = record.fields
    return tuple([key(record.text(field)) if field in held else "" for field in identifying_fields(record)])


def full_text(record: Record) -> tuple[str, ...]:
    """Every field but the ordinal, with single spaces: equal texts are the same statement.

    Only as much of each as a cell of a workbook holds, so that a text which had to be cut there stays the same.
    """
    told = zip(record.fields, record.texts, strict=True)
    return tuple([_spaced(text[:_HELD]) for field, text in told if field != "ordinal"])


def _spaced(text: str) -> str:
    # Printable is no space but " " itself. Nearly every text is as it should be: a copy of each would be held.
    usual = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    return text if usual else " ".join(text.split())


def pair_up(before: Sequence[Record], after: Sequence[Record]) -> list[tuple[int, int]]:
    """Where the records stand that both lists hold, in each of them; in the order of `after`.

    Equal texts first, then equal names, then one delegation edited. Deterministic. Records of different sections
    (form 03) are never the same.
    """
    left, right = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))
    pairs: list[tuple[int, int]] = []
    for texts in (full_text, identifying_texts):
        waiting = grouped(((after[j].section, texts(after[j])), j) for j in reversed(right))
        for i in [*left]:
            if places := waiting.get((before[i].section, texts(before[i]))):
                pairs.append((i, places.pop()))
                del left[i], right[pairs[-1][1]]
    olds, news = [*left], [*right]
    edited = pair_versions([before[i] for i in olds], [after[j] for j in news], _same_ordinal)
    pairs += [(olds[at], news[place]) for at, place in edited]
    return sorted(pairs, key=itemgetter(1))


def _same_ordinal(one: Record, other: Record) -> bool:
    return bool(one.ordinal) and key(one.ordinal) == key(other.ordinal)
