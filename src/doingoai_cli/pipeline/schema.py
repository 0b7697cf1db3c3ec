"""JSON Schema of the records and of what `check` and `merge` print."""

import json
from typing import Any

from pydantic import TypeAdapter

from doingoai_cli.model.merge_outcome import MergeOutcome
from doingoai_cli.model.outcome import Outcome
from doingoai_cli.model.records import MODELS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> str:
    """One document: any of the two outcomes, with the records among its definitions."""
    models: dict[str, type[Any]] = {**MODELS, "Outcome": Outcome, "MergeOutcome": MergeOutcome}
    references, definitions = TypeAdapter.json_schemas(
        [(name, "serialization", TypeAdapter(model)) for name, model in models.items()], title="doingoai"
    )
    printed = [references[name, "serialization"] for name in ("Outcome", "MergeOutcome")]
    data = {"$schema": _DIALECT, "anyOf": printed, **definitions}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
