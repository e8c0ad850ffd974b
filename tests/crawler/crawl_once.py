"""Run one crawl in a process of its own (Twisted's event loop starts only once) and print its folder."""

import json
import sys
from pathlib import Path

from crawler.crawl import crawl
from crawler.errors import CrawlError
from crawler.settings import CrawlSettings
from crawler.site_list import read_sites

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    options = {**given["settings"], "resolve": tuple(tuple(pair) for pair in given["settings"].get("resolve", []))}
    try:
        sites = read_sites(given["sites"], allow_private=True)
        folder = crawl(sites, CrawlSettings(**options), Path(given["folder"]), lambda progress: None)
        sys.stdout.write(str(folder))
    except CrawlError as error:
        sys.stdout.write(f"CrawlError: {error}")
