"""The newsroom's settings without its page store, with Django's own cache middleware instead; for comparison."""

from nutgraf.config.settings import *  # noqa: F403 (settings are made of settings)
from nutgraf.config.settings import MIDDLEWARE as OURS

PAGE_STORE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CACHE_MIDDLEWARE_SECONDS = 3600
MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    # Ours marks what comes straight from Django as one reader's, and such a page is not cached.
    *(name for name in OURS if "PrivateUnlessStored" not in name),
    "django.middleware.cache.FetchFromCacheMiddleware",
]
