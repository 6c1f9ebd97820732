"""Published numbers on a sheet: a parameter of the tree with the origin that results must carry."""

from datetime import date
from decimal import Decimal

from zhirong.core.figure import Figure
from zhirong.core.sheet import Sheet
from zhirong.core.sources import ParameterOrigin
from zhirong.parameters.reader import Parameter


def origin(parameter: Parameter, *, on: date) -> ParameterOrigin:
    """Where a number taken from the parameter on a day comes from."""
    return ParameterOrigin(
        path=parameter.path, on=on, valid_from=parameter.valid_from, source=parameter.source
    )


def enter(sheet: Sheet, key: str, parameter: Parameter, *, on: date) -> Figure:
    """A parameter that is one number, entered under the key with its own unit."""
    number = float(parameter.number)
    return sheet.parameter(key, number, parameter.unit, origins=origin(parameter, on=on))


def enter_part(
    sheet: Sheet, key: str, part: tuple[Decimal, str], parameter: Parameter, *, on: date
) -> Figure:
    """A number out of a parameter that is a table: `part` is the number and its unit."""
    number, unit = part
    return sheet.parameter(key, float(number), unit, origins=origin(parameter, on=on))
