from pathlib import Path

import pytest

from crawler.errors import CrawlError
from crawler.public_address import private_reason
from crawler.site_list import read_sites


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "sites.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_addresses_and_files_give_sites_in_order(tmp_path: Path) -> None:
    listed = write(
        tmp_path,
        "\ufeffaddress,name,country,state,also\r\nhttps://A.example/start?x=1,Clinic A,us,fl,shop-a.example\r\n\r\nhttp://b.example:8080,B,,,\r\n",
    )
    first, second, third = read_sites(["https://c.example", listed])
    assert (first.id, first.address) == ("c.example", "https://c.example/")
    assert (second.id, second.address, second.name, second.country, second.state, second.also) == (
        "a.example", "https://a.example/start?x=1", "Clinic A", "US", "FL", ("shop-a.example",),
    )  # fmt: skip
    assert third.address == "http://b.example:8080/"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("adress\nhttps://a.example\n", ["line 1", "column 1", "adress", "did you mean 'address'"]),
        ("name\nA\n", ["line 1", "address"]),
        ("address,address\nhttps://a.example,x\n", ["twice"]),
        ("address\nhttps://a.example\na.example\n", ["line 3", "a.example", "https://a.example"]),
        ("address\nhttps://a.example\nhttps://a.example/b\n", ["line 3", "named twice", "line 2"]),
        ("address\nhttps://a.example,too,many\n", ["line 2", "more values"]),
        ("address,country\nhttps://a.example,USA\n", ["line 2", "country", "USA"]),
        ("address,id\nhttps://a.example,../up\n", ["line 2", "id", "../up"]),
        ("address\n\n", ["lists no site"]),
        ("", ["line 1", "address"]),
        (b"address\nhttps://a\xff.example\n", ["UTF-8"]),
        ("address\nftp://a.example\n", ["line 2", "ftp"]),
        ("address\nhttps://user:secret@a.example\n", ["line 2", "password"]),
        ("address\nhttps://a.example:99999/\n", ["line 2", "not an address"]),
        ("address\nhttps://-a-.exa mple/\n", ["line 2", "not the name of a host"]),
        ("address,also\nhttps://a.example,10.0.0.1\n", ["line 2", "also", "--allow-private"]),
    ],
)
def test_refusals_name_the_place_and_the_fix(tmp_path: Path, content: str | bytes, told: list[str]) -> None:
    with pytest.raises(CrawlError) as refused:
        read_sites([write(tmp_path, content)])
    for part in told:
        assert part in str(refused.value)


def test_no_site_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CrawlError, match="no site is named"):
        read_sites([])
    with pytest.raises(CrawlError, match=r"nowhere\.csv"):
        read_sites([str(tmp_path / "nowhere.csv")])
    with pytest.raises(CrawlError, match="directory"):
        read_sites([str(tmp_path)])


@pytest.mark.parametrize(
    "host",
    ["localhost", "intra.local", "printer.lan", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "10.1.2.3",
     "169.254.169.254", "192.168.0.1", "0.0.0.0", "100.64.0.1", "[::1]", "[::ffff:10.0.0.1]", "[fe80::1]", "224.0.0.1"],
)  # fmt: skip
def test_private_hosts_are_refused_unless_allowed(host: str) -> None:
    with pytest.raises(CrawlError, match="--allow-private"):
        read_sites([f"http://{host}/"])
    assert len(read_sites([f"http://{host}/"], allow_private=True)) == 1


@pytest.mark.parametrize(
    "host", ["clinic.example", "8.8.8.8", "2606:4700::1111", "1stclinic.example", "deadbeef.example"]
)
def test_public_hosts_are_not(host: str) -> None:
    assert private_reason(host) == ""
