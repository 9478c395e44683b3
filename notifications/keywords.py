"""What somebody means who answers a text. Pure.

Carriers stop at one-word keywords; the FCC asks that any reasonable words are honoured
(47 CFR 64.1200(a)(10)).
"""

import re
import unicodedata
from enum import StrEnum


class Meaning(StrEnum):
    """What follows from an incoming text."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    OTHER = "other"


STOP = {"stop", "stopall", "stop all", "unsubscribe", "quit", "revoke", "optout", "opt out"}
STOP |= {"alto", "parar", "pare", "basta"}
STOP_ALONE = {"cancel", "end"}  # with more words around them they may be about the visit
START = {"start", "unstop", "yes"}
HELP = {"help", "info", "ayuda"}
# Said around the word without changing it: "please stop texting me, thanks".
FILLERS = frozenset(
    [
        "a",
        "all",
        "and",
        "any",
        "by",
        "from",
        "immediately",
        "it",
        "me",
        "message",
        "messages",
        "messaging",
        "more",
        "my",
        "now",
        "number",
        "phone",
        "please",
        "pls",
        "sending",
        "sms",
        "text",
        "texting",
        "texts",
        "thank",
        "thanks",
        "the",
        "these",
        "this",
        "to",
        "you",
        "your",
        "de",
        "enviar",
        "enviarme",
        "escribir",
        "escribirme",
        "favor",
        "gracias",
        "la",
        "los",
        "mandar",
        "mandarme",
        "mensaje",
        "mensajes",
        "mi",
        "numero",
        "por",
        "textos",
        "ya",
    ]
)
STOP_PHRASES = re.compile(
    r"\b("
    r"no more (texts?|messages?)|(do not|dont|never) (text|message|contact|write)( to)? (me|us|this)"
    r"|(remove|take) me (from|off)|opt me out|wrong (number|person)|leave me alone"
    r"|no mas (textos|mensajes)|no me (escriba|escriban|mande|manden|envie|envien)"
    r"|deje(n)? de (escribir|mandar|enviar)\w*|numero equivocado"
    r")\b"
)


def meaning_of(text: str) -> Meaning:
    """Whether it asks to stop, to start again or for help; anything else is for a person to read."""
    said = _plain(text)
    core = " ".join(word for word in said.split() if word not in FILLERS)
    if said in STOP | STOP_ALONE or core in STOP or STOP_PHRASES.search(said):
        return Meaning.STOP
    if said in START:
        return Meaning.START
    if said in HELP:
        return Meaning.HELP
    return Meaning.OTHER


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", ""))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()
