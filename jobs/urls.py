"""Under `/o/<slug>/attention/`."""

from django.urls import path

from jobs import views

urlpatterns = [
    path("", views.attention, name="attention"),
    path("<uuid:job_id>/retrial/", views.retrial, name="job_retrial"),
    path("<uuid:job_id>/settlement/", views.settlement, name="job_settlement"),
]
