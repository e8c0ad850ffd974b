"""The jurisdiction a site is judged in: its state or country where the evidence base knows it, the United States otherwise."""

from collections.abc import Container

from crawler.site import Site

#: Where a site list does not say where a clinic is: the law on record is deepest for the United States.
DEFAULT = "us"
#: ISO 3166 codes whose id in the evidence base differs, because its regulators and press are known by the other.
OTHER_NAMES = {"gb": "uk"}


def jurisdiction_of(site: Site, known: Container[str]) -> str:
    """Return the id of the narrowest jurisdiction of `site` among `known` (`us-fl`, then `us`, then the default)."""
    country = site.country.strip().lower()
    country = OTHER_NAMES.get(country, country)
    state = f"{country}-{site.state.strip().lower()}"
    for candidate in (state, country):
        if candidate in known:
            return candidate
    return DEFAULT if not country else "world"
