"""The WSGI application that the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver

from zhirong.platform.words import words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhirong.platform.settings")
application = get_wsgi_application()
# Refuses here, before the first request, where the database is of the other mode.
connection.ensure_connection()
connection.close()
# All views with what they import, and all words: what lives as long as the process is looked at
# by no later collection, which took 0.1 s and more of some request.
get_resolver().check()
words()
gc.collect()
gc.freeze()
