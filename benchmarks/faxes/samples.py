"""The twelve faxes that wait in the demo, addressed to Lakeside: `--set demo`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.faxes.cases import Case
from benchmarks.faxes.layouts import LAYOUTS
from benchmarks.faxes.sending import Sending
from referralhub.demo.people import patient_from
from referralhub.demo.practices import SPECIALTY_BY_CODE, provider_named
from referralhub.demo.reasons import REASONS
from referralhub.demo.world import Reason

SEED = 12


@dataclass(frozen=True)
class Request:
    """Who is referred, by whom, to whom, and the first words of why. `patient` is for patient_from()."""

    patient: str
    referrer: str
    specialist: str
    why: str
    urgency: str
    written_on: date

    def case(self, place: int) -> Case:
        """The same as a case to print."""
        specialist = provider_named(self.specialist)
        return Case(
            patient=patient_from(self.patient, place=place),
            referrer=provider_named(self.referrer),
            specialist=specialist,
            specialty=SPECIALTY_BY_CODE[specialist.specialty],
            reason=self._reason(),
            urgency=self.urgency,
            written_on=self.written_on,
        )

    def _reason(self) -> Reason:
        known = (reason for reasons in REASONS.values() for reason in reasons)
        return next(reason for reason in known if reason.text.startswith(self.why))


@dataclass(frozen=True)
class Sample:
    """A layout for each request, and how the fax comes through."""

    layouts: tuple[str, ...]
    requests: tuple[Request, ...]
    level: str = "clean"
    upside_down: bool = False


MARIA = Request(
    "Maria|T|Delgado-Ruiz|1967-03-14|F|1826 N Monroe St|Decatur|62526|"
    "0188|es|Heritage PPO Choice|HPC884160271",
    "Hannah Lindqvist",
    "Ngozi Okafor",
    "Exertional chest tightness",
    "urgent",
    date(2026, 11, 24),
)
WALTER = Request(
    "Walter|B|Ashdown|1958-02-09|M|2210 Timberlane Rd|Lincoln|62656|"
    "0181|en|Prairie Mutual Network|PM70633521",
    "Ravi Mehta",
    "Garrett Holm",
    "Right knee pain",
    "routine",
    date(2026, 11, 23),
)
DANIELLE = Request(
    "Danielle|R|Mercer|1984-09-27|F|518 Dogwood Ln|Springfield|62704|"
    "0182|en|Capitol Quality Care EPO|CET773104682",
    "Kelechi Abara",
    "Paul Drummond",
    "Reflux",
    "routine",
    date(2026, 11, 23),
)
# One of the standing cast: the demo knows her already.
GRACE = Request(
    "Grace|M|Nakamura|1974-05-19|F|1288 W Vine St|Decatur|62522|0152|en|Heritage HMO Core|HHC306118254",
    "Patience Osei",
    "Elena Petrova",
    "Thyroid nodule",
    "urgent",
    date(2026, 11, 24),
)
JEROME = Request(
    "Jerome||Pettigrew|1971-12-02|M|47 Granite Ave|Riverton|62561|0183|en|Open Door Adult Health|231906574",
    "Oluwaseun Bello",
    "Imran Qureshi",
    "Kidney function falling",
    "routine",
    date(2026, 11, 20),
)
HALINA = Request(
    "Halina||Nowicki|1949-06-11|F|336 S Lowell Ave|Jacksonville|62650|"
    "0184|pl|Summit Advantage HMO|SA551904272",
    "Philip Hargrove",
    "Andrzej Wolski",
    "Lung nodule",
    "urgent",
    date(2026, 11, 23),
)
ESPERANZA = Request(
    "Esperanza||Quintero|1983-10-05|F|9 Walnut Grove Ln|Chatham|62629|"
    "0185|es|Railsplitter Gold HMO|RH31447205",
    "Carol Ann Pruett",
    "Adaeze Nwosu",
    "Fibroids",
    "routine",
    date(2026, 11, 24),
)
CURTIS = Request(
    "Curtis|L|Holliday|1963-04-30|M|720 Catalpa Ave|Springfield|62703|"
    "0186|en|Heritage PPO Select|HPC417733914",
    "Miriam Katz",
    "Lionel Vance",
    "Palpitations",
    "routine",
    date(2026, 11, 24),
)
ANYA = Request(
    "Anya||Petrov|2017-09-03|F|64 Orchard View Dr|Decatur|62521|"
    "0187|en|Prairie Mutual Open Access|PM70291143",
    "Marisol Castellano",
    "Naomi Feldstein",
    "Suspected peanut allergy",
    "routine",
    date(2026, 11, 23),
)
TOBIAS = Request(
    "Tobias||Lockwood|2014-01-22|M|219 Ivy Wood Dr|Decatur|62526|0190|en|Heritage PPO Saver|HPC520917734",
    "Marisol Castellano",
    "Naomi Feldstein",
    "Hay fever",
    "routine",
    date(2026, 11, 23),
)
# Seen by an outside sports doctor, who answers Lakeside's orthopedist.
AARON = Request(
    "Aaron|J|Whitfield|1988-11-30|M|27 Fox Mill Dr|Chatham|62629|0151|en|Prairie Mutual Network|PM70441822",
    "Garrett Holm",
    "Victor Salcedo",
    "Left knee locking",
    "routine",
    date(2026, 11, 20),
)
BERNICE = Request(
    "Bernice|A|Gaines|1952-08-17|F|1155 Cardinal Ridge Rd|Springfield|62711|"
    "0189|en|Medicare with Plan G|1S62K04RT83",
    "Bruce Tolliver",
    "Kenji Sato",
    "Tremor",
    "routine",
    date(2026, 11, 24),
)

SAMPLES = (
    Sample(("epic",), (MARIA,)),
    Sample(("two_col",), (WALTER,)),
    Sample(("order_and_note",), (DANIELLE,)),
    Sample(("box_form",), (GRACE,)),
    Sample(("athena",), (JEROME,)),
    Sample(("free_letter",), (HALINA,), level="moderate"),
    Sample(("spanish",), (ESPERANZA,), level="moderate"),
    Sample(("part_hand_form",), (CURTIS,)),
    Sample(("box_form", "box_form"), (ANYA, TOBIAS)),
    Sample(("consult_report",), (AARON,)),
    Sample(("junk_ad",), (MARIA,), level="moderate"),
    Sample(("epic",), (BERNICE,), level="moderate", upside_down=True),
)


def samples() -> Iterator[tuple[Sending, Random]]:
    """Each sample with the generator to draw it with."""
    for number, sample in enumerate(SAMPLES, 1):
        cases = [request.case(place) for place, request in enumerate(sample.requests, 10 * number)]
        documents = tuple(zip([LAYOUTS[name] for name in sample.layouts], cases, strict=True))
        fax_id = f"sample-{number:02d}"
        sending = Sending(fax_id, "demo", SEED, documents, sample.level, upside_down=sample.upside_down)
        yield sending, Random(f"{fax_id}-{SEED}")
