"""Who keeps the settlement account, and so sees what came in on it that nobody claimed."""

from django.conf import settings

from zhirong.platform.accounts.rights import Right
from zhirong.platform.accounts.viewer import Viewer
from zhirong.platform.matters.visibility import NotFoundError


def is_keeper(viewer: Viewer) -> bool:
    """Whether the account is that of the viewer's own organization."""
    return viewer.may(Right.RECEIVE) and viewer.organization_name == settings.SETTLEMENT_NAME


def need_keeper(viewer: Viewer) -> None:
    """Nothing, if the viewer works for the bank whose account it is.

    Raises:
        NotAllowedError: The roles do not give the right.
        NotFoundError: Another bank's account.
    """
    viewer.need(Right.RECEIVE)
    if not is_keeper(viewer):
        raise NotFoundError("Another organization's account.", what="model.unknownentry")
