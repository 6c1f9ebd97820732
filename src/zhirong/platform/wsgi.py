"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhirong.platform.settings")
application = get_wsgi_application()
# Refuses here, before the first request, where the database is of the other mode.
connection.ensure_connection()
connection.close()
