"""Settings under which the look of the house can be seen alone, without a node."""

SECRET_KEY = "only-for-looking-at-the-gallery"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.messages", "kordon.ui"]
MIDDLEWARE = [
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    "kordon.ui.tests.urls.somebody",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
ROOT_URLCONF = "kordon.ui.tests.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kordon.ui.context.chrome",
            ]
        },
    }
]
KORDON_KIND = "standalone"
KORDON_STRIP: list[str] = []
KORDON_LOCK_URL = "lock"
KORDON_LOCKED_URL = "locked"
FORM_RENDERER = "kordon.ui.forms.Renderer"
STATIC_URL = "/static/"
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = ["kordon/ui/locale"]
DATABASES = {}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
