"""A path that `doingoai.toml` names and that is not there is said with its line, its key and what to do."""

from pathlib import Path

import pytest

from doingoai_cli.errors import ConfigError
from doingoai_cli.pipeline.workspace import find_workspace, named_path, named_paths

KEYS = ["roster", "waivers", "texts", "outlines", "forms", "history"]


@pytest.mark.parametrize("key", KEYS)
def test_what_is_not_there_is_said_with_its_line(key: str, tmp_path: Path) -> None:
    value = '["khong-co"]' if key == "history" else '"khong-co"'
    (tmp_path / "doingoai.toml").write_text(f"year = 2020\n{key} = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"doingoai\.toml:2: “{key}”: không có .*“khong-co”.*Tạo nó"):
        named_paths(find_workspace(tmp_path), key)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_there_or_not_named_is_no_fault(key: str, tmp_path: Path) -> None:
    assert named_path(find_workspace(tmp_path), key) is None
    value = '["co"]' if key == "history" else '"co"'
    (tmp_path / "doingoai.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
    (tmp_path / "co").mkdir()
    assert named_path(find_workspace(tmp_path), key) == tmp_path / "co"
