"""All settings of LookUs: the same file serves the laptop and the cluster.

Every value comes from the environment (`lookus/env.py`); docs/operations.md lists them.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab

from lookus import env
from lookus.mail_providers import CONSOLE, PROVIDERS, SECURITY, anymail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
LOOKUS_HOME = Path(env.text("LOOKUS_HOME", str(BASE_DIR / "var")))

DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY")
# Commands that need no secret (the OpenAPI document, type checks) run without one;
# `lookus.wsgi` and the worker refuse to start on this throw-away key.
SECRET_KEY_IS_EPHEMERAL = not SECRET_KEY
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(50)
# Former ones: sessions and what is sealed (`tenants/sealed.py`) are read with them still.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")

PUBLIC_URL = env.url("PUBLIC_URL", ("http", "https"), "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = PUBLIC_URL.startswith("https://")
YEAR_SECONDS = 365 * 24 * 3600

INSTALLED_APPS = [
    # First: its templates and styles stand in front of Django's own admin.
    "lookus",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "anymail",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tenants",
    "billing",
    "catalog",
    "recommender",
    "analytics",
    "frontend.storefront",
]

MIDDLEWARE = [
    "tenants.middleware.request_id",
    "tenants.page_headers.page_headers",
    "lookus.watching.middleware.probes",
    "lookus.watching.tracing.middleware.traced",
    "lookus.watching.middleware.watched",
    "tenants.callers.caller",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.middleware.api_cors",
    "tenants.fair.fair_share",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenants.accounts.operators.second_factor",
    "tenants.admin_scope.shop_admin_scope",
]

ROOT_URLCONF = "lookus.urls"
WSGI_APPLICATION = "lookus.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


# What stands between us and Postgres at DATABASE_URL.
DATABASE_POOLER = env.choice("DATABASE_POOLER", ("none", "transaction"), "none")


# libpq by itself waits for ever for a server that takes connections and says nothing, and a quarter
# of an hour for a machine that is gone. What an address says of these stands above them.
PATIENCE = {
    "connect_timeout": "5",
    "tcp_user_timeout": "30000",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}


def postgres(address: str) -> dict[str, Any]:
    """Django's settings of a `postgresql://user:password@host:port/name?host=/socket` address."""
    parts = urlsplit(address)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "")) or parts.hostname or "",
        "PORT": query.pop("port", "") or parts.port or "",
        "CONN_MAX_AGE": env.integer("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # Such a cursor outlives its transaction, and a pooler of transactions gives the connection
        # to somebody else by then.
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_POOLER == "transaction",
        "OPTIONS": {**PATIENCE, **{name: unquote(value) for name, value in query.items()}},
    }


POSTGRES = ("postgresql", "postgres")
DATABASES = {
    "default": postgres(
        env.url("DATABASE_URL", POSTGRES, "postgresql://lookus_app@localhost/lookus")
    )
}
if env.text("OWNER_DATABASE_URL"):
    # The migrator's role: owns the tables, migrates and builds indexes. Requests never use it.
    DATABASES["owner"] = postgres(env.url("OWNER_DATABASE_URL", POSTGRES, ""))
# Who may read every shop's rows, for `lookus backup` alone.
BACKUP_DATABASE_URL = (
    env.url("BACKUP_DATABASE_URL", POSTGRES, "") if env.text("BACKUP_DATABASE_URL") else ""
)
# A migration that waits for a table longer than this gives it free and tries again.
MIGRATE_LOCK_SECONDS = env.integer("MIGRATE_LOCK_SECONDS", 2, least=1)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "tenants.User"
# Paths and not names: inside a shop's admin every name resolves under the shop's own prefix.
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/login/"
# Its sessions come through allauth's login alone, which counts wrong passwords.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who may make an account: everybody, or whoever an owner invited.
SIGN_UP = env.choice("SIGN_UP", ("open", "invited"), "open")
TERMS_URL = env.url("TERMS_URL", ("http", "https"), "") if env.text("TERMS_URL") else ""
PRIVACY_URL = env.url("PRIVACY_URL", ("http", "https"), "") if env.text("PRIVACY_URL") else ""

EMAIL_PROVIDER = env.choice("EMAIL_PROVIDER", tuple(PROVIDERS), CONSOLE)
EMAIL_BACKEND = PROVIDERS[EMAIL_PROVIDER].backend
ANYMAIL: dict[str, Any] = {**anymail_settings(EMAIL_PROVIDER)}
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
_EMAIL_SECURITY = env.choice("EMAIL_SECURITY", SECURITY, "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _EMAIL_SECURITY == "starttls", _EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT_SECONDS", 10, least=1)
ANYMAIL["REQUESTS_TIMEOUT"] = EMAIL_TIMEOUT
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", f"LookUs <lookus@{urlsplit(PUBLIC_URL).hostname}>"
)

ACCOUNT_ADAPTER = "tenants.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "tenants.accounts.forms.SignUpForm",
    "add_email": "tenants.accounts.forms.ChangeAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Where mail only reaches the console, nobody can be asked to prove an address.
ACCOUNT_EMAIL_VERIFICATION = env.choice(
    "EMAIL_VERIFICATION",
    ("mandatory", "optional"),
    "optional" if EMAIL_PROVIDER == CONSOLE else "mandatory",
)
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# allauth's own limits (wrong passwords: 5 in 5 minutes an address, 10 a minute a client), and
# ours for what sends mail or fetches. They are counted in the cache that all processes share.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "invite": "30/h/user",
    "shop": "10/h/user",
    "snippet": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.boolean("BEHIND_PROXY", False) else 0
MFA_ADAPTER = "tenants.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "LookUs"
# Operators see every mall: on a public installation a password alone does not let them in.
OPERATOR_SECOND_FACTOR = env.boolean("OPERATOR_SECOND_FACTOR", HTTPS)
# A clock half a minute off is common on phones.
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [BASE_DIR / "lookus" / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Seoul")
USE_TZ = True

STATIC_URL = "/static/"
# Served from where the apps keep them; nothing has to be collected.
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(LOOKUS_HOME / "media")))
MEDIA_STORAGE = env.choice("MEDIA_STORAGE", ("disk", "s3"), "disk")
# The address of a photo holds for so long at least; a week is the most that S3 signs for.
MEDIA_URL_HOURS = env.integer("MEDIA_URL_HOURS", 24, least=1, most=168)
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "tenants.media.SignedDiskStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if MEDIA_STORAGE == "s3":
    STORAGES["default"] = {
        "BACKEND": "tenants.storage_s3.S3MediaStorage",
        "OPTIONS": {
            "bucket_name": env.text("S3_BUCKET"),
            "endpoint_url": env.text("S3_ENDPOINT_URL") or None,
            "region_name": env.text("S3_REGION") or None,
            "access_key": env.text("S3_ACCESS_KEY") or None,
            "secret_key": env.text("S3_SECRET_KEY") or None,
            "querystring_auth": env.boolean("S3_SIGNED_URLS", True),
            "querystring_expire": MEDIA_URL_HOURS * 3600,
            "file_overwrite": False,
            # Seconds without a byte, after which an attempt has failed; the second is the last.
            "timeout": env.integer("S3_TIMEOUT_SECONDS", 10, least=1),
        },
    }

# Uploads: the guarded decoder and the importers hold their own, smaller limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_BYTES = env.integer("IMPORT_MAX_BYTES", 1024 * 1024 * 1024, least=1)
# A complete file that no longer names more than this percentage of a catalogue of at least so many
# products asks a person first.
IMPORT_ASK_PERCENT = env.integer("IMPORT_ASK_PERCENT", 30, least=0)
IMPORT_ASK_LEAST = env.integer("IMPORT_ASK_LEAST", 20, least=1)
# So long an import can be undone, and a product that is gone can return.
IMPORT_UNDO_DAYS = env.integer("IMPORT_UNDO_DAYS", 30, least=1)

CACHE_URL = env.url("CACHE_URL", ("memory", "redis", "rediss"), "memory://")
if CACHE_URL.startswith("memory"):
    _MEMORY = "django.core.cache.backends.locmem.LocMemCache"
    CACHES: dict[str, Any] = {
        # Counts are small, and one that gives way to another lets its caller begin anew.
        "default": {"BACKEND": _MEMORY, "OPTIONS": {"MAX_ENTRIES": 50_000}},
        "pictures": {"BACKEND": _MEMORY, "LOCATION": "pictures"},
    }
else:
    _REDIS = {
        "BACKEND": "lookus.caching.PatientRedis",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    CACHES = {"default": _REDIS, "pictures": _REDIS}

BROKER_URL = env.url(
    "BROKER_URL",
    ("filesystem", "amqp", "amqps", "redis", "rediss", "memory"),
    "filesystem://",
)
BROKER_FOLDER = LOOKUS_HOME / "broker"
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker and a clock wait for a broker as long as it takes.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_DEFAULT_QUEUE = "lookus"
# Seconds that one answer of a broker may take.
_BROKER_SECONDS = 5
if BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_URL = "filesystem://localhost"  # Kombu warns of an address without a host.
    # One folder serves both directions: what the web writes is what the worker reads.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(BROKER_FOLDER / "messages"),
        "data_folder_out": str(BROKER_FOLDER / "messages"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.2,
    }
elif BROKER_URL.startswith("amqp"):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    # What sends tries once: rows say what waits, and the sweeper sends again.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "confirm_publish": True,
        "max_retries": 0,
        "read_timeout": _BROKER_SECONDS,
    }
elif BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "max_retries": 0,
        "socket_timeout": _BROKER_SECONDS,
        "socket_connect_timeout": _BROKER_SECONDS,
        "socket_keepalive": True,
    }
# The clock's hours are the shops', not UTC's.
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "teach": {
        "task": "catalog.tasks.teach_at_night",
        "schedule": crontab(hour=env.hour("TEACH_HOUR", 3), minute=30),
    },
    "maps": {
        "task": "analytics.tasks.make_maps",
        "schedule": crontab(hour=env.hour("MAP_HOUR", 4), minute=15),
    },
    # Trials end, periods begin and are billed: within the hour.
    "renew": {"task": "billing.tasks.renew", "schedule": crontab(minute=7)},
    # What a payment provider told is acted on at once; this finds what the broker lost.
    "provider-events": {"task": "billing.tasks.act_on_provider_events", "schedule": 60},
    # A provider that bills use itself is told within the hour.
    "tell-use": {"task": "billing.tasks.tell_use", "schedule": 3600},
    "reconcile": {
        "task": "billing.tasks.reconcile",
        "schedule": crontab(hour=env.hour("RECONCILE_HOUR", 5), minute=15),
    },
    # What sessions looked at is kept for 30 minutes, and this much longer at most.
    "forget-visits": {"task": "analytics.tasks.forget_visits", "schedule": 60},
    # The hash of a visitor is kept for EVENT_VISITOR_DAYS, and this much longer at most.
    "forget-visitors": {"task": "analytics.tasks.forget_visitors", "schedule": 3600},
    # Days that changed are summed up again: an Insights page is at most so much behind.
    "roll-days": {
        "task": "analytics.tasks.roll_days",
        "schedule": env.integer("ROLL_SECONDS", 300, least=1),
    },
    # Months of events are made ahead, and dropped after EVENT_KEEP_MONTHS.
    "keep-months": {"task": "analytics.tasks.keep_months", "schedule": 3600},
    # How far the tagging is, for its page of Insights: only shops where something has changed.
    "count-tagging": {"task": "analytics.tasks.count_tagging", "schedule": 900},
    # From INSIGHT_MAIL_HOUR on; what could not be sent is tried again.
    "insight-mails": {"task": "analytics.tasks.send_insight_mails", "schedule": 900},
    # The same for photos that searches saw and their lists of results; nobody reads them by then.
    "forget-searches": {"task": "recommender.tasks.forget_searches", "schedule": 300},
    # Replies under an Idempotency-Key are kept for a day, and this much longer at most.
    "forget-replies": {"task": "tenants.tasks.forget_replies", "schedule": 3600},
    # Webhook messages are kept for WEBHOOK_LOG_DAYS.
    "forget-webhooks": {"task": "tenants.tasks.forget_webhooks", "schedule": 3600},
    # Exports are kept for EXPORT_DAYS; a closed shop is deleted after SHOP_GRACE_DAYS.
    "forget-exports": {"task": "lookus.tasks.forget_exports", "schedule": 3600},
    "erase-shops": {"task": "lookus.tasks.erase_shops", "schedule": 600},
    "keep-searchable": {
        "task": "catalog.tasks.keep_searchable",
        "schedule": env.integer("SEARCH_KEEP_SECONDS", 60, least=1),
    },
    "sweep": {
        "task": "catalog.tasks.sweep",
        "schedule": env.integer("SWEEP_SECONDS", 15, least=1),
    },
    # That clock, broker and worker go together: lookus doctor and the alerts read when it was.
    "sign": {"task": "lookus.tasks.sign_of_life", "schedule": 30},
    # Products that are gone can return for IMPORT_UNDO_DAYS, and this much longer at most.
    "remove-gone": {"task": "catalog.tasks.remove_gone", "schedule": 3600},
    # Uploads whose columns nobody told are kept for a week, and this much longer at most.
    "forget-held-files": {"task": "catalog.tasks.forget_held_files", "schedule": 3600},
    "moods": {
        "task": "recommender.tasks.refresh_moods",
        "schedule": env.integer("MOOD_SECONDS", 600, least=1),
    },
}
# While no worker runs, what is rung again and again does not pile up for days. Long enough for any
# queue: a sweep that waited its hour behind imports must still be done.
for _entry in CELERY_BEAT_SCHEDULE.values():
    if isinstance(_entry["schedule"], int):
        _entry["options"] = {"expires": 3600 + _entry["schedule"]}
CELERY_BEAT_SCHEDULER = "lookus.clock:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(LOOKUS_HOME / "beat-schedule")

VISION_BUNDLE = env.text("VISION_BUNDLE", "full")
# Former bundles (names or folders) that shops may still be searched with while VISION_BUNDLE's
# vectors are being made. Those that come with LookUs need not be named.
VISION_BUNDLE_BEFORE = env.words("VISION_BUNDLE_BEFORE")
# Hours that a new bundle waits, when it is ready, for a person to look at what it would change of a
# shop's tags; then it goes live by itself. 0: at once.
RETAG_WAIT_HOURS = env.integer("RETAG_WAIT_HOURS", 72)
# Days after the switch for which a person can go back; as long the former garments are kept.
RETAG_UNDO_DAYS = env.integer("RETAG_UNDO_DAYS", 7)
VISION_THREADS = env.integer("VISION_THREADS", 1, least=1)

PHOTO_LEASE_SECONDS = env.integer("PHOTO_LEASE_SECONDS", 120, least=1)
PHOTO_ATTEMPTS = env.integer("PHOTO_ATTEMPTS", 3, least=1)
PHOTO_CHUNK = env.integer("PHOTO_CHUNK", 32, least=1)
# What opening a photo may take, of the processor's time and of memory; then it is given up.
PHOTO_OPEN_SECONDS = env.integer("PHOTO_OPEN_SECONDS", 15, least=1)
PHOTO_OPEN_MEMORY_MB = env.integer("PHOTO_OPEN_MEMORY_MB", 1280, least=64)
# From this many garments on a shop has an HNSW index of its own; below half of it no longer.
SEARCH_INDEX_ROWS = env.integer("SEARCH_INDEX_ROWS", 20_000, least=1)
# Memory for building one; a graph that does not fit is built many times as slowly.
SEARCH_INDEX_MEMORY_MB = env.integer("SEARCH_INDEX_MEMORY_MB", 512, least=16)
FETCH_TIMEOUT_SECONDS = env.integer("FETCH_TIMEOUT_SECONDS", 10, least=1)
# Addresses that the guarded fetcher may reach though they are private: host:port, for tests and
# for shops whose photo server stands in the operator's own network.
FETCH_ALLOWED_PRIVATE = env.words("FETCH_ALLOWED_PRIVATE")

WEBHOOK_TIMEOUT_SECONDS = env.integer("WEBHOOK_TIMEOUT_SECONDS", 10, least=1)
# An endpoint that only failed for so long is switched off.
WEBHOOK_OFF_DAYS = env.integer("WEBHOOK_OFF_DAYS", 5, least=1)
WEBHOOK_LOG_DAYS = env.integer("WEBHOOK_LOG_DAYS", 30, least=1)
WEBHOOK_SECRET_OVERLAP_HOURS = env.integer("WEBHOOK_SECRET_OVERLAP_HOURS", 24, least=0)

# Events that are told later than this are refused: the days that they belong to are read already.
EVENT_LATE_DAYS = env.integer("EVENT_LATE_DAYS", 7, least=1)
# So long events hold the hash of a visitor who agreed to one.
EVENT_VISITOR_DAYS = env.integer("EVENT_VISITOR_DAYS", 30, least=1)
# So many months events and details of searches are kept; the days' sums stay. 0: for ever.
EVENT_KEEP_MONTHS = env.integer("EVENT_KEEP_MONTHS", 13, least=0)
# From this hour on people get the numbers of the day or the week before, who chose to.
INSIGHT_MAIL_HOUR = env.hour("INSIGHT_MAIL_HOUR", 8)
# A purchase is a search's when the product was clicked there at most so many days before.
ATTRIBUTION_DAYS = env.integer("ATTRIBUTION_DAYS", 7, least=1)

# The plan of malls that have chosen none. Where nothing is sold: unlimited.
DEFAULT_PLAN = env.choice(
    "DEFAULT_PLAN", ("free", "starter", "growth", "enterprise", "unlimited"), "free"
)
TRIAL_DAYS = env.integer("TRIAL_DAYS", 14, least=1)
# A plan that was not paid for so long ends, and the mall goes on with DEFAULT_PLAN.
PAST_DUE_DAYS = env.integer("PAST_DUE_DAYS", 14)

# How long a closed shop can be brought back, and an export is kept.
SHOP_GRACE_DAYS = env.integer("SHOP_GRACE_DAYS", 7, least=0)
EXPORT_DAYS = env.integer("EXPORT_DAYS", 7, least=1)
GUEST_HOURS = env.integer("GUEST_HOURS", 4, least=1)

# How malls pay. What stands on an invoice as the one who bills, and how to pay it.
PAYMENT_PROVIDER = env.choice("PAYMENT_PROVIDER", ("manual", "stripe"), "manual")
INVOICE_PREFIX = env.slug("INVOICE_PREFIX", "LU")
INVOICE_DUE_DAYS = env.integer("INVOICE_DUE_DAYS", 14)
INVOICE_SELLER = {
    "name": env.text("INVOICE_SELLER_NAME", "LookUs"),
    "address": env.text("INVOICE_SELLER_ADDRESS"),
    "tax_number": env.text("INVOICE_SELLER_TAX_NUMBER"),
    "email": env.text("INVOICE_SELLER_EMAIL"),
    "pay_to": env.text("INVOICE_PAY_TO"),
}
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
# Several while one is replaced by another: Stripe signs with both then.
STRIPE_WEBHOOK_SECRETS = env.words("STRIPE_WEBHOOK_SECRETS")
STRIPE_API_BASE = env.api_url("STRIPE_API_BASE", "https://api.stripe.com")
STRIPE_TIMEOUT_SECONDS = env.integer("STRIPE_TIMEOUT_SECONDS", 20, least=1)
if PAYMENT_PROVIDER == "stripe":
    env.need("STRIPE_SECRET_KEY", STRIPE_SECRET_KEY, "PAYMENT_PROVIDER=stripe")
    env.need("STRIPE_WEBHOOK_SECRETS", STRIPE_WEBHOOK_SECRETS, "PAYMENT_PROVIDER=stripe")

# A feed's file may take so long; it may be as large as an upload.
FEED_TIMEOUT_SECONDS = env.integer("FEED_TIMEOUT_SECONDS", 300, least=1)
# The crawler: the least pause between two requests to one host, and the pages of one site.
CRAWL_PAUSE_MS = env.integer("CRAWL_PAUSE_MS", 1000)
CRAWL_PAGES = env.integer("CRAWL_PAGES", 20_000, least=1)

BEHIND_PROXY = env.boolean("BEHIND_PROXY", False)
# Whoever sends it may read the figures of /metrics; without one only this machine itself may.
METRICS_TOKEN = env.text("METRICS_TOKEN")
# On which a worker tells its figures. 0: not at all.
METRICS_PORT = env.integer("METRICS_PORT", 0)
METRICS_FOLDER = LOOKUS_HOME / "metrics"
# Less free space than this of a disk is wrong for `lookus doctor`.
DISK_LEAST_PERCENT = env.integer("DISK_LEAST_PERCENT", 5)
API_RATE_PUBLISHABLE = env.rate("API_RATE_PUBLISHABLE", "60/min")
API_RATE_SECRET = env.rate("API_RATE_SECRET", "600/min")
# Over all of a shop's keys; over all publishable keys of one address, and of keys that are none.
API_RATE_SHOP = env.rate("API_RATE_SHOP", "6000/min")
API_RATE_ADDRESS = env.rate("API_RATE_ADDRESS", "600/min")
# Of one web process: `lookus web` gives it as many.
WEB_THREADS = env.integer("WEB_THREADS", 8, least=1)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["tenants.auth.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["tenants.auth.HasKey"],
    "DEFAULT_THROTTLE_CLASSES": ["tenants.throttles.KeyRateThrottle"],
    # Without a proxy of ours X-Forwarded-For is the client's own claim.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tenants.problems.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "LookUs API",
    "DESCRIPTION": "Visual search for a fashion shop's own catalogue.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"defaultModelsExpandDepth": 0, "docExpansion": "list"},
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {"GenderEnum": "catalog.models.product.Gender"},
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# No script of ours reads them: a form carries its token by itself.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # So named, a browser takes them from this very host over https only, for every path of it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-lookus", "__Host-lookus-form"
SESSION_ENGINE = "tenants.accounts.sessions"
SESSION_COOKIE_AGE = 24 * 3600 * env.integer("SESSION_DAYS", 14, least=1)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", YEAR_SECONDS if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.boolean("HSTS_SUBDOMAINS", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

LOG_FORMAT = env.choice("LOG_FORMAT", ("text", "json"), "text")
# Masked wherever they would be logged, beside what looks like a key or a password anyway.
LOG_SECRETS = [
    SECRET_KEY,
    *SECRET_KEY_FALLBACKS,
    *(str(database["PASSWORD"]) for database in DATABASES.values()),
    *(unquote(urlsplit(address).password or "") for address in (BROKER_URL, CACHE_URL)),
    EMAIL_HOST_PASSWORD,
    *(env.text(name) for name in ("EMAIL_API_KEY", "EMAIL_API_SECRET", "S3_SECRET_KEY")),
    STRIPE_SECRET_KEY,
    *STRIPE_WEBHOOK_SECRETS,
    METRICS_TOKEN,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "lookus.watching.logs.Line", "secrets": tuple(LOG_SECRETS)},
        "json": {"()": "lookus.watching.logs.JsonLine", "secrets": tuple(LOG_SECRETS)},
    },
    "filters": {"request_id": {"()": "tenants.request_ids.RequestIdFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id"],
        },
        "counted": {"class": "lookus.watching.measures.LogCounter", "level": "WARNING"},
    },
    "loggers": {
        # It tells every glyph that an invoice's PDF is made of.
        "fontTools": {"level": "WARNING"},
        # One line a request is for machines; people read it in their proxy's log.
        "lookus.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
    "root": {"handlers": ["console", "counted"], "level": env.text("LOG_LEVEL", "INFO").upper()},
}
