"""Time, as something that tests can play: seconds since 1970, and waiting."""

import time
from datetime import UTC, date, datetime


class Clock:
    """The clock of the machine."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        import asyncio  # noqa: PLC0415  # builds that write pages only ask for the day

        await asyncio.sleep(seconds)

    def today(self) -> date:
        """The day in UTC, so that a run in one country does not differ from one in another."""
        return datetime.fromtimestamp(self.now(), UTC).date()
