""" "Stay signed in": the answer to the idle warning."""

import time

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from organizations.web import signed_in


@require_POST
@signed_in
def still_here(request: HttpRequest) -> HttpResponse:
    """Start the idle clock again."""
    request.session["seen_at"] = time.time()
    return HttpResponse(status=204)
