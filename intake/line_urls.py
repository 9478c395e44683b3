"""Under `/o/<slug>/settings/fax-lines/`."""

from django.urls import path

from intake.views import lines

urlpatterns = [
    path("", lines.fax_lines, name="fax_lines"),
    path("<uuid:line_id>/closure/", lines.closure, name="fax_line_closure"),
    path("<uuid:line_id>/opening/", lines.opening, name="fax_line_opening"),
]
