"""`doingoai schema`: JSON Schema of the models and of the JSON output."""

NAME = "schema"
EXAMPLE = "doingoai schema > schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def command() -> int:
    """In JSON Schema của các bản ghi và của kết quả dạng JSON (check, merge)."""
    import json

    from pydantic.json_schema import models_json_schema

    from doingoai_cli.cli.ending import put
    from doingoai_cli.model.outcome import MergeOutcome, Outcome
    from doingoai_cli.model.records import MODELS

    models = [(model, "serialization") for model in (*MODELS.values(), Outcome, MergeOutcome)]
    references, definitions = models_json_schema(models, title="doingoai")  # type: ignore[arg-type]
    printed = [references[model, "serialization"] for model in (Outcome, MergeOutcome)]
    schema = {"$schema": _DIALECT, "anyOf": printed, **definitions}
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", None)
    return 0
