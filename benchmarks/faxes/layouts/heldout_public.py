"""Held-out referrals of public clinics: a federal consultation sheet and a form in Spanish."""

from functools import partial

from benchmarks.faxes.arrange import sides
from benchmarks.faxes.cases import Case
from benchmarks.faxes.heldout.feet import foot
from benchmarks.faxes.heldout.labels import Labels, labels
from benchmarks.faxes.heldout.prose import story
from benchmarks.faxes.heldout.values import Hand, hand
from benchmarks.faxes.layouts import registry
from benchmarks.faxes.page import Choice, Page

sheet = partial(registry.sheet, shelf=registry.HELD_OUT)
Row = tuple[float, list[tuple[str, str | Choice, float]]]


@sheet(weight=3, family="condensed")
def federal_consult(page: Page, case: Case) -> None:
    """A consultation sheet as federal clinics use it: ruled boxes from edge to edge, capitals."""
    h = hand(page.rng, case)
    names = {thing: name.upper() for thing, name in labels(page.rng).items()}
    rows: list[Row] = [
        (120, [("MEDICAL RECORD", "CONSULTATION SHEET", 3), (names["date"], h.written, 2)]),
        (
            120,
            [
                ("TO:", f"{h.specialty} / {h.specialist}", 3),
                ("FROM (clinic)", case.referrer.practice.name, 3),
            ],
        ),
        (190, [(f"{names['reason']} (complaints)", h.reason, 1)]),
        (300, [("FINDINGS", story(page.rng, 3), 1)]),
        (170, [("PROVISIONAL DIAGNOSIS", h.worded_codes, 1)]),
        *_signed(h, names),
        (620, [("CONSULTATION REPORT (leave blank)", "", 1)]),
        *_identified(h, names),
    ]
    for height, cells in rows:
        page.cells(cells, height=height)


def _signed(h: Hand, names: Labels) -> list[Row]:
    approved = h.day(h.case.around.seen_on)
    return [
        (130, [("SIGNATURE AND NAME", h.referrer, 4), ("NPI", h.npi, 2), (names["urgency"], h.urgency, 2)]),
        (120, [("CALL BACK", h.office_phone, 1), ("FAX", h.office_fax, 1), ("APPROVED", approved, 1)]),
    ]


def _identified(h: Hand, names: Labels) -> list[Row]:
    name = f"{h.last}, {h.first}"
    chart = h.case.patient.mrn
    return [
        (120, [("IDENTIFICATION NO.", h.member, 3), ("COVERAGE", h.payer, 4), ("REGISTER NO.", chart, 2)]),
        (130, [("PATIENT (last, first)", name, 5), (names["born"], h.born, 2), ("SEX", h.sex, 1)]),
        (120, [(names["address"], h.address, 3), (names["phone"], h.phone, 1.4)]),
    ]


@sheet(weight=3, family="palatino")
def salud(page: Page, case: Case) -> None:
    """A community clinic's form in Spanish, with English below some of it."""
    h, around = hand(page.rng, case), case.around
    page.centered("CLÍNICA DE LA COMUNIDAD - SOLICITUD DE CONSULTA", 14, bold=True)
    page.centered("(request for specialty consult)", 9, after=30)
    rows = [
        ("Paciente", h.patient),
        ("Nacido/a el", h.born),
        ("Género", h.sex),
        ("Domicilio", h.address),
        ("Celular", h.phone),
        ("Idioma", "Español - necesita intérprete"),
        ("Aseguranza", h.payer),
        ("No. de póliza", h.member),
        ("Persona responsable", f"{around.contact}, {h.number(around.contact_phone)}"),
        ("Proveedor que envía", f"{h.referrer} (NPI {h.npi})"),
        ("Tel. de la clínica", h.office_phone),
        ("Fax para respuesta", h.office_fax),
        ("Especialidad que se pide", h.specialty),
        ("Con el doctor / la doctora", h.specialist),
        ("Motivo de la consulta", h.reason),
        ("Códigos de diagnóstico", h.codes),
        ("Fecha de la solicitud", h.written),
        ("Prioridad", h.urgency),
    ]
    sides(
        page, rows, x=page.left + 40, at=page.left + 760, width=1400, size=11, gap=page.rng.randrange(8, 26)
    )
    page.skip(30)
    page.say("Favor de llamar al paciente después de las 3 de la tarde. Gracias.", 11)
    page.signature("Firma / signature", "Título", y=page.y + 300)
    page.skip(420)
    foot(page, h)
