"""Where the shipped data lie: `templates/`, `rules/` and `examples/`, in a checkout and in a wheel."""

from pathlib import Path


def data_root() -> Path:
    """The folder that holds `templates`, `rules` and `examples`."""
    inside_wheel = Path(__file__).parent / "_data"
    return inside_wheel if inside_wheel.is_dir() else Path(__file__).resolve().parents[2]


def forms_dir() -> Path:
    """One YAML per form (biểu mẫu)."""
    return data_root() / "templates" / "xlsx"


def workspace_dir() -> Path:
    """What a new workspace begins with."""
    return data_root() / "templates" / "workspace"


def outlines_dir() -> Path:
    """One YAML an outline (đề cương)."""
    return data_root() / "templates" / "docx"


def windows_dir() -> Path:
    """The scripts that a workspace gets to be clicked on in Windows (.cmd)."""
    return data_root() / "templates" / "windows"


def packs_dir() -> Path:
    """One YAML per rule pack (bộ quy định)."""
    return data_root() / "rules"


def examples_dir() -> Path:
    """The shipped examples, one folder a topic."""
    return data_root() / "examples"
