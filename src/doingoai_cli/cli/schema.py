"""`doingoai schema`: JSON Schema of the models and of the JSON output."""

NAME = "schema"
EXAMPLE = "doingoai schema > schema.json"


def command() -> int:
    """In JSON Schema của các bản ghi và của kết quả kiểm tra dạng JSON."""
    import json

    from pydantic.json_schema import models_json_schema

    from doingoai_cli.cli.ending import put
    from doingoai_cli.model.outcome import Outcome
    from doingoai_cli.model.records import MODELS

    models = [(model, "serialization") for model in (*MODELS.values(), Outcome)]
    _, schema = models_json_schema(models, title="doingoai")  # type: ignore[arg-type]
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", None)
    return 0
