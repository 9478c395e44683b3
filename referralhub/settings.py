"""All settings, read from the environment once. `.env.example` explains each variable."""

from pathlib import Path
from typing import Any

import environ
import structlog
from celery.schedules import crontab

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# ---------------------------------------------------------------- what this process is
SANDBOX = env.bool("SANDBOX", default=False)  # partners are played by sandboxes; /sandbox/ exists
QUIET_HOURS = env.bool("QUIET_HOURS", default=not SANDBOX)  # no texts at night; a sandbox wakes nobody
HTTPS = env.bool("HTTPS", default=True)
DEBUG = False  # never: a debug page would show a patient's data
SECRET_KEY = env("SECRET_KEY")
KEY_ENCRYPTION_KEY = env("KEY_ENCRYPTION_KEY")  # base64 of 32 bytes; wraps each organization's data key
PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL] if HTTPS else [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "organizations",
    "audit",
    "jobs",
    "patients",
    "providers",
    "insurance",
    "notifications",
    "scheduling",
    "referrals",
    "intake",
    "analytics",
    "referralhub",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "organizations.middleware.PrivateResponsesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "organizations.middleware.IdleSignOutMiddleware",
    "organizations.middleware.OrganizationMiddleware",
    "audit.middleware.AccessLogMiddleware",
]

ROOT_URLCONF = "referralhub.urls"
ORGANIZATION_URLCONF = "referralhub.organization_urls"
WSGI_APPLICATION = "referralhub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organizations.web.shell",
                "referralhub.shell.nav_counts",
            ],
            "builtins": ["organizations.templatetags.ui", "django.templatetags.static"],
        },
    }
]

# ---------------------------------------------------------------- data
POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=4), "timeout": 5}


def database(variable: str, *, pool: bool) -> dict[str, Any]:
    """Connection settings of one role, with the backend that applies the organization at BEGIN."""
    config = env.db_url(variable, engine="organizations.postgres")
    options = config.setdefault("OPTIONS", {})
    options["connect_timeout"] = 5
    if pool:
        options["pool"] = POOL
    return {**config, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "DISABLE_SERVER_SIDE_CURSORS": True}


DATABASES = {"default": database("DATABASE_URL", pool=True)}
for alias, variable in {"owner": "DATABASE_OWNER_URL", "ops": "DATABASE_OPS_URL"}.items():
    if env(variable, default=""):
        DATABASES[alias] = database(variable, pool=False)
DATABASE_ROUTERS = ["organizations.postgres.router.OneSchemaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "organizations.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "rh",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}
DOCUMENTS_DIR = Path(env("DOCUMENTS_DIR", default=str(BASE_DIR / ".dev" / "documents")))
SANDBOX_DIR = Path(env("SANDBOX_DIR", default=str(BASE_DIR / ".dev" / "sandbox")))
WATCHED_FOLDER = Path(env("WATCHED_FOLDER", default=str(BASE_DIR / ".dev" / "watched")))
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# ---------------------------------------------------------------- the world outside, one line a partner
GATEWAYS = {
    "sms": env("GATEWAY_SMS", default="gateways.sms.sandbox.SandboxSms"),
    "email": env("GATEWAY_EMAIL", default="gateways.email.sandbox.SandboxEmail"),
    "fax": env("GATEWAY_FAX", default="gateways.fax.sandbox.SandboxFax"),
    "clearinghouse": env("GATEWAY_CLEARINGHOUSE", default="gateways.clearinghouse.sandbox.SandboxPayer"),
    "ocr": env("GATEWAY_OCR", default="gateways.ocr.local.LocalOcr"),
    "storage": env("GATEWAY_STORAGE", default="gateways.storage.local.LocalStorage"),
    # Faxes in: one a vendor; each line brings its own account (Settings, Fax lines).
    "fax_in_telnyx": "gateways.fax_in.telnyx.TelnyxLine",
    "fax_in_documo": "gateways.fax_in.documo.DocumoLine",
    "fax_in_srfax": "gateways.fax_in.srfax.SrfaxLine",
    "fax_in_signed": "gateways.fax_in.signed.SignedLine",
}

TWILIO_ACCOUNT_SID = env("TWILIO_ACCOUNT_SID", default="")
TWILIO_AUTH_TOKEN = env("TWILIO_AUTH_TOKEN", default="")
TWILIO_SENDER = env("TWILIO_SENDER", default="")  # a number, or a messaging service (MG...)
SENDGRID_API_KEY = env("SENDGRID_API_KEY", default="")
TELNYX_API_KEY = env("TELNYX_API_KEY", default="")
TELNYX_FAX_APPLICATION = env("TELNYX_FAX_APPLICATION", default="")
TELNYX_FAX_NUMBER = env("TELNYX_FAX_NUMBER", default="")
STEDI_API_KEY = env("STEDI_API_KEY", default="")

# ---------------------------------------------------------------- waking the workers (measured: ADR 0005)
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # Ringing the bell may fail: the caller must not wait for a broker that is away.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "jobs.sweep", "schedule": 3.0},
    "clocks": {"task": "referrals.note_overdue", "schedule": 60.0},
    "stuck": {"task": "intake.find_stuck", "schedule": 60.0},
    "ledger": {"task": "intake.reconcile", "schedule": 3600.0},
    "fax_lines": {"task": "intake.ask_fax_lines", "schedule": 60.0, "options": {"expires": 50}},
    "duplicates": {"task": "patients.find_duplicates", "schedule": crontab(hour=8, minute=20)},  # UTC: night
    "waits": {"task": "referrals.publish_waits", "schedule": crontab(hour=8, minute=50)},
    "says": {"task": "patients.end_says", "schedule": 3600.0},
}

# ---------------------------------------------------------------- people
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique without regard to case, by a constraint on lower(email)
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
EMAIL_BACKEND = "gateways.email.backend.GatewayBackend"
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default="ReferralHub <no-reply@referralhub.example>")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "choose_organization"
ACCOUNT_ADAPTER = "organizations.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people enter by invitation, which proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; a new one counts once it is proved
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a changed password or second step
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,20/5m/ip"}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "organizations.accounts.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up alone: a pending change of address blocks no second step
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "ReferralHub"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600  # the longest day; idleness is measured by IdleSignOutMiddleware
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "organizations.web.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
IDLE_MINUTES_DEFAULT = 15

# ---------------------------------------------------------------- the browser's rules
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "rh_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "rh_csrf"
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers would then post our own forms with "Origin: null", which CSRF refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (),
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

# ---------------------------------------------------------------- words, time, files
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Español")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / ".dev" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # documents go through gateways.storage
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]

# Only names on this list reach a log line: a patient's name has no key to travel under.
LOG_KEYS = {
    "event", "level", "timestamp", "logger", "organization", "job", "name", "attempt", "reason", "arrival",
    "referral", "status", "seconds", "count", "code", "address",
}  # fmt: skip
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "organizations.logs.PlacesOnlyFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        lambda _logger, _method, event: {k: v for k, v in event.items() if k in LOG_KEYS},
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
