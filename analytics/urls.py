"""Under `/o/<slug>/insights/`."""

from django.urls import path

from analytics import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("referrals/", views.behind, name="behind_figure"),
]
