"""Under `/o/<slug>/faxes/`."""

from django.urls import path

from intake.views import handling, inbox, pictures, review

urlpatterns = [
    path("", inbox.fax_inbox, name="fax_inbox"),
    path("news/", inbox.fax_news, name="fax_news"),
    path("uploads/", inbox.fax_upload, name="fax_upload"),
    path("<uuid:arrival_id>/", review.fax_review, name="fax_review"),
    path("<uuid:arrival_id>/progress/", review.fax_progress, name="fax_progress"),
    path("<uuid:arrival_id>/pages/<int:number>.png", pictures.fax_page, name="fax_page"),
    path("<uuid:arrival_id>/pages/<int:number>/thumb.png", pictures.fax_thumb, name="fax_thumb"),
    path("<uuid:arrival_id>/original/", pictures.fax_original, name="fax_original"),
    path("<uuid:arrival_id>/acceptance/", review.fax_acceptance, name="fax_acceptance"),
    path("<uuid:arrival_id>/draft/", review.fax_draft, name="fax_draft"),
    path("<uuid:arrival_id>/refusal/", handling.fax_refusal, name="fax_refusal"),
    path("<uuid:arrival_id>/attachment/", handling.fax_attachment, name="fax_attachment"),
    path("<uuid:arrival_id>/claim/", handling.fax_claim, name="fax_claim"),
    path("<uuid:arrival_id>/release/", handling.fax_release, name="fax_release"),
    path("<uuid:arrival_id>/password/", handling.fax_password, name="fax_password"),
    path("<uuid:arrival_id>/rereading/", handling.fax_rereading, name="fax_rereading"),
]
