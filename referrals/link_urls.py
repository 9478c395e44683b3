"""Addresses for patients (`/p/`) and referring offices (`/s/`), who have links and codes, not accounts."""

from django.urls import path

from referrals.views import booked, booking, declining, office

urlpatterns = [
    path("p/<str:token>/", booking.front, name="booking"),
    path("p/<str:token>/birth-date/", booking.verify, name="booking_verify"),
    path("p/<str:token>/times/", booking.choose, name="booking_choose"),
    path("p/<str:token>/booked/", booked.done, name="booking_done"),
    path("p/<str:token>/visit.ics", booked.calendar, name="booking_calendar"),
    path("p/<str:token>/cancellation/", booked.cancel, name="booking_cancel"),
    path("p/<str:token>/call/", declining.call, name="booking_call"),
    path("p/<str:token>/call/asked/", declining.call_asked, name="booking_call_asked"),
    path("p/<str:token>/refusal/", declining.refuse, name="booking_refuse"),
    path("p/<str:token>/stop/", declining.stop, name="booking_stop"),
    path("p/<str:token>/again/", declining.again, name="booking_again"),
    path("s/", office.check, name="status_check"),
    path("s/<str:token>/", office.status, name="office"),
    path("s/<str:token>/birth-date/", office.verify, name="office_verify"),
    path("s/<str:token>/acknowledgement/", office.acknowledge, name="office_acknowledge"),
    path("s/<str:token>/messages/", office.message, name="office_message"),
    path("s/<str:token>/reports/<uuid:document_id>/", office.report, name="office_report"),
]
