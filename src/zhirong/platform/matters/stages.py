"""The way of a matter: which stage may follow on which. What a stage asks for, its topic knows."""

from collections.abc import Mapping

from zhirong.platform.matters.models import Matter

Stage = Matter.Stage

WAY: tuple[Stage, ...] = (
    Stage.OPENED,
    Stage.APPLIED,
    Stage.CHECKED,
    Stage.APPRAISED,
    Stage.PROPOSED,
    Stage.APPROVED,
    Stage.CONTRACTED,
    Stage.SIGNED,
    Stage.FILED,
    Stage.REGISTERED,
    Stage.DRAWN,
    Stage.REPAID,
    Stage.RELEASING,
    Stage.CLOSED,
)
_NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.PROPOSED: frozenset({Stage.APPRAISED}),  # returned by the approver
    Stage.CONTRACTED: frozenset({Stage.APPRAISED}),  # other rights, which must be approved anew
    Stage.FILED: frozenset({Stage.CONTRACTED, Stage.SIGNED}),  # refused by the office: begin anew
    Stage.REGISTERED: frozenset({Stage.RELEASING}),  # nothing was drawn
}
_REFUSABLE = WAY[WAY.index(Stage.APPLIED) : WAY.index(Stage.CONTRACTED)]
_WITHDRAWABLE = WAY[: WAY.index(Stage.SIGNED)]


def may_follow(stage: Stage, following: Stage) -> bool:
    """Whether a matter may go from one stage to another.

    >>> may_follow(Stage.APPLIED, Stage.CHECKED), may_follow(Stage.CLOSED, Stage.DRAWN)
    (True, False)
    """
    if following is Stage.REFUSED:
        return stage in _REFUSABLE
    if following is Stage.WITHDRAWN:
        return stage in _WITHDRAWABLE
    if following in _NEXT.get(stage, frozenset()):
        return True
    return stage in WAY[:-1] and WAY[WAY.index(stage) + 1] is following
