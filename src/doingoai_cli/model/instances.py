"""Fields that hold what was validated when it was made (giá trị đã được kiểm tra)."""

from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_origin

from pydantic import GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, is_instance_schema

T = TypeVar("T")

if TYPE_CHECKING:
    Instance = Annotated[T, ...]
else:

    class Instance:
        """`Instance[Table]`: an instance of that class, taken as it is; anything else is a ValidationError.

        pydantic's `InstanceOf` also builds the schema of what the class holds, to describe it as JSON: a third of
        what all models take to be built at a start, for what is never printed.
        """

        def __class_getitem__(cls, item: type) -> Any:
            return Annotated[item, cls()]

        def __get_pydantic_core_schema__(self, source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
            return is_instance_schema(get_origin(source) or source)
