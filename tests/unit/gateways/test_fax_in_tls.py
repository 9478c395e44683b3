"""The connection goes to a checked address, and yet the certificate must be the host's own: with real TLS."""

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateways import GatewayUnavailable
from gateways.fax_in import files
from gateways.fax_in.files import Files
from tests.unit.gateways.fax_calls import PDF

HOST = "api.faxhost.example"


class Hands(BaseHTTPRequestHandler):
    """Gives the file to who asks for our host by name."""

    def do_GET(self):
        self.send_response(200 if self.headers["Host"] == HOST else 421)
        self.send_header("Content-Length", str(len(PDF)))
        self.end_headers()
        self.wfile.write(PDF)

    def log_message(self, *args):
        """Silent."""


class Quiet(HTTPServer):
    """A caller who does not trust us hangs up: no trouble of ours."""

    def handle_error(self, request, client_address):
        """Silent."""


def certificate(name, folder):
    """A certificate for a host, signed by itself; the path of it together with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(made.public_bytes(pem) + plain)
    return path


@contextmanager
def serving(path):
    """An HTTPS server with that certificate; gives its port."""
    server = Quiet(("127.0.0.1", 0), Hands)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


@pytest.fixture
def fetch(tmp_path, monkeypatch):
    """Fetch from our host, which stands on this machine and shows a certificate for the given name."""

    def run(name):
        path, into = certificate(name, tmp_path), BytesIO()
        trusted = httpx.HTTPTransport(verify=ssl.create_default_context(cafile=path))
        monkeypatch.setattr(files, "is_public", lambda address: True)
        with serving(path) as port:
            monkeypatch.setattr(files, "HTTPS_PORT", port)
            service = Files("Faxhost", (HOST,), transport=trusted, resolve=lambda host: ["127.0.0.1"])
            service.fetch_fax(f"https://{HOST}:{port}/1.pdf", into)
        return into.getvalue()

    return run


def test_the_hosts_own_certificate_is_accepted_at_a_checked_address(fetch):
    assert fetch(HOST) == PDF


def test_another_hosts_certificate_is_not(fetch):
    with pytest.raises(GatewayUnavailable, match="could not be reached"):
        fetch("evil.example")
