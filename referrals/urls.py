"""Staff's pages of referrals: a referral is a noun, what is done to it a sub-resource that takes a POST."""

from django.urls import path

from referrals.views import desk, detail, documents, moves, routing, search, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("counts/", worklist.counts, name="worklist_counts"),
    path("search/", search.search, name="search"),
    path("referrals/", worklist.worklist, {"view": "open"}, name="referrals"),
    path("referrals/assignments/", worklist.assignments, name="assignments"),
    path("referrals/booking-links/", worklist.booking_links, name="booking_links"),
    path("where-to-send/", routing.where_to_send, name="where_to_send"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
]
_OF_ONE = {
    "": (detail.referral, "referral"),
    "drawer/": (detail.drawer, "drawer"),
    "eligibility/": (detail.eligibility, "eligibility"),
    "destination/": (routing.destination, "destination"),
    # moves
    "dispatch/": (moves.dispatch, "dispatch"),
    "discarding/": (moves.discarding, "discarding"),
    "receipt/": (moves.receipt, "receipt"),
    "failed-delivery/": (moves.failed_delivery, "failed_delivery"),
    "redirection/": (moves.redirection, "redirection"),
    "acceptance/": (moves.acceptance, "acceptance"),
    "information-request/": (moves.information_request, "information_request"),
    "information/": (moves.information, "information"),
    "refusal/": (moves.refusal, "refusal"),
    "advice/": (moves.advice, "advice"),
    "appointment/": (moves.appointment, "appointment"),
    "appointment/cancellation/": (moves.appointment_cancellation, "appointment_cancellation"),
    "no-show/": (moves.no_show, "no_show"),
    "visit/": (moves.visit, "visit"),
    "report/": (moves.report, "report"),
    "report/resending/": (moves.report_resending, "report_resending"),
    "report/loss/": (moves.report_loss, "report_loss"),
    "report/acknowledgement/": (moves.report_acknowledgement, "report_acknowledgement"),
    "resolution/": (moves.resolution, "resolution"),
    "cancellation/": (moves.cancellation, "cancellation"),
    "loss/": (moves.loss, "loss"),
    "error/": (moves.error, "error"),
    "reopening/": (moves.reopening, "reopening"),
    "recovery/": (moves.recovery, "recovery"),
    # what the desk does beside them
    "coverage/": (desk.coverage, "coverage"),
    "eligibility-check/": (desk.eligibility_check, "eligibility_check"),
    "self-pay/": (desk.self_pay, "self_pay"),
    "authorization-waiver/": (desk.authorization_waiver, "authorization_waiver"),
    "booking-link/": (desk.booking_link, "booking_link"),
    "call/": (desk.call, "call"),
    "owner/": (desk.owner, "owner"),
    "notes/": (desk.notes, "notes"),
    "hold/": (desk.hold, "hold"),
    "resumption/": (desk.resumption, "resumption"),
    "documents/": (documents.documents, "documents"),
}
urlpatterns += [
    path(f"referrals/<str:number>/{rest}", view, name=name) for rest, (view, name) in _OF_ONE.items()
]
