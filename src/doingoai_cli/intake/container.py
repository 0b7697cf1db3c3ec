"""The door of intake (cửa tiếp nhận): bytes → `Workbook`, or why not. Nothing that is read here ever raises."""

from doingoai_cli.intake.limits import DEFAULT_LIMITS, Limits, Meter
from doingoai_cli.intake.ooxml import read_ooxml
from doingoai_cli.intake.package import Package
from doingoai_cli.intake.unreadable import GiveUp, Reason, Unreadable, unreadable
from doingoai_cli.model.grid import Workbook


def read_workbook(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Workbook | Unreadable:
    """All sheets of one file, whatever it calls itself; `name` is only for what people read.

    Never raises: a file that cannot be read gives the reason.
    """
    try:
        return _read(data, name, Meter(limits))
    except GiveUp as given_up:
        return given_up.unreadable
    except MemoryError:
        return unreadable(Reason.TOO_HUNGRY)


def _read(data: bytes, name: str, meter: Meter) -> Workbook:
    if not data:
        raise GiveUp(unreadable(Reason.EMPTY))
    package = Package(data, meter)
    for relationship in package.relationships():
        if relationship.kind == "officeDocument":
            format_ = "xlsm" if name.lower().endswith(".xlsm") else "xlsx"
            return read_ooxml(package, relationship.target, meter, format_=format_)
    raise GiveUp(unreadable(Reason.NOT_A_SPREADSHEET))
