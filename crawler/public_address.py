"""Tell whether a host is one that the whole internet can reach, in whatever way its address is written."""

import ipaddress
import socket

#: Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375 and common use in companies).
PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "localdomain")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def literal_address(host: str) -> Address | None:
    """Return the address that `host` spells out, None for a name.

    Connecting code also takes the old spellings of C libraries ("0x7f000001", "2130706433", "127.1", "0177.0.0.1"), so
    they are read here in the same way.
    """
    try:
        return ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        pass
    if not host or not host[0].isdigit() or not all(character in "0123456789abcdefxABCDEFX." for character in host):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Whether `address` is reachable by all; an IPv4 address inside an IPv6 one is judged by itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def private_reason(host: str) -> str:
    """Return why `host`, taken by its spelling alone, is not public; empty when nothing speaks against it."""
    address = literal_address(host)
    if address is not None:
        return "" if is_public(address) else f"{host} is the private or local address {address}"
    name = host.rstrip(".").lower()
    if any(name == private or name.endswith(f".{private}") for private in PRIVATE_NAMES):
        return f"{host} is a name of a local network"
    return ""
