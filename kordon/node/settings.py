"""Settings of one node. Everything that differs between nodes is read from the environment.

Every name read here stands in docs/operations/settings.md (a test checks it).
"""

import os
from pathlib import Path
from typing import Any

from kordon.node.environment import database, flag, number, secret, text

ROOT = Path(__file__).resolve().parents[2]

KORDON_HOME = Path(text("KORDON_HOME", str(ROOT / "var"))).expanduser().absolute()
KORDON_KIND = text("KORDON_KIND", "standalone")
DEBUG = flag("KORDON_DEBUG", False)
SECRET_KEY = secret("KORDON_SECRET_KEY", KORDON_HOME / "secret.key")
ALLOWED_HOSTS = text("KORDON_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]").split()
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(text("KORDON_DATABASE", ""), KORDON_HOME / "kordon.sqlite3")
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "kordon.journal",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "kordon.node.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = text("KORDON_TIME_ZONE", "Asia/Almaty")
USE_I18N = True
LANGUAGE_CODE = text("KORDON_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ru", "Русский")]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]

# Compiled matching code is kept with the node, so that only its first start pays for it.
os.environ.setdefault("NUMBA_CACHE_DIR", str(KORDON_HOME / "cache" / "numba"))
KORDON_THREADS = number("KORDON_THREADS", 4)
