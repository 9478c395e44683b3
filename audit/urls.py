"""Under `/o/<slug>/audit/`."""

from django.urls import path

from audit import views

urlpatterns = [path("", views.access_log, name="audit")]
