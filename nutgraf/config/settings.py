"""Every setting of the newsroom, in one file, to be read from top to bottom."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf.global_settings import LANGUAGES as DJANGO_LANGUAGES

from nutgraf.config import mail_settings
from nutgraf.config.env import Env

env = Env()

# Where we are

#: The folder of everything that this newsroom owns: its settings, database, pictures and theme.
DATA_DIR = env.path("NUTGRAF_DATA", default="data")

# What `nutgraf init` wrote there; the environment has the last word.
env.add_file(DATA_DIR / "newsroom.env")

#: What this newsroom is for: `development`, `test` or `production`, which insists on what the public needs.
ENV = env.choice("NUTGRAF_ENV", ["development", "test", "production"], default="development")

#: Show errors with all their details, and read templates and styles anew for each page. Never in public.
DEBUG = env.bool("NUTGRAF_DEBUG", default=False)

# Who may reach us, and how

#: The address at which readers reach the newsroom, such as `https://news.example.org`.
PUBLIC_URL = env.url("NUTGRAF_PUBLIC_URL")

#: The names of the hosts to answer to, with commas between them; the one of the public address is always among them.
ALLOWED_HOSTS = env.list("NUTGRAF_HOSTS", default=[] if ENV == "production" else ["localhost", "127.0.0.1", "[::1]"])

#: Whether a server in front of this one says in `X-Forwarded-Proto` how the reader reached it.
BEHIND_PROXY = env.bool("NUTGRAF_PROXY", default=False)

if (public_host := urlsplit(PUBLIC_URL).hostname) and public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(public_host)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

IS_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = IS_SECURE
SECURE_SSL_REDIRECT = IS_SECURE and BEHIND_PROXY
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if IS_SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail shows a draft in a frame of the desk's own.
X_FRAME_OPTIONS = "SAMEORIGIN"

# What a reader's browser may load: our own files, and nothing that stands in the page itself. Wagtail's desk needs
# scripts in its pages, so this is not for the desk, which shows nobody what readers write.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/desk/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
    },
}

# Secrets

DEVELOPMENT_KEY = "django-insecure-for-development-and-tests-only"

#: What sessions and links to new passwords are signed with: 50 random characters, or a file that holds them.
SECRET_KEY = env.secret("NUTGRAF_SECRET_KEY", default=DEVELOPMENT_KEY)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What we are made of: whoever comes first may replace the templates of those after it

INSTALLED_APPS = [
    "nutgraf.config",
    "nutgraf.demo",
    "nutgraf.desk",
    "nutgraf.reader",
    "nutgraf.api",
    "nutgraf.webhooks",
    "nutgraf.imports",
    "nutgraf.briefings",
    "nutgraf.storylines",
    "nutgraf.live",
    "nutgraf.streams",
    "nutgraf.stories",
    "nutgraf.audience",
    "nutgraf.newsroom",
    "nutgraf.media",
    "nutgraf.mail",
    "nutgraf.published",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    # The desk asks for its addresses even where nobody keeps documents.
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "nutgraf.published.middleware.PrivateUnlessStoredMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nutgraf.reader.middleware.SlashMiddleware",
    "nutgraf.reader.middleware.ElsewhereMiddleware",
    "nutgraf.reader.middleware.NulMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nutgraf.desk.middleware.NotReadyMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "nutgraf.config.urls"
WSGI_APPLICATION = "nutgraf.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How it looks: a newsroom's own theme is found first

THEME_DIR = DATA_DIR / "theme"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [THEME_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [THEME_DIR / "static"] if (THEME_DIR / "static").is_dir() else []

# What it knows

#: Another database than the file in the data folder: `postgres://user:password@host:port/name`.
DATABASE = env.database("DATABASE_URL", default=DATA_DIR / "main.sqlite3")

# To open a file of SQLite's takes as long as four questions to it, and forgets what was read before.
DATABASE["CONN_MAX_AGE"] = 60
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        # Readers never wait for a writer; two writers wait for each other instead of failing half-way.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": DATABASE}

# What is not needed before readers have their page (search, and where a picture is used) is done after it.
TASKS = {"default": {"BACKEND": "nutgraf.config.tasks.Queue", "QUEUES": []}}

# Originals are never served: they hold places and names that readers must not get.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # As text, because Wagtail passes it on to the task that removes files.
        "OPTIONS": {"location": str(DATA_DIR / "originals"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Pages, pressed once and kept ready to send

#: Whether readers' pages are kept ready to send; with `NUTGRAF_DEBUG` none is, as each is to be written anew.
PAGE_STORE = env.bool("NUTGRAF_PAGE_STORE", default=ENV != "test") and not DEBUG

#: A folder in which pages are laid out as files besides, for a web server in front that reads them: see
#: docs/operators/nginx.md. It is emptied at each start, so it has to be a folder for this alone.
SHELF = env.optional_path("NUTGRAF_SHELF")

#: With what Cloudflare is asked to forget pages: a token that may purge the zone's cache.
PURGE_TOKEN = env.secret("NUTGRAF_PURGE_TOKEN")

#: The caches in front that keep pages until they are told what changed, with commas between them:
#: `varnish://host:port`, `cloudflare://zone` or `cloudfront://distribution`; see docs/operators/caches.md.
WAGTAILFRONTENDCACHE = env.caches("NUTGRAF_PURGE", token=PURGE_TOKEN)

#: How many readers of live stories each worker keeps connected, so that they are told at once of what is new. Those
#: beyond that, and all of them with 0, ask every ten seconds instead; see docs/operators/live.md.
OPEN_CONNECTIONS = env.int("NUTGRAF_OPEN_CONNECTIONS", default=10_000)

# What it tells whoever watches it

#: From which addresses or networks `/metrics` may be read, with commas between them. Whoever a server in front of this
#: one passes on may not; see docs/operators/monitoring.md.
METRICS_FROM = env.networks("NUTGRAF_METRICS_FROM", default=["127.0.0.0/8", "::1"])

# Where and in which words

#: The zone of the newsroom's clock, such as `Europe/Lisbon`.
TIME_ZONE = env.time_zone("NUTGRAF_TIME_ZONE", default="UTC")

#: The language of the pages, such as `en`, `pt-br` or `ar`.
LANGUAGE_CODE = env.choice(
    "NUTGRAF_LANGUAGE", dict(DJANGO_LANGUAGES), default="en", expected="a language such as en, de, pt-br or ar"
)

USE_TZ = True
WAGTAIL_CONTENT_LANGUAGES = [(LANGUAGE_CODE, dict(DJANGO_LANGUAGES)[LANGUAGE_CODE])]

# The desk

WAGTAIL_SITE_NAME = "Nutgraf"
WAGTAILADMIN_BASE_URL = PUBLIC_URL or "http://localhost:8000"
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "nutgraf.media.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 32 * 1024 * 1024
# Decoded, this takes a third of a gigabyte; the largest cameras of the trade make 60 to 100 million.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nutgraf.stories.search"}}
# The desk calls nobody of its own accord.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A long story has many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# Mail

#: The password or key of whoever takes our mail.
MAIL_SECRET = env.secret("NUTGRAF_MAIL_SECRET")

#: How many connections to the mail server, or calls to the provider, each process that sends may have at a time.
MAIL_CONNECTIONS = env.int("NUTGRAF_MAIL_CONNECTIONS", default=4)

#: Who takes our mail: `files`, which keeps it in the data folder and mails nobody; a server, such as
#: `smtp://user@mail.example.org:587`; or a provider, such as `anymail://postmark`; see docs/operators/mail.md.
MAIL = env.mail("NUTGRAF_MAIL", secret=MAIL_SECRET, connections=MAIL_CONNECTIONS)

#: What a provider signs its reports of bounces and complaints with, or the `name:password` that it gives; it sends them
#: to `/mail/hooks/<provider>/tracking/`. Without one, nobody is listened to.
MAIL_HOOK_SECRET = env.secret("NUTGRAF_MAIL_HOOK_SECRET")

ANYMAIL = mail_settings.for_anymail(MAIL, MAIL_HOOK_SECRET)

#: How many messages a second go out at most from each process that sends; 0 is as many as are taken.
MAIL_RATE = env.int("NUTGRAF_MAIL_RATE", default=0)

#: How many messages a second go at most to a receiving domain, such as `gmail.com=20, outlook.com=10`.
MAIL_DOMAIN_RATES = env.rates("NUTGRAF_MAIL_DOMAIN_RATES")

#: How many messages a sender that is new may send on its first day; each day that it sends it may send twice as many as
#: on the one before. 0 is as many as it likes.
MAIL_WARM_UP = env.int("NUTGRAF_MAIL_WARM_UP", default=0)

#: The address that mail is returned to which a server took and could not deliver, such as
#: `bounces+{}@news.example.org`, where `{}` is the name of the message; without one it is returned to the sender.
MAIL_RETURN = env.text("NUTGRAF_MAIL_RETURN")

#: The mailbox to which mail comes back, such as `imaps://bounces@mail.example.org/INBOX` or `maildir:/var/mail/bounces`:
#: for mail by a server that reports nothing by itself.
MAIL_BOUNCES = env.mailbox("NUTGRAF_MAIL_BOUNCES")

#: The password of that mailbox.
MAIL_BOUNCES_SECRET = env.secret("NUTGRAF_MAIL_BOUNCES_SECRET")

#: The private RSA key with which mail is signed (DKIM) where no provider does it, as `openssl genrsa 2048` writes it, or a
#: file that holds it. What is to stand at the sender's domain for it, the desk says where a briefing is checked.
MAIL_DKIM_KEY = env.secret("NUTGRAF_MAIL_DKIM_KEY")

#: The name under which the public half of that key stands at the sender's domain: `<name>._domainkey.<domain>`.
MAIL_DKIM_SELECTOR = env.text("NUTGRAF_MAIL_DKIM_SELECTOR", default="nutgraf")

#: The address that mail to staff, such as a link to a new password, is from.
DEFAULT_FROM_EMAIL = env.text("NUTGRAF_MAIL_FROM", default="newsroom@localhost")

EMAIL_BACKEND = "nutgraf.mail.django_mail.Backend"

# Feeds

#: The WebSub hub that is told when a feed has something new and tells whoever follows it, such as
#: `https://pubsubhubbub.appspot.com/`; the feeds name it.
WEBSUB_HUB = env.url("NUTGRAF_WEBSUB_HUB", may_have_path=True)

# Wires

#: After how many days an item that nobody took is forgotten, once its wire shows it no more.
WIRE_DAYS = env.int("NUTGRAF_WIRE_DAYS", default=14)

# Programs

#: How many requests a minute each token may make of the API; 0 is as many as it likes.
API_RATE = env.int("NUTGRAF_API_RATE", default=600)

# Machines that somebody names at the desk

#: Addresses or networks of your own that webhooks may call and wires may be read from, such as `10.1.0.0/16`, with commas
#: between them. Unless they are named here, only machines of the open web are.
OWN_NETWORKS = env.networks("NUTGRAF_OWN_NETWORKS", default=[])

# What it tells whoever runs it

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"},
        "request": {"format": "{asctime} {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "requests": {"class": "logging.StreamHandler", "formatter": "request", "stream": "ext://sys.stdout"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "nutgraf": {"level": "INFO"},
        "nutgraf.access": {"handlers": ["requests"], "propagate": False},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Addresses that do not exist are the reader's news, not ours.
        "django.request": {"level": "ERROR"},
        # What a page lacks stands in the report of the archive that it came with.
        "trafilatura": {"level": "CRITICAL"},
        # Nor are those who ask for a host that we are not.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# For the tests

#: A folder of public files that some tests try things on; no newsroom needs it.
TEST_DATA = env.text("NUTGRAF_TEST_DATA")

env.refuse_unknown()
