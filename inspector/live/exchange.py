"""One request and what came of it, as far as a script must know to go on; the bytes themselves go to the desk."""

from dataclasses import dataclass, field

import httpx

from inspector.live.mask import Mask
from inspector.live.trouble import Trouble

HEAD_BYTES = 64 << 10


@dataclass(slots=True)
class Exchange:
    """Filled while the answer comes. `trouble` is how it broke off, `None` while it goes well."""

    method: str
    url: httpx.URL = field(repr=False)  # it may have a key in it
    mask: Mask = field(default_factory=Mask)
    status: int | None = None  # no head yet
    reason: str = ""
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    received: int = 0  # bytes of the answer, decoded
    beginning: bytes = field(default=b"", repr=False)  # the first `HEAD_BYTES` of it, not masked
    trouble: Trouble | None = None
    has_ended: bool = False

    @property
    def said(self) -> bytes:
        """The beginning of the answer, without the secrets of the run."""
        return self.mask.whole(self.beginning)

    def took(self, data: bytes) -> None:
        self.received += len(data)
        if len(self.beginning) < HEAD_BYTES:
            self.beginning += data[: HEAD_BYTES - len(self.beginning)]
