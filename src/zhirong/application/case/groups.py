"""Groups of rights that are valued as one, from the signed product x feature x right matrix.

The matrix is the only road from sales to a right: a group's part of its product's sales is the sum
of the weights of the features that its rights in force cover.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhirong.application.case.case_file import AssetGroup, CaseFile
from zhirong.core.errors import InputError
from zhirong.firms.records import Coverage, Feature, Product
from zhirong.rights.records import Patent

# What weights given with nine decimals may sum to above all of the sales.
_SLACK = Decimal("0.000001")


class MatrixError(InputError):
    """The matrix names a product, feature or right that the file does not have."""

    code = "error.matrix"


class MatrixWeightError(InputError):
    """A weight or strength outside 0 to 1, or features that weigh more than their product."""

    code = "error.matrix_weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureCover:
    """A feature in a group and the group's rights that cover it."""

    feature: Feature
    cells: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its product, its rights (as places in the case's patents) and features."""

    group: str
    name: str
    product: Product
    rights: tuple[int, ...]
    covers: tuple[FeatureCover, ...]

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where its assumptions are looked for, narrowest first."""
        return (self.group, self.product.product, "")

    @property
    def mapped_share(self) -> Decimal:
        """The part of the product's sales that its rights serve."""
        return sum((cover.feature.weight for cover in self.covers), Decimal(0))


def groups_of(case: CaseFile, *, valued: Sequence[bool]) -> tuple[Group, ...]:
    """The groups of a case that hold at least one right that may be valued.

    Args:
        case: The case file.
        valued: For each patent whether it may be valued (legal status gate).

    Raises:
        MatrixError: The matrix or the groups name something that the file does not have.
        MatrixWeightError: A share outside 0 to 1, or features above the whole of their product.
    """
    products = {item.product: item for item in case.products}
    places = {patent.app_no: place for place, patent in enumerate(case.patents)}
    _check_matrix(case, products, places)
    made = (_group(case, asset, products, places, valued) for asset in declared_groups(case))
    return tuple(group for group in made if group.rights)


def declared_groups(case: CaseFile) -> tuple[AssetGroup, ...]:
    """The groups that the file declares; else one for each product that rights serve."""
    if case.groups:
        return case.groups
    served = {cell.product for cell in case.coverage}
    return tuple(
        AssetGroup(group=item.product, name=item.name, product=item.product, source=item.source)
        for item in case.products
        if item.product in served
    )


def _check_matrix(
    case: CaseFile, products: Mapping[str, Product], places: Mapping[str, int]
) -> None:
    features = {(item.product, item.feature) for item in case.features}
    for cell in case.coverage:
        if (cell.product, cell.feature) not in features:
            _refuse(f"{cell.product} / {cell.feature}", cell)
        if cell.right not in places:
            _refuse(cell.right, cell)
        _require_share(f"{cell.product} / {cell.feature} / {cell.right}", cell.strength, cell)
    for feature in case.features:
        if feature.product not in products:
            _refuse(feature.product, feature)
        own = [item.weight for item in case.features if item.product == feature.product]
        _require_share(f"{feature.product} / {feature.feature}", feature.weight, feature)
        _require_share(feature.product, sum(own, Decimal(0)), feature)
    for group in case.groups:
        if group.product not in products:
            _refuse(group.product, group)


def _require_share(name: str, number: Decimal, item: Coverage | Feature) -> None:
    if not 0 <= number <= 1 + _SLACK:
        place = item.source.place() if item.source else ""
        raise MatrixWeightError(
            f"{name} of the matrix is {number}; shares lie from 0 to 1, and the features of a "
            f"product weigh at most 1 in all ({place}).",
            name=name,
            number=number,
            place=place,
        )


def _refuse(name: str, item: Coverage | Feature | AssetGroup) -> None:
    place = item.source.place() if item.source else ""
    raise MatrixError(
        f"The matrix names {name}, which the file does not have ({place}).", name=name, place=place
    )


def _group(
    case: CaseFile,
    asset: AssetGroup,
    products: Mapping[str, Product],
    places: Mapping[str, int],
    valued: Sequence[bool],
) -> Group:
    def belongs(patent: Patent) -> bool:
        return not asset.kinds or str(patent.kind) in asset.kinds

    covers: list[FeatureCover] = []
    rights: set[int] = set()
    for feature in case.features:
        if feature.product != asset.product:
            continue
        cells = tuple(
            cell
            for cell in case.coverage
            if (cell.product, cell.feature) == (feature.product, feature.feature)
            and cell.strength > 0
            and valued[places[cell.right]]
            and belongs(case.patents[places[cell.right]])
        )
        if cells:
            covers.append(FeatureCover(feature=feature, cells=cells))
            rights.update(places[cell.right] for cell in cells)
    return Group(
        group=asset.group,
        name=asset.name,
        product=products[asset.product],
        rights=tuple(sorted(rights)),
        covers=tuple(covers),
    )
