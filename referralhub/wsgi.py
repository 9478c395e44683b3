"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from organizations.checks import refuse_powerful_role, refuse_unintended_sandboxes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "referralhub.settings")

application = get_wsgi_application()
refuse_powerful_role()
refuse_unintended_sandboxes()
