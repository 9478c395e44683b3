"""The eight payers of the demo, their plans, and what they want authorized. All invented but Medicare."""

from referralhub.demo.world import AuthorizationRule, Payer, Plan

PAYERS = (
    Payer(
        "HRT01",
        "Heritage PPO",
        "HPC",
        (
            Plan("Heritage PPO Choice", "PPO"),
            Plan("Heritage PPO Select", "PPO"),
            Plan("Heritage PPO Saver", "PPO"),
        ),
    ),
    Payer(
        "HRT0A",
        "Heritage HMO",
        "HHC",
        (
            Plan("Heritage HMO Core", "HMO"),
            Plan("Heritage HMO Plus", "HMO"),
            Plan("Heritage POS Flex", "POS"),
        ),
    ),
    Payer(
        "PRM22",
        "Prairie Mutual",
        "PM",
        (
            Plan("Prairie Mutual Open Access", "PPO"),
            Plan("Prairie Mutual Network", "EPO"),
            Plan("Prairie Mutual Employer POS", "POS"),
        ),
    ),
    Payer(
        "SMT33",
        "Summit Advantage",
        "SA",
        (
            Plan("Summit Advantage HMO", "Medicare Advantage"),
            Plan("Summit Advantage Choice PPO", "Medicare Advantage"),
            Plan("Summit Advantage Dual", "Medicare Advantage"),
        ),
    ),
    Payer(
        "MCR12",
        "Medicare",
        "1S",
        (Plan("Medicare Part B", "Medicare"), Plan("Medicare with Plan G", "Medicare")),
    ),
    Payer(
        "ODC55",
        "Open Door Community Care",
        "",
        (Plan("Open Door Family Health", "Medicaid"), Plan("Open Door Adult Health", "Medicaid")),
    ),
    Payer(
        "CET66",
        "Capitol Employees Trust",
        "CET",
        (Plan("Capitol Quality Care EPO", "EPO"), Plan("Capitol Open Access PPO", "PPO")),
    ),
    Payer(
        "RHC77",
        "Railsplitter Health",
        "RH",
        (
            Plan("Railsplitter Bronze EPO", "EPO"),
            Plan("Railsplitter Silver HMO", "HMO"),
            Plan("Railsplitter Gold HMO", "HMO"),
        ),
    ),
)
PAYER_BY_ID = {payer.payer_id: payer for payer in PAYERS}

# Kinds of plan whose payers a patient of that age has; the seed for who is insured by whom.
FOR_SENIORS = ("Medicare Advantage", "Medicare")
FOR_EVERYONE = ("PPO", "HMO", "EPO", "POS", "Medicaid")

AUTHORIZATION_RULES = (
    AuthorizationRule(
        "HRT0A", True, visits=6, valid_days=90, note="Every specialist visit, with the PCP's order"
    ),
    AuthorizationRule(
        "HRT0A", True, specialty="obgyn", visits=12, valid_days=365, note="One approval for the year"
    ),
    AuthorizationRule(
        "HRT0A", False, plan_kind="POS", specialty="dermatology", note="Direct access on the POS plan"
    ),
    AuthorizationRule("HRT01", True, cpt="93350", valid_days=60, note="Stress imaging: attach the ECG"),
    AuthorizationRule("HRT01", True, cpt="78452", valid_days=60, note="Nuclear imaging: attach the ECG"),
    AuthorizationRule("HRT01", True, cpt="70553", valid_days=60, note="MRI: attach the office note"),
    AuthorizationRule(
        "HRT01", True, cpt="73721", valid_days=60, note="MRI: six weeks of conservative care first"
    ),
    AuthorizationRule("PRM22", True, cpt="70553", valid_days=45, note="MRI through the imaging desk"),
    AuthorizationRule(
        "PRM22", True, cpt="96413", visits=6, valid_days=180, note="Infusions: attach the drug order"
    ),
    AuthorizationRule("PRM22", True, cpt="29888", valid_days=90, note="Surgery: attach the MRI report"),
    AuthorizationRule("SMT33", True, cpt="78815", valid_days=30, note="PET: attach the CT report"),
    AuthorizationRule("SMT33", True, cpt="93656", valid_days=90, note="Ablation: attach the rhythm record"),
    AuthorizationRule(
        "SMT33", True, cpt="95810", valid_days=90, note="Sleep study: attach the questionnaire"
    ),
    AuthorizationRule(
        "ODC55", True, specialty="orthopedics", visits=4, valid_days=90, note="Attach the X-ray report"
    ),
    AuthorizationRule(
        "ODC55", True, specialty="dermatology", visits=2, valid_days=90, note="Attach a photograph"
    ),
    AuthorizationRule(
        "ODC55", True, cpt="50200", valid_days=60, note="Biopsy: attach the laboratory results"
    ),
    AuthorizationRule("CET66", True, cpt="45378", valid_days=120, note="Only when not a screening"),
    AuthorizationRule(
        "RHC77", True, plan_kind="HMO", visits=3, valid_days=90, note="PCP referral number needed"
    ),
    AuthorizationRule("RHC77", True, cpt="95004", valid_days=60, note="Skin testing: attach the history"),
    AuthorizationRule("MCR12", False, note="Medicare asks for none for office visits"),
)
