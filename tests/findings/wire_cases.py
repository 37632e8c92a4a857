"""Smallest streams for the rules of the transport, TS1xx."""

from __future__ import annotations

from inspector.asides import ExchangeBegan, HeadCame, RunBegan, RunEnded
from tests.dialects.reading import chunk, named, sse, text
from tests.findings.case import Case

HI = sse(text("Hi"))
STOP = chunk(finish="stop")
END = sse(STOP, "[DONE]")
GOOD = HI + END
PAGE = "<html><title>Log in</title></html>"
HI_DATA = HI.decode()[6:-2]


ASKED = (
    RunBegan(0.0, "chat"),
    ExchangeBegan(0.1, "POST", "http://localhost/v1/chat/completions", (), {}),
)


def answered(content_type: str, status: int = 200) -> tuple[ExchangeBegan, HeadCame]:
    head = HeadCame(0.2, "1.1", status, "", (("Content-Type", content_type),))
    return ExchangeBegan(0.1, "POST", "http://localhost/v1/chat/completions", (), {}), head


def envelope(*frames: tuple[str, str]) -> bytes:
    """Frames of a stage server, each with an id and a stage_id, and its end."""
    chunks = [
        (event_id, "chat_completion_chunk", {"stage_id": stage, "chunk": text("Hi")}) for event_id, stage in frames
    ]
    return named(*chunks, ("end", "done", {"stage_id": frames[-1][1]}))


CASES: dict[str, Case] = {
    "TS101": Case(HI.replace(b"data: ", b"data:") + END, GOOD, at="data:{"),
    "TS102": Case(GOOD.replace(b"\n", b"\r\n"), GOOD, at="\r\n"),
    "TS103": Case(b": OPENROUTER PROCESSING\n\n" + GOOD, GOOD, at=": OPENROUTER PROCESSING"),
    "TS104": Case(b"data: : keep-alive\n\n" + GOOD, b": keep-alive\n\n" + GOOD, at=": keep-alive"),
    "TS105": Case(sse(text("Caf\ufffd")) + END, sse(text("Café")) + END, at=sse(text("Caf\ufffd")).decode()[6:-2]),
    "TS106": Case(
        GOOD,
        GOOD,
        at=HI_DATA,
        times=lambda byte: 0.0 if byte < 10 else float(byte >= len(HI)) + 1,
        quiet_times=lambda byte: float(GOOD[:byte].count(b"\n\n")),
    ),
    "TS107": Case(HI + sse(STOP), GOOD, at=sse(STOP).decode()[6:-2]),
    "TS108": Case(HI, GOOD, at=HI_DATA),
    "TS109": Case(HI + sse({"error": {"message": "no"}}), GOOD, at='"error": {"message": "no"}'),
    "TS110": Case(b"", HI, at=""),
    "TS111": Case(PAGE.encode(), sse(PAGE), at=PAGE),
    "TS112": Case(b'{"error": {"message": "no"}}', sse({"error": {"message": "no"}}), at='"error": {"message": "no"}'),
    "TS113": Case(
        b'{"object": "chat.completion"}', sse({"object": "chat.completion"}), at='{"object": "chat.completion"}'
    ),
    "TS114": Case(b"Internal Server Error", sse("Internal Server Error"), at="Internal Server Error"),
    "TS115": Case(
        HI + b'error: {"message": "no"}\n\n', HI + b': error: {"message": "no"}\n\n', at='error: {"message": "no"}'
    ),
    "TS116": Case(
        b'data: {"choices": [{"delta": {"content": "a\ndata: b"}}]}\n\n' + END,
        b'data: {"choices": [{"delta": {"content":\ndata: "b"}}]}\n\n' + END,
        at='\ndata: b"}}]}',
    ),
    "TS117": Case(
        GOOD, GOOD, at=HI_DATA, asides=answered("text/plain"), quiet_asides=answered("text/event-stream; charset=utf-8")
    ),
    "TS118": Case(
        GOOD,
        GOOD,
        at=HI_DATA,
        asides=answered("text/event-stream; charset=iso-8859-1"),
        quiet_asides=answered('text/event-stream; charset="UTF-8"'),
    ),
    "TS119": Case(
        HI[:-1] + END,
        GOOD,
        at=(HI[:-1] + sse(STOP)).decode()[6:-2],
    ),
    "TS120": Case(GOOD + HI[:-1], GOOD[:-1], at=HI_DATA),
    "TS121": Case(envelope(("1", "S"), ("1", "S")), envelope(("1", "S"), ("2", "S")), at="id:"),
    "TS122": Case(envelope(("1", "a\nb")), envelope(("1", "a\tb")), at='"stage_id": "a\\nb"'),
    "TS123": Case(
        HI + b"data: " + b"x" * (1 << 20) + b"\n\n" + END,
        HI + b"data: " + b"x" * (1 << 15) + b"\n\n" + END,
        at="data: " + "x" * (1 << 20) + "\n\n",
        line_cap=1 << 16,
    ),
    "TS124": Case(
        GOOD,
        GOOD,
        at=sse(STOP).decode()[6:-2],
        times=lambda byte: 6.0 * (byte >= len(HI)),
        quiet_times=lambda byte: 0.1,
    ),
    "TS125": Case(
        HI * 50 + END,
        HI * 50 + END,
        at=HI_DATA,
        times=lambda byte: 0.1 + 2.0 * (byte >= 10 * len(HI)) + 0.5 * (byte >= 5 * len(HI)),
        quiet_times=lambda byte: byte / 1000,
    ),
    "TS126": Case(HI[:-1] + b"more\n\n" + END, HI[:-1] + b":more\n\n" + END, at="more"),
    "TS127": Case(GOOD, GOOD, at=HI_DATA, asides=answered("text/event-stream", 503), quiet_asides=answered("", 200)),
    "TS128": Case(HI + sse("null") + END, HI + sse("{}") + END, at="null"),
    "TS129": Case(
        HI + sse('{"a":' + "[" * 300 + "]" * 300 + "}") + END,
        HI + sse('{"a":' + "[" * 100 + "]" * 100 + "}") + END,
        at='{"a":' + "[" * 300 + "]" * 300 + "}",
    ),
}

CASES |= {
    "TS130": Case(
        envelope(("1", "S")).replace(b"event: done", b"event: cancel"), envelope(("1", "S")), at='{"stage_id": "S"}'
    ),
    "TS131": Case(
        b"",
        b"",
        at="",
        asides=(*ASKED, RunEnded(1.0, "error", "Nobody listens there.")),
        quiet_asides=(*ASKED, HeadCame(0.2, "1.1", 200, "", ()), RunEnded(1.0, "error", "It broke off.")),
    ),
}

_NOTHING = "llama-cpp-python answers a request that it cannot take with nothing"

# Errors that these rules raise over real streams (`*` for any text in a name), and why each is a true one.
TRUE: dict[str, dict[str, str]] = {
    "TS108": {
        "smollm2-killed-mid-stream.sse": "the server was killed",
        "fx-cancel.sse": "the client left",
        "ta-chat-cancel-mid-frame.sse": "the client left",
        "ta-synth-cancel.sse": "the client left",
        "ta-*-server-killed.sse": "the server was killed",
        "ta-session-cut-*.sse": "its first stream was cut before another followed",
    },
    "TS109": {
        "groq-chat-tool-use-failed-error-streaming.sse": "Groq refuses the call that its model wrote",
        "groq-chat-tool-use-failed-error-streaming-with-text.sse": "the same, after some text",
        "openrouter-chat-stream-error.sse": "the token limit, as an error and not as a finish reason",
        "ta-ch04-chat-error.sse": "the server's own error event",
        "ta-chat-error-*.sse": "the server's own error event",
        "ta-legacy-toolchain*.sse": "the server's own error event: it fails to make its own payload",
        "ta-logic-*.sse": "the server's own error event",
        "ta-synth-error-*.sse": "the server's own error event",
        "ta-tool-usage-chunk.sse": "the server's own error event, for a chunk without choices",
    },
    "TS110": {
        "llamacpppython-error-bad-tool-schema.sse": _NOTHING,
        "llamacpppython-error-too-long.sse": _NOTHING,
        "llamacpppython-tool-required.sse": _NOTHING,
    },
    "TS112": {
        "google-http-error-body-*.json": "refused by Google",
        "llamacpp-error-[!w]*.sse": "refused by llama.cpp, which takes any model's name",
        "llamacpppython-responses-plain.sse": "there is no such route",
        "llamacpppython-synthesis.sse": "refused: a call in the request has no content beside it",
        "transformers-error-wrong-model.sse": "refused by transformers",
        "transformers-messages-*.sse": "there is no such route",
        "ta-http-422.sse": "refused by the stage server",
    },
    "TS113": {"fx-http-422.sse": "refused by the agent server, in the shape of a chunk"},
    "TS114": {"transformers-error-no-messages.sse": "`Internal Server Error`"},
    "TS116": {
        "ta-chat-separators.sse": "the server splits its payload with `str.splitlines`",
        "ta-tool-error-mixed.sse": "the server splits its payload with `str.splitlines`",
        "ta-tool-separators.sse": "the server splits its payload with `str.splitlines`",
    },
    "TS122": {"ta-*-stageid-*.sse": "the request names such a stage, and the server writes it as it is"},
    "TS127": {"llamacpp-error-no-api-key.sse": "401, recorded with its head"},
}
