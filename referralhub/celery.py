"""The Celery application: a wake-up bell for the jobs table, never the place where work is kept."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "referralhub.settings")

app = Celery("referralhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
