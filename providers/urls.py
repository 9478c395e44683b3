"""Under `/o/<slug>/directory/`."""

from django.urls import path

from providers.views import changing, directory, networks, registry, reports, ways

urlpatterns = [
    path("", directory.directory, name="directory"),
    path("add/", registry.search, name="register_search"),
    path("new/", registry.new_office, name="new_office"),
    path("reports/", reports.reports, name="directory_reports"),
    path("reports/<uuid:report_id>/settlement/", reports.settlement, name="report_settlement"),
    path("networks/", networks.networks, name="networks"),
    path("networks/<uuid:network_id>/", networks.network, name="network"),
    path("<uuid:office_id>/", directory.office, name="office"),
    path("<uuid:office_id>/confirmation/", directory.confirmation, name="office_confirmation"),
    path("<uuid:office_id>/reports/", reports.report, name="office_report"),
    path("<uuid:office_id>/facts/", changing.facts, name="office_facts"),
    path("<uuid:office_id>/locations/", changing.location, name="office_location"),
    path("<uuid:office_id>/clinicians/", registry.new_clinician, name="new_clinician"),
    path("<uuid:office_id>/networks/", networks.standing, name="office_standing"),
    path("<uuid:office_id>/criteria/", networks.criterion, name="office_criterion"),
    path("<uuid:office_id>/endpoints/", ways.add, name="office_endpoint"),
    path("locations/<uuid:location_id>/", changing.known_location, name="location"),
    path("locations/<uuid:location_id>/removal/", changing.location_removal, name="location_removal"),
    path("clinicians/<uuid:provider_id>/", changing.clinician, name="clinician"),
    path("criteria/<uuid:criterion_id>/removal/", networks.criterion_removal, name="criterion_removal"),
    path("endpoints/<uuid:endpoint_id>/preference/", ways.preference, name="endpoint_preference"),
    path("endpoints/<uuid:endpoint_id>/closure/", ways.closure, name="endpoint_closure"),
    path("endpoints/<uuid:endpoint_id>/reopening/", ways.reopening, name="endpoint_reopening"),
]
