"""The door for gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from organizations.checks import refuse_powerful_role, refuse_unintended_sandboxes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "referralhub.settings")

application = get_wsgi_application()
refuse_powerful_role()
refuse_unintended_sandboxes()
# Import every page's code now: the first visitor should not wait for it.
for urlconf in (settings.ROOT_URLCONF, settings.ORGANIZATION_URLCONF):
    get_resolver(urlconf).check()
