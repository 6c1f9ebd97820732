"""Sessions in the database, read by one statement that is made up once."""

from django.contrib.sessions.backends.db import SessionStore as Stored
from django.contrib.sessions.models import Session
from django.utils import timezone

from zhirong.platform.operations.prepared import Prepared

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(Stored):
    """The framework's own store; every request reads it first."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.row(self.session_key or "")
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
