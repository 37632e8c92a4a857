"""Certificates for the loopback, made by the `openssl` command while the tests run; none is kept anywhere."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path
from shutil import which

import pytest

_CONFIG = """
[ca]
default_ca = here
[here]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = {name}
"""


def certificate(folder: Path, name: str = "IP:127.0.0.1", until: str = "20491231235959Z") -> Path:
    """Make a self-signed certificate for `name`, with its key in the same file."""
    if which("openssl") is None:
        pytest.skip("there is no openssl command to make a certificate with")
    (folder / "config").write_text(_CONFIG.format(folder=folder, name=name))
    (folder / "index").write_text("")
    (folder / "serial").write_text("01")
    key, request, made = folder / "key.pem", folder / "request.pem", folder / "made.pem"
    new_key: list[str | Path] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key]
    _openssl("req", "-new", *new_key, "-subj", "/CN=test", "-out", request)
    signing: list[str | Path] = [
        "-selfsign",
        "-config",
        folder / "config",
        "-keyfile",
        key,
        "-in",
        request,
        "-notext",
        "-out",
        made,
    ]
    _openssl("ca", "-batch", *signing, "-startdate", "20200101000000Z", "-enddate", until)
    both = folder / "both.pem"
    both.write_text(made.read_text() + key.read_text())
    return both


def serving(both: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


def _openssl(*arguments: str | Path) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
