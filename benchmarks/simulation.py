"""100,000 draws of the relief from royalty of 100 rights, with distributions and tornado."""

from collections.abc import Iterator, Mapping

import numpy as np

from benchmarks.measuring import Measure, fastest, processor_seconds, seconds
from zhirong.application.inputs.columns import Column, InputBuilder, Range
from zhirong.core.operations import Array
from zhirong.core.sheet import Sheet
from zhirong.core.sources import AssumptionOrigin
from zhirong.valuation.methods import relief_from_royalty as method
from zhirong.valuation.simulation import Dependence, Uncertain, simulate, tornado
from zhirong.valuation.simulation import cells as cells_of

RIGHTS, YEARS, DRAWS, SEED = 100, 7, 100_000, 20_260_630
ORIGIN = AssumptionOrigin(author="benchmark", reason="drawn once")
JUDGED = {
    "growth": (0.03, ("asset", "year")),
    "royalty_rate": (0.03, ("asset",)),
    "royalty_decay": (0.10, ("asset",)),
    "life": (6.0, ("asset",)),
    "discount_rate": (0.15, ("asset",)),
}
FIXED = {
    "base_sales": ("CNY", ("asset",)),
    "mapped_share": ("share", ("asset",)),
    "upkeep": ("CNY", ("asset", "year")),
    "tax_rate": ("share", ("year",)),
    "timing": ("year", ()),
}
NAMES = (*JUDGED, *FIXED, "year")


def columns() -> dict[str, Column]:
    """The inputs of 100 rights; those that are judged with a range of a fifth about the middle."""
    generator = np.random.default_rng(SEED)
    made: dict[str, Column] = {}
    for key, (middle, axes) in JUDGED.items():
        shape = (RIGHTS, YEARS)[: len(axes)]
        central = middle * generator.uniform(0.8, 1.2, shape)
        scopes = tuple(str(place) for place in range(RIGHTS))
        spread = Range(
            low=central * 0.9, high=central * 1.1, scopes=scopes, floor=0.0, ceiling=np.inf
        )
        unit = "year" if key == "life" else "share"
        made[key] = Column(
            key=key, unit=unit, axes=axes, central=central, origins=(ORIGIN,), range=spread
        )
    plain = {
        "base_sales": generator.uniform(1e6, 1e8, RIGHTS),
        "mapped_share": generator.uniform(0.2, 0.8, RIGHTS),
        "upkeep": np.full((RIGHTS, YEARS), 2_000.0),
        "tax_rate": np.full(YEARS, 0.15),
        "timing": np.array(0.5),
    }
    for key, (unit, axes) in FIXED.items():
        made[key] = Column(key=key, unit=unit, axes=axes, central=plain[key], origins=(ORIGIN,))
    return made


def uncertain(made: Mapping[str, Column]) -> list[Uncertain]:
    """The judged columns as ranges, each right with a driver of its own."""
    return [
        Uncertain(
            key=key,
            low=column.range.low,
            central=column.central,
            high=column.range.high,
            drivers=tuple(range(RIGHTS)),
            floor=column.range.floor,
        )
        for key, column in made.items()
        if column.range is not None
    ]


def by_figures(made: Mapping[str, Column], drawn: Mapping[str, Array]) -> Array:
    """Values (asset, draw) by the method itself."""
    sheet = Sheet(method.KEY, keep=False)
    builder = InputBuilder(columns=made, years=YEARS)
    return method.value(sheet, a=method.Inputs(**builder.enter(sheet, NAMES, drawn))).values


def by_numpy(made: Mapping[str, Column], drawn: Mapping[str, Array]) -> Array:
    """The same by bare arrays, as one would write it without figures."""
    fixed = {key: made[key].central for key in FIXED}
    year = np.arange(YEARS, dtype=float)[None, :, None]
    sales = fixed["base_sales"][:, None, None] * np.cumprod(1 + drawn["growth"], axis=1)
    revenue = sales * fixed["mapped_share"][:, None, None]
    kept = np.clip(drawn["life"][:, None, :] - year, 0, 1)
    rate = drawn["royalty_rate"][:, None, :] * (1 - drawn["royalty_decay"])[:, None, :] ** year
    net = revenue * (rate * kept) - fixed["upkeep"][:, :, None] * kept
    after_tax = net * (1 - fixed["tax_rate"])[None, :, None]
    factor = (1 + drawn["discount_rate"])[:, None, :] ** -(year + fixed["timing"])
    so_far = np.cumsum(after_tax * factor, axis=1)
    result: Array = np.maximum(so_far.max(axis=1), 0)
    return result


def run() -> Iterator[Measure]:
    """Draws, cell means and tornado; then one block by figures against bare arrays."""
    made = columns()
    judged = uncertain(made)
    keys = tuple(item.key for item in judged)
    dependence = Dependence(keys=keys, correlation=np.eye(len(keys)), within=0.3)

    def evaluate(drawn: Mapping[str, Array]) -> Array:
        return by_figures(made, drawn)

    def draws(threads: int) -> Array:
        return simulate(
            evaluate, judged, dependence=dependence, draws=DRAWS, seed=SEED, threads=threads
        )

    values = draws(2)
    one, two = fastest(lambda: draws(1), runs=3), fastest(lambda: draws(2), runs=5)
    cells = fastest(lambda: cells_of(values), runs=3)
    bars = fastest(lambda: tornado(evaluate, judged), runs=5)
    yield Measure(
        what=f"{DRAWS:,} draws of {RIGHTS} rights over {YEARS} years, cells and tornado",
        figure=seconds(two + cells + bars),
        target="1.5 s",
    )
    yield Measure(what="  of which draws on 2 threads", figure=seconds(two))
    yield Measure(what="  of which cell means", figure=seconds(cells))
    yield Measure(what="  of which tornado", figure=seconds(bars))
    yield Measure(what="  draws on 1 thread", figure=seconds(one))
    busy = processor_seconds(lambda: draws(2))
    yield Measure(what="  processor time of the draws, both cores", figure=seconds(busy))
    yield Measure(what="  values a second", figure=f"{RIGHTS * DRAWS / two / 1e6:.1f} million")
    generator = np.random.default_rng(SEED)
    drawn = {item.key: item.at(generator.standard_normal((RIGHTS, 64))) for item in judged}
    assert np.allclose(by_numpy(made, drawn), by_figures(made, drawn), rtol=1e-12, atol=1e-6)
    figures = fastest(lambda: by_figures(made, drawn), runs=50)
    plain = fastest(lambda: by_numpy(made, drawn), runs=50)
    yield Measure(what="figures against bare numpy, block of 64", figure=f"{figures / plain:.2f} x")
