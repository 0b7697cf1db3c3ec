"""The examples are documentation that runs: every command prints what stands in `expected/`."""

from pathlib import Path

import pytest
from examples import topics, transcript


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_the_commands_print_what_is_written(topic: Path, tmp_path: Path) -> None:
    printed = transcript(topic, tmp_path / topic.name)
    written = {path.name: path.read_text(encoding="utf-8") for path in (topic / "expected").iterdir()}
    assert printed == written
