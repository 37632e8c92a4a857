"""Has the views of one answer made, in a thread that can be stopped; knows no widget and no wording."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector.client_views.answer import Answer, AnswerChunk, chunks
from inspector.client_views.ours import our_view
from inspector.client_views.policies import POLICIES, Taking
from inspector.client_views.view import View, parting
from inspector.official_sdk.pieces import pieces
from inspector.official_sdk.running import SdkRun
from inspector.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Compared:
    """One client's view; `parts_at` is the first frame after which it has other calls than ours, if there is one.

    `like` names a client before it that sees the very same calls, where these are not what we see. `flaw` is why the
    client fails on good streams too.
    """

    name: str
    about: str
    view: View
    parts_at: int | None
    like: str | None = None
    flaw: str | None = None


@dataclass(slots=True)
class Comparing:
    """`work` is for the thread, all else for any; `compared` grows, and the official SDK's view is there at the end."""

    transcript: Transcript
    answer: Answer
    ours: View = field(default_factory=View)
    compared: list[Compared] = field(default_factory=list)  # by policy, in their order
    official: Compared | None = None
    frame: int | None = None  # the last one that is done, of whatever is being made
    is_done: bool = False
    is_stopped: bool = False
    _sdk: SdkRun = field(init=False)

    def __post_init__(self) -> None:
        self._sdk = SdkRun(pieces(self.transcript, self.answer))

    @property
    def share(self) -> float:
        """How much of the answer whatever is being made has behind it."""
        size = max(self.answer.end - self.answer.start, 1)
        return 0.0 if self.frame is None else min((self.frame + 1 - self.answer.start) / size, 1.0)

    @property
    def sdk_name(self) -> str:
        return self._sdk.name

    def work(self) -> None:
        self.ours = our_view(self.answer)
        self._take_policies()
        self.frame = None
        if not self.is_stopped:
            self._sdk.run(self._reach)
            self.official = self._judged(self.sdk_name, "client.chat.completions.stream(), as it is", self._sdk.view)
        self.is_done = True

    def stop(self) -> None:
        self.is_stopped = True
        self._sdk.cancel()

    def _reach(self, frame: int) -> None:
        self.frame = frame

    def _take_policies(self) -> None:
        clients = [(policy, Taking(policy)) for policy in POLICIES]
        for chunk in chunks(self.transcript, self.answer):
            if self.is_stopped:
                return
            self._take(chunk, [taking for _, taking in clients])
        for policy, taking in clients:
            self.compared.append(self._judged(policy.name, policy.about, taking.view, policy.flaw))

    def _take(self, chunk: AnswerChunk, clients: list[Taking]) -> None:
        fragments = chunk.fragments
        for client in clients:
            client.take(chunk, fragments)
        self.frame = chunk.frame

    def _judged(self, name: str, about: str, view: View, flaw: str | None = None) -> Compared:
        parts_at = parting(self.ours, view)
        others = self.compared if parts_at is not None and view.steps else []
        alike = (each.name for each in others if parting(each.view, view) is None)
        return Compared(name, about, view, parts_at, next(alike, None), flaw)
