"""What kind of reply a text from a partner is."""

from typing import cast, get_args

from gateways.clearinghouse import ReplyKind
from gateways.clearinghouse.x12 import NotX12, read


def kind_of(text: str) -> ReplyKind:
    """The first transaction of a known kind, else TA1 when there is one, else unreadable."""
    try:
        interchanges = read(text)
    except NotX12:
        return "unreadable"
    kinds = [transaction.kind for interchange in interchanges for transaction in interchange.transactions()]
    kinds += ["TA1" for interchange in interchanges if interchange.acknowledgments]
    return cast(ReplyKind, next((kind for kind in kinds if kind in get_args(ReplyKind)), "unreadable"))
