"""Who a session belongs to, found by one statement that is made up once."""

from django.contrib.auth.backends import ModelBackend

from zhirong.platform.accounts.models import User
from zhirong.platform.operations.prepared import Prepared

_PERSON = Prepared(lambda number: User.objects.filter(pk=number), int)


class People(ModelBackend):
    """The framework's own backend; every request asks it for its person."""

    def get_user(self, user_id: int) -> User | None:
        """The person; None where he may no longer sign in."""
        found = _PERSON.row(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None
