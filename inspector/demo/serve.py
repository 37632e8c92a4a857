"""Serves one GGUF file with llama.cpp's own HTTP server, on loopback. A program of its own: only it imports xllamacpp.

    python serve.py tiny.gguf --port 8080

The first line printed is the address, once the model is loaded. It stops on SIGINT or SIGTERM.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading

import xllamacpp

CONTEXT_TOKENS = 8192
SLOTS = 2  # requests answered at the same time


def start(path: str, *, port: int, api_key: str | None) -> xllamacpp.Server:
    """Returns once the model is loaded and the port is open; the server runs until the object goes."""
    params = xllamacpp.CommonParams()
    params.model.path, params.model_alias = path, {"tiny"}
    params.hostnames, params.port = ["127.0.0.1"], port
    params.n_ctx, params.n_parallel = CONTEXT_TOKENS, SLOTS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.use_jinja, params.ui = True, False
    params.sampling.temp, params.sampling.seed = 0.0, 1
    params.verbosity = 1
    if api_key:
        params.api_keys = [api_key]
    return xllamacpp.Server(params)


def stop_at_end_of_input() -> None:
    """End with the parent: the kernel closes its end of the pipe, however it ends."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    cli = argparse.ArgumentParser(description="Serve a GGUF file on loopback.")
    cli.add_argument("path")
    cli.add_argument("--port", type=int, default=0, help="0, the default, is a free one")
    cli.add_argument("--api-key", help="refuse requests without it")
    cli.add_argument("--until-end-of-input", action="store_true", help="stop too when standard input ends")
    given = cli.parse_args()
    stops = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before other threads start, so that they inherit it
    if given.until_end_of_input:
        threading.Thread(target=stop_at_end_of_input, daemon=True).start()
    server = start(given.path, port=given.port, api_key=given.api_key)  # it ends when this name goes
    print(server.listening_address, flush=True)
    signal.sigwait(stops)
    os._exit(0)  # the server's own end takes a second, and keeps nothing that we want


if __name__ == "__main__":
    main()
