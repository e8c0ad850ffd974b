"""A Site is one clinic's web presence, as a site list names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """One clinic to read.

    `id` is a readable slug, unique in a run and safe as a file name (the host, e.g. `harborspine.example`).
    `address` is the absolute http(s) address the crawl starts from; `also` are further hosts of the same clinic that
    the list names explicitly (shop, blog). `country` is ISO 3166 alpha-2 (`US`), `state` its subdivision (`FL`), both
    empty when the list does not say.
    """

    id: str
    address: str
    name: str = ""
    country: str = ""
    state: str = ""
    why_listed: str = ""
    also: tuple[str, ...] = ()
