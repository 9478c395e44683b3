"""Under `/sandbox/`."""

from django.urls import path

from referralhub.sandbox import views

urlpatterns = [
    path("", views.page, name="sandbox"),
    path("replies/", views.reply, name="sandbox_reply"),
    path("waiting-texts/", views.deliver, name="sandbox_deliver"),
    path("mail/<str:record_id>/", views.mail, name="sandbox_mail"),
    path("faxes/<str:name>", views.fax, name="sandbox_fax"),
    path("desk/", views.desk, name="sandbox_desk"),
    path("desk/<str:record_id>/decision/", views.decision, name="sandbox_decision"),
    path("arrivals/", views.arrival, name="sandbox_arrival"),
    path("reset/", views.reset, name="sandbox_reset"),
]
