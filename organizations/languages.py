"""Languages by their ISO 639-1 codes, as pages name them."""

# The languages most spoken at home in the US besides English (Census Bureau, American Community Survey).
LANGUAGES = {
    "es": "Spanish",
    "zh": "Chinese",
    "tl": "Tagalog",
    "vi": "Vietnamese",
    "ar": "Arabic",
    "fr": "French",
    "ko": "Korean",
    "ru": "Russian",
    "pt": "Portuguese",
    "ht": "Haitian Creole",
    "hi": "Hindi",
    "pl": "Polish",
    "de": "German",
    "ur": "Urdu",
    "bn": "Bengali",
    "fa": "Persian",
    "so": "Somali",
}
WITH_ENGLISH = {"en": "English"} | LANGUAGES
