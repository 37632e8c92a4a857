"""Which open call a fragment belongs to, and how sure that is. Decides nothing else about calls.

Servers number, name and identify the fragments of parallel calls in many ways; the order of the tests below is the
one that reads all recorded streams right (formats/DEFECTS.md, TC001-TC008, has the reports).
"""

from __future__ import annotations

from inspector.calls import Call, MatchedBy
from inspector.events import ToolCallDelta
from inspector.json_scan import JsonScanner


class CallBook:
    """The calls of one choice in one turn."""

    __slots__ = ("_by_id", "_by_index", "_scanners", "calls")

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._by_index: dict[int, Call] = {}
        self._by_id: dict[str, Call] = {}
        self._scanners: dict[int, JsonScanner] = {}  # by slot; a call's own scanner belongs to its readers

    def find(self, delta: ToolCallDelta) -> tuple[Call | None, MatchedBy]:
        """The call this fragment goes on with; `None` means that it begins a new one."""
        _, index, call_id, name, _, _, _ = delta
        if not call_id:
            if index is None:
                return self._by_place(delta)
            return self._by_number(delta, index) if name else (self._by_index.get(index), "index")
        call, matched_by = self._by_number(delta, index) if index is not None else (self._by_id.get(call_id), "id")
        if call is not None:
            self._by_id.setdefault(call_id, call)
        return call, matched_by

    def open(self, call: Call, delta: ToolCallDelta) -> None:
        """A new call begins with this fragment. The latest call wins an index, the first an id."""
        self.calls.append(call)
        if delta.index is not None:
            self._by_index[delta.index] = call
        if delta.id:
            self._by_id.setdefault(delta.id, call)

    def _by_number(self, delta: ToolCallDelta, index: int) -> tuple[Call | None, MatchedBy]:
        call = self._by_index.get(index)
        if call is None:
            return None, "index"
        if delta.id and (known := call.id.last) and delta.id != known:
            other = self._by_id.get(delta.id)
            # Another id with a name is another call (Ollama and others number every call 0); an id that changes
            # on a fragment without a name is noise on the same call.
            return (other, "id") if other or delta.name else (call, "index")
        if not delta.id and delta.name and self._begins_anew(call, delta):
            return None, "guess"
        return call, "index"

    def _by_place(self, delta: ToolCallDelta) -> tuple[Call | None, MatchedBy]:
        if delta.origin == "function_call":
            return (self.calls[-1] if self.calls else None), "position"
        if delta.position and delta.position < len(self.calls):
            return self.calls[delta.position], "position"
        if delta.position or not self.calls:
            return None, "position"
        call, alone = self.calls[-1], len(self.calls) == 1
        if delta.name and ((not alone and call.name.last) or self._begins_anew(call, delta)):
            return None, "guess"
        return call, "position" if alone else "guess"

    def _begins_anew(self, call: Call, delta: ToolCallDelta) -> bool:
        """A name after whole arguments begins another call, unless it comes late or only repeats itself."""
        size, name = call.arguments.size, call.name.last
        if not size or name is None or (delta.name == name and not delta.arguments):
            return False
        scanner = self._scanners.setdefault(call.slot, JsonScanner())
        scanner.feed(call.arguments.slice(scanner.size, size))
        return scanner.verdict(size).state == "valid"
