"""`doingoai schema`: JSON Schema of the models and of the JSON output."""

from typing import Any

EXAMPLE = "doingoai schema > schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def command() -> int:
    """In JSON Schema của các bản ghi và của kết quả dạng JSON (check, merge)."""
    import json

    from pydantic import TypeAdapter

    from doingoai_cli.cli.ending import put
    from doingoai_cli.model.outcome import MergeOutcome, Outcome
    from doingoai_cli.model.records import MODELS

    models: dict[str, type[Any]] = {**MODELS, "Outcome": Outcome, "MergeOutcome": MergeOutcome}
    references, definitions = TypeAdapter.json_schemas(
        [(name, "serialization", TypeAdapter(model)) for name, model in models.items()], title="doingoai"
    )
    printed = [references[name, "serialization"] for name in ("Outcome", "MergeOutcome")]
    schema = {"$schema": _DIALECT, "anyOf": printed, **definitions}
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", None)
    return 0
