"""Settings of the platform, read from the environment; nothing secret stands here.

| variable | meaning | where it is not given |
|---|---|---|
| ZHIRONG_MODE | `demonstration` or `production` | production |
| ZHIRONG_DATA | folder of database, files and sandboxes | `var` in the working folder |
| DATABASE_URL | `postgresql://user:password@host:port/name` | SQLite in the data folder |
| ZHIRONG_SECRET_KEY | signs sessions | demonstration makes one and keeps it; production refuses |
| ZHIRONG_FIELD_KEYS | keys of encrypted fields, `id:base64,...`, the first writes | as above |
| ZHIRONG_JOBS_URL | the job engine's own database | SQLite in the data folder |
| ZHIRONG_TIME_STAMP_URL | time-stamp authority of contracts | production refuses to sign |
| ZHIRONG_TRUST_ROOTS | certificates trusted in contracts, with colons | none |
| ZHIRONG_OFFICE_URL | the registration office | none: packages for manual upload |
| ZHIRONG_RAIL_URL | the payment rail | none: payment files |
| ZHIRONG_ECNY_URL, ZHIRONG_ECNY_WALLET | operator of e-CNY, the lender's wallet there | none |
| ZHIRONG_SETTLEMENT_ACCOUNT, _NAME, _BANK | the lender's own account at the rail | none |
| ZHIRONG_PROXIES | how many proxies of ours stand in front; their headers are believed | 0 |
| ZHIRONG_METRICS_TOKEN | lets a monitor read `/metrics/` | this machine only, without a proxy |
| ZHIRONG_PRIVATE_WEBHOOKS | 1 lets webhooks reach private networks and plain HTTP | no |
| ZHIRONG_HOSTS | names under which the platform is reached, with commas | loopback only |
"""

import os
from pathlib import Path

from zhirong.platform.configuration import (
    Mode,
    claim_folder,
    database,
    demonstration_secret,
    field_keys,
    mode,
    required,
)

MODE = mode(os.environ)
DATA = Path(os.environ.get("ZHIRONG_DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)
claim_folder(DATA, MODE)
FILES = DATA / "files"
IS_DEMONSTRATION = MODE is Mode.DEMONSTRATION

if IS_DEMONSTRATION:
    SECRET_KEY = os.environ.get("ZHIRONG_SECRET_KEY") or demonstration_secret(DATA / "secret.key")
    FIELD_KEYS = field_keys(
        os.environ.get("ZHIRONG_FIELD_KEYS") or f"demo:{demonstration_secret(DATA / 'field.key')}"
    )
else:
    SECRET_KEY = required(os.environ, "ZHIRONG_SECRET_KEY")
    FIELD_KEYS = field_keys(required(os.environ, "ZHIRONG_FIELD_KEYS"))

DEBUG = False
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]  # where supervisor and monitor ask
NAMES = [name.strip() for name in os.environ.get("ZHIRONG_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = [*NAMES, *LOOPBACK]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in NAMES or LOOPBACK]
PROXIES = int(os.environ.get("ZHIRONG_PROXIES", "0"))
JOBS_URL = os.environ.get("ZHIRONG_JOBS_URL", "")
METRICS_TOKEN = os.environ.get("ZHIRONG_METRICS_TOKEN", "")
OFFICE_URL = os.environ.get("ZHIRONG_OFFICE_URL", "")
TIME_STAMP_URL = os.environ.get("ZHIRONG_TIME_STAMP_URL", "")
TRUST_ROOTS = [path for path in os.environ.get("ZHIRONG_TRUST_ROOTS", "").split(":") if path]
EXAMPLES = os.environ.get("ZHIRONG_EXAMPLES", "")
RAIL_URL = os.environ.get("ZHIRONG_RAIL_URL", "")
ECNY_URL = os.environ.get("ZHIRONG_ECNY_URL", "")
ECNY_WALLET = os.environ.get("ZHIRONG_ECNY_WALLET", "")
PRIVATE_WEBHOOKS = os.environ.get("ZHIRONG_PRIVATE_WEBHOOKS", "") == "1"
SETTLEMENT_ACCOUNT = os.environ.get("ZHIRONG_SETTLEMENT_ACCOUNT", "")
SETTLEMENT_NAME = os.environ.get("ZHIRONG_SETTLEMENT_NAME", "")
SETTLEMENT_BANK = os.environ.get("ZHIRONG_SETTLEMENT_BANK", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "zhirong.platform.operations",
    "zhirong.platform.accounts",
    "zhirong.platform.matters",
    "zhirong.platform.documents",
    "zhirong.platform.appraisals",
    "zhirong.platform.ledger",
    "zhirong.platform.filing",
    "zhirong.platform.lending",
    "zhirong.platform.plans",
    "zhirong.platform.work",
    "zhirong.platform.webhooks",
    "zhirong.platform.api",
]
MIDDLEWARE = [
    "zhirong.platform.work.measures.count_requests",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zhirong.platform.desks.middleware.content_security_policy",
    "zhirong.platform.desks.middleware.one_day",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhirong.platform.desks.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhirong.platform.desks.middleware.session_limits",
    "zhirong.platform.desks.middleware.sign_in_required",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhirong.platform.desks.middleware.expected_errors",
]
ROOT_URLCONF = "zhirong.platform.urls"
WSGI_APPLICATION = "zhirong.platform.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "zhirong.platform.desks.context.frame",
            ],
            "builtins": ["zhirong.platform.desks.tags"],
            "string_if_invalid": "",
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA / "platform.sqlite")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["zhirong.platform.accounts.backend.People"]
SESSION_ENGINE = "zhirong.platform.accounts.session_store"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {}),
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_DEMONSTRATION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = not IS_DEMONSTRATION
SECURE_REDIRECT_EXEMPT = [
    r"^health/(ready/)?$",
    r"^metrics/$",
    r"^clock/$",
]  # asked on the loopback
SECURE_HSTS_SECONDS = 0 if IS_DEMONSTRATION else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not IS_DEMONSTRATION
# Whether browsers ship the domain in their list is for the domain's owner to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CSRF_FAILURE_VIEW = "zhirong.platform.desks.failures.csrf_failure"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "zh"), ("en", "en")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
