"""What an organization taught the reader, and how far it trusts it."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.history import history
from organizations.models import OrganizationModel


class ReviewRules(OrganizationModel):
    """How far an organization lets the machine go alone. Nothing is accepted unseen unless turned on here."""

    accepts_alone = models.BooleanField(default=False)
    at_least = models.FloatField(default=0.99, help_text="Least calibrated confidence of each needed field")
    only_known_senders = models.BooleanField(default=True)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization"], name="one_set_of_review_rules")
        ]

    def __str__(self) -> str:
        return "Accepts alone" if self.accepts_alone else "A person accepts"


class SenderLesson(OrganizationModel):
    """What corrections taught about one sender's paper: this wording stands beside this field."""

    from_number = models.CharField(max_length=20, help_text="E.164")
    wording = models.CharField(max_length=80, help_text="As normalised by the reader")
    key = models.CharField(max_length=30, help_text="A field of intake.fields")
    times = models.PositiveIntegerField(default=1)
    learned_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="A person or a correction took it back"
    )

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "from_number", "wording"], name="one_lesson_per_wording"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wording}: {self.key}"
