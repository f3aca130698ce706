"""The fetcher against a real server on this machine, allowed by name and port."""

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tenants import fetch as module
from tenants.addresses import check_url, is_public
from tenants.fetch import FetchFailed, FetchRefused, fetch
from tests.support.strange_server import Server, strange_server

MAX = 100_000


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with strange_server() as serving:
        settings.FETCH_ALLOWED_PRIVATE = [serving.authority]
        yield serving


def test_a_file_comes_with_its_type_and_our_own_name_is_told(server: Server) -> None:
    fetched = fetch(server.url("/photo/가 나.jpg?size=1#part"), max_bytes=MAX, accept="image/*")
    assert fetched.body == b"pixels"
    assert fetched.content_type == "image/jpeg"
    path, headers = server.seen[0]
    assert path == "/photo/%EA%B0%80%20%EB%82%98.jpg?size=1"
    assert headers["User-Agent"].startswith("LookUs (+")
    assert headers["Accept"] == "image/*"
    assert headers["Host"] == f"127.0.0.1:{server.port}"


def test_redirects_are_followed_and_the_last_address_is_told(server: Server) -> None:
    once = quote("/to/%2Fphoto%2F", safe="")
    fetched = fetch(server.url(f"/to/{once}"), max_bytes=MAX)
    assert fetched.body == b"pixels"
    assert fetched.final_url == server.url("/photo/")


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/x",
        "http://127.0.0.1:22/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/x",
        "//10.0.0.1/x",
        "file:///etc/passwd",
        "gopher://example.com/x",
        "http://user:pw@example.com/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server: Server, location: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        fetch(server.url("/to/" + quote(location, safe="")), max_bytes=MAX)
    assert refused.value.code == "url_refused"
    assert "pw" not in refused.value.message


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/status/404", "answered 404"),
        ("/status/500", "answered 500"),
        ("/loop/", "more than 3 redirects"),
        ("/nowhere/", "leads nowhere"),
        ("/endless/", "larger than"),
        ("/huge/", "larger than"),
        ("/gzip/", "compressed"),
        ("/broken/", "broke in the middle"),
    ],
)
def test_a_server_that_does_not_give_the_file_is_told_about(
    server: Server, path: str, message: str
) -> None:
    with pytest.raises(FetchFailed, match=message) as failed:
        fetch(server.url(path), max_bytes=MAX)
    assert failed.value.code == "url_failed"
    assert failed.value.message.startswith("http://127.0.0.1")


@pytest.mark.parametrize("path", ["/drip/", "/driphead/"])
def test_a_slow_drip_ends_at_the_deadline(server: Server, settings: Any, path: str) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 1
    begin = time.monotonic()
    with pytest.raises(FetchFailed, match="no answer within 1 seconds"):
        fetch(server.url(path), max_bytes=MAX)
    assert 0.9 < time.monotonic() - begin < 3


def test_a_closed_port_is_told_about(server: Server, settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{port}"]
        with pytest.raises(FetchFailed, match="refused the connection"):
            fetch(f"http://127.0.0.1:{port}/", max_bytes=MAX)


@pytest.mark.parametrize(
    ("addresses", "refused"),
    [
        (["127.0.0.1"], True),
        (["93.184.215.14", "10.0.0.8"], True),
        (["::ffff:192.168.0.1"], True),
        (["169.254.169.254"], True),
    ],
)
def test_a_name_that_leads_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], refused: bool
) -> None:
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in addresses]
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_: answer)
    with pytest.raises(FetchRefused, match=r"photos\.example is an address of a private network"):
        fetch("http://photos.example/a.jpg", max_bytes=MAX)


def test_the_connection_goes_to_the_address_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The name is asked once: a second answer (DNS rebinding) is never used."""
    settings.FETCH_ALLOWED_PRIVATE = [f"photos.example:{server.port}"]
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *rest: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if host == "photos.example" else host, *rest, **more)

    monkeypatch.setattr(module.socket, "getaddrinfo", resolve)
    fetch(f"http://photos.example:{server.port}/photo/", max_bytes=MAX)
    assert asked.count("photos.example") == 1
    assert server.seen[0][1]["Host"] == f"photos.example:{server.port}"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of photos.example, signed by itself."""
    path = tmp_path_factory.mktemp("tls") / "photos.example.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=photos.example"
    name = "subjectAltName=DNS:photos.example"
    command = ["openssl", *words.split(), "-addext", name, "-keyout", path, "-out", f"{path}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.mark.parametrize("host", ["photos.example", "other.example"])
def test_over_https_the_certificate_must_be_the_names_and_not_the_addresss(
    certificate: Path, host: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(
        module.socket, "getaddrinfo", lambda _, *rest, **more: real("127.0.0.1", *rest, **more)
    )
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    with strange_server(certificate) as server:
        settings.FETCH_ALLOWED_PRIVATE = [f"{host}:{server.port}"]
        url = f"https://{host}:{server.port}/photo/"
        if host == "photos.example":
            assert fetch(url, max_bytes=MAX).body == b"pixels"
        else:
            with pytest.raises(FetchFailed, match="certificate is not valid for this name"):
                fetch(url, max_bytes=MAX)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.com/a.jpg", "must begin with http"),
        ("example.com/a.jpg", "must begin with http"),
        ("javascript:alert(1)", "must begin with http"),
        ("", "must begin with http"),
        ("http:///a.jpg", "names no host"),
        ("http://example.com:8080/a.jpg", "port 8080"),
        ("https://example.com:80/a.jpg", "port 80"),
        ("http://me:secret@example.com/a.jpg", "user name or password"),
        ("http://localhost/a.jpg", "private network"),
        ("http://db.internal/a.jpg", "private network"),
        ("http://127.0.0.1/a.jpg", "private address"),
        ("http://127.1/a.jpg", "private address"),
        ("http://2130706433/a.jpg", "private address"),
        ("http://0x7f000001/a.jpg", "private address"),
        ("http://0/a.jpg", "private address"),
        ("http://192.168.0.10/a.jpg", "private address"),
        ("http://[::1]/a.jpg", "private address"),
        ("http://[::ffff:10.0.0.1]/a.jpg", "private address"),
        ("http://example.com\\@127.0.0.1/", "not a readable address"),
        ("http://exa\nmple.com/", "not a readable address"),
        ("http://example.com/" + "a" * 2000, "longer than 2000"),
    ],
)
def test_an_address_is_refused_before_anything_is_asked(url: str, message: str) -> None:
    with pytest.raises(FetchRefused, match=message) as refused:
        check_url(url)
    assert "secret" not in refused.value.message


@pytest.mark.parametrize(
    "url", ["https://example.com/a.jpg", "http://93.184.215.14/", "https://옷가게.kr/사진.jpg"]
)
def test_public_addresses_are_taken(url: str) -> None:
    assert check_url(url).host.isascii()


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::1", "2001:db8::1", "fc00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "x",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public(address: str) -> None:
    assert is_public(address)
