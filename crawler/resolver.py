"""Look up host names, and refuse every answer that leads into a private network."""

import ipaddress
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler.public_address import is_public

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred


class PublicResolver(CachingThreadedResolver):
    """Answers with public addresses only, so that a name that changes its address between two look-ups gains nothing.

    Connections are made to the address that is returned here and to no other. Names that match a pattern of
    CLINICWATCH_RESOLVE get the address given there.
    """

    #: Hosts refused in this process, with the reason; Twisted hands on only that the look-up failed.
    refused: dict[str, str] = {}  # noqa: RUF012  (one reactor, one resolver, one crawl a process)

    def __init__(
        self,
        reactor: "ReactorBase",
        cache_size: int,
        timeout: float,
        allow_private: bool,
        pinned: list[tuple[str, str]],
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._allow_private = allow_private
        self._pinned = pinned

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: "ReactorBase") -> "PublicResolver":
        """Build the resolver that the settings of `crawler` ask for."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            settings.getbool("CLINICWATCH_ALLOW_PRIVATE"),
            [(pattern.lower(), address) for pattern, address in settings.getlist("CLINICWATCH_RESOLVE")],
        )

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802  (Twisted's name)
        """Return the address of `name`; fails with DNSLookupError when there is none, or none that is public."""
        pinned = next((address for pattern, address in self._pinned if fnmatchcase(name.lower(), pattern)), None)
        looked_up = defer.succeed(pinned) if pinned is not None else super().getHostByName(name, timeout)
        return looked_up.addCallback(self._only_public, name)

    def _only_public(self, found: Any, name: str) -> str:
        if not self._allow_private and not is_public(ipaddress.ip_address(str(found))):
            self.refused[name.lower()] = f"{name} leads to the private or local address {found}, which is not visited"
            raise DNSLookupError(self.refused[name.lower()])
        return str(found)
