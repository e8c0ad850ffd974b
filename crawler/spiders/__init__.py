"""The Scrapy spiders, one file for each source of pages."""
