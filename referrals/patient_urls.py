"""Under `/o/<slug>/patients/`: the pages of patients that show their referrals."""

from django.urls import path

from referrals.views import patient

urlpatterns = [
    path("", patient.patients, name="patients"),
    path("<uuid:patient_id>/", patient.patient, name="patient"),
]
