"""The composition root: settings, addresses, the Celery application. Imported by no other app."""

from referralhub.celery import app as celery_app

__all__ = ["celery_app"]
