"""Names for work: a task module says which function does the job that `later` asked for."""

from collections.abc import Callable

from jobs.models import Job

Handler = Callable[..., None]
HANDLERS: dict[str, Handler] = {}


def work(name: str) -> Callable[[Handler], Handler]:
    """Register `handler(job, *ids)` for the name. It may finish the job with `actions.finishing`."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def handler_of(job: Job) -> Handler:
    """The function for a job; raises KeyError for a name nobody serves."""
    return HANDLERS[job.name]
