"""Settings of one node. Everything that differs between nodes is read from the environment.

Every name read here stands in docs/operations/settings.md (a test checks it).
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kordon.node.demo import marker
from kordon.node.environment import choice, database, flag, kept, number, secret, text

ROOT = Path(__file__).resolve().parents[2]
ROOMS = Path(__file__).resolve().parents[1]

KORDON_HOME = Path(text("KORDON_HOME", str(ROOT / "var"))).expanduser().absolute()
# The kind, and where a post reaches its headquarters, are written down when the node is made.
KORDON_KIND = choice(
    "KORDON_KIND", kept(KORDON_HOME / "kind", "standalone"), "standalone", "post", "hq"
)
KORDON_LINK = text("KORDON_LINK", kept(KORDON_HOME / "link", ""))
KORDON_STATE = text("KORDON_STATE", "")
# Seconds by which another node's clock may run ahead before its entries have to wait.
KORDON_CLOCK_TOLERANCE = number("KORDON_CLOCK_TOLERANCE", 900)
# When headquarters raises an alarm: no report of a post for so long, so many entries waiting.
KORDON_ALARM_SILENT_SECONDS = number("KORDON_ALARM_SILENT_SECONDS", 300)
KORDON_ALARM_LAG_ENTRIES = number("KORDON_ALARM_LAG_ENTRIES", 5000)
# How many persons one machine may ask about in a minute through the API.
KORDON_SCREEN_PER_MINUTE = number("KORDON_SCREEN_PER_MINUTE", 6000)
# Headquarters: how long screening of many persons waits for other machines; 0: it asks none.
KORDON_SCREENERS_SECONDS = number("KORDON_SCREENERS_SECONDS", 0)
KORDON_HTTPS = flag("KORDON_HTTPS", False)
KORDON_THREADS = number("KORDON_THREADS", 4)
KORDON_WORKER = text("KORDON_WORKER", "apart")
# Where our server listens is written down by: kordon network configure.
KORDON_BROKER = text(
    "KORDON_BROKER", kept(KORDON_HOME / "network" / "broker", "nats://127.0.0.1:4222")
)
KORDON_BROKER_MONITORING = text(
    "KORDON_BROKER_MONITORING", kept(KORDON_HOME / "network" / "monitoring", "127.0.0.1:8222")
)
KORDON_BROKER_SERVER = choice("KORDON_BROKER_SERVER", "beside", "beside", "apart")
KORDON_ANSWER_SECONDS = number("KORDON_ANSWER_SECONDS", 30)
KORDON_DESK_THREADS = number("KORDON_DESK_THREADS", 1)
DEBUG = flag("KORDON_DEBUG", False)
KORDON_GALLERY = DEBUG
SECRET_KEY = secret("KORDON_SECRET_KEY", KORDON_HOME / "secret.key")
ALLOWED_HOSTS = text("KORDON_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = text("KORDON_ORIGINS", "").split()
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(text("KORDON_DATABASE", ""), KORDON_HOME / "kordon.sqlite3")
}

INSTALLED_APPS = [
    "kordon.journal",
    "kordon.ui",
    "kordon.accounts",
    "kordon.network",
    "kordon.watchlist",
    "kordon.trust",
    "kordon.border",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",
    "csp",
]
MIDDLEWARE = [
    "kordon.node.middleware.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kordon.accounts.middleware.know_actor",
    "kordon.node.middleware.answer_refusals",
]
ROOT_URLCONF = "kordon.node.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
KORDON_IDLE_SECONDS = number("KORDON_IDLE_SECONDS", 900)
# Sessions lie in the database: they end when a person is barred, and survive a restart.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "kordon.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-kordon" if KORDON_HTTPS else "kordon"
SESSION_COOKIE_AGE = 12 * 3600  # the longest shift
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = KORDON_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-kordon-form" if KORDON_HTTPS else "kordon-form"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_SECURE = KORDON_HTTPS

CSRF_FAILURE_VIEW = "kordon.ui.views.csrf_failed"

# What the browser is told. HTTPS ends before the node (docs/operations/settings.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if KORDON_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if KORDON_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# What may be sent to the node: forms and JSON are small, files go to disk past 2.5 MB.
KORDON_UPLOAD_LIMIT = number("KORDON_UPLOAD_MB", 512) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

USE_TZ = True
TIME_ZONE = text("KORDON_TIME_ZONE", "Asia/Almaty")
USE_I18N = True
LANGUAGE_CODE = text("KORDON_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ru", "Русский")]
# Officers work in the languages above; what a traveller is given may be in these too.
KORDON_TRAVELLER_LANGUAGES = [
    *LANGUAGES,
    ("kk", "Қазақша"),
    ("ky", "Кыргызча"),
    ("tg", "Тоҷикӣ"),
    ("tk", "Türkmençe"),
    ("uz", "Oʻzbekcha"),
]
LANGUAGE_COOKIE_NAME = "kordon-language"
LOCALE_PATHS = [ROOMS / "ui" / "locale"]

FORM_RENDERER = "kordon.ui.forms.Renderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kordon.ui.context.chrome",
            ]
        },
    }
]
# The way through the pages: words, page, the right it needs, key. Absent pages are not shown.
KORDON_NAVIGATION = [
    (_("First line"), "border:first_line", "border.first_line", ""),
    (_("Second line"), "border:second_line", "border.list_waiting", ""),
    (_("Post"), "border:supervisor", "border.list_booth_states", ""),
    (_("Inside"), "border:inside", "border.list_inside", ""),
    *(
        [
            (_("Nodes"), "network:nodes", "network.list_nodes", ""),
            (_("Enrolments"), "network:enrolments", "network.list_enrolments", ""),
        ]
        if KORDON_KIND == "hq"
        else []
    ),
    (_("Alerts"), "watchlist:alerts", "watchlist.list_alerts", ""),
    (_("Lists of others"), "watchlist:editions", "watchlist.list_edition_history", ""),
    (_("Trust store"), "trust:store", "trust.list_states", ""),
    (_("Thresholds"), "watchlist:calibrations", "watchlist.list_calibrations", ""),
    (_("Hits"), "border:hits", "border.list_hits", ""),
    (_("Hits by clock"), "border:hit_clocks", "border.list_hit_clocks", ""),
    (_("People"), "accounts:people", "accounts.list_people", ""),
    (_("Posts"), "accounts:posts", "accounts.list_posts", ""),
    (_("Access log"), "accounts:reads", "journal.list_reads", ""),
]
KORDON_STRIP = [
    "kordon.border.views.strip.show_place",
    "kordon.network.views.corner.show_standing",
]
# Printed on a refusal of entry: the body that hears appeals, and until when.
KORDON_APPEAL = text("KORDON_APPEAL", "")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Files are served from where they lie in the packages: there is no collecting step to forget.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 300

LOGGING_CONFIG = "kordon.node.log.configure"
LOGGING = {"level": text("KORDON_LOG_LEVEL", "INFO"), "json": flag("KORDON_LOG_JSON", False)}

# The pages of a demonstration exist in a demonstration only.
KORDON_DEMO = marker.is_demo(KORDON_HOME)
if KORDON_DEMO:
    INSTALLED_APPS.insert(0, "kordon.node.demo")
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("kordon.node.demo.context.banner")
    if KORDON_KIND != "standalone":
        # Headquarters and posts side by side on one machine: a browser tells cookies by name only.
        SESSION_COOKIE_NAME = f"kordon-{KORDON_HOME.name}"
        CSRF_COOKIE_NAME = f"kordon-form-{KORDON_HOME.name}"

# Compiled matching code is kept with the node, so that only its first start pays for it.
os.environ.setdefault("NUMBA_CACHE_DIR", str(KORDON_HOME / "cache" / "numba"))
