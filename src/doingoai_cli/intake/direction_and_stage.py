"""The direction and the stage that a title speaks of (đoàn ra hay đoàn vào; đã thực hiện hay kế hoạch)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.text import fold

_AND_PLAN = re.compile(r"\b(?:và|,|;) (?:dự kiến|(?:xây dựng )?kế hoạch)\b")
"""After words for what took place: "KẾT QUẢ NĂM 2019 VÀ KẾ HOẠCH NĂM 2020" speaks of both."""
_TO_COME = re.compile(r"\b(?:dự kiến|sẽ|đăng kí|đề xuất)(?: được)? (?:thực hiện|tổ chức)\b")
_DIRECTIONS: Mapping[Direction, Phrases] = {
    Direction.OUT: Phrases(
        ["đoàn ra", "đi nước ngoài", "ra nước ngoài", "đi công tác nước ngoài", "nước đi", "vào ra", "vào và ra"]
    ),
    Direction.IN: Phrases(
        ["đoàn vào", "đoàn khách", "khách nước ngoài", "khách quốc tế", "đến từ nước", "ra vào", "ra và vào"]
    ),
    Direction.HERE: Phrases(["hội nghị", "hội thảo"]),
}
# "Kế hoạch đoàn ra đã thực hiện" took place: the words for what is done are looked for first.
_STAGES: Mapping[Stage, Phrases] = {
    Stage.REALISED: Phrases(["đã thực hiện", "kết quả", "tình hình thực hiện", "đã tổ chức", "thực hiện năm"]),
    Stage.PLANNED: Phrases(["kế hoạch", "dự kiến", "đăng ký"]),
}


def direction_of(texts: Iterable[str]) -> Direction | None:
    """The direction that the first text which names exactly one speaks of; None where none does."""
    return next((direction for text in texts if (direction := _direction_of(text)) is not None), None)


@lru_cache(maxsize=4096)  # titles come again in every file: 0.1 ms of each
def _direction_of(text: str) -> Direction | None:
    named = [direction for direction, phrases in _DIRECTIONS.items() if phrases.first(text)]
    return named[0] if len(named) == 1 else None


def stage_of(texts: Iterable[str]) -> Stage | None:
    """Realised or planned, by the first text that says so; None where none does."""
    return next((stage for text in texts if (stage := _stage_of(text)) is not None), None)


@lru_cache(maxsize=4096)  # as above
def _stage_of(text: str) -> Stage | None:
    text = _TO_COME.sub("dự kiến", fold(text))
    for stage, phrases in _STAGES.items():
        if phrases.first(text):
            both = stage is Stage.REALISED and _AND_PLAN.search(text) is not None
            return None if both else stage
    return None
