"""Connectors on several stacks at the same time, and what came of them together."""

import time
from collections import Counter

from lab.connector import Connector
from lab.network import PARTNER
from lab.waiting import await_condition

SERVICES = (7000, 7001, 7002, 7003)


def await_quiet(partner):
    """Waits until no connection is left at the partner, so that the next act begins with none."""
    await_condition(lambda: not any(partner.count(port) for port in SERVICES),
                    lambda: f"the partner to see the end of {[partner.count(port) for port in SERVICES]} connections", 30)


class Crowd:
    def __init__(self, stage, stacks, port, count, *words):
        """Starts `count` connections on each stack to the partner's `port`, all stacks at once."""
        self._stage = stage
        self.connectors = [Connector(stack, PARTNER, port, count, *words) for stack in stacks]
        self.asked = count * len(stacks)

    def await_all(self, partner=None, port=None, deadline=180):
        """Waits for every summary; with a partner, shows its count of connections once a second."""
        shown = time.monotonic()

        def done():
            nonlocal shown
            if partner and time.monotonic() - shown >= 1:
                shown = time.monotonic()
                self._stage.say(f"the partner has {partner.count(port):,} of {self.asked:,} connections")
            return all('"connected"' in one.process.stdout.text() or not one.process.alive() for one in self.connectors)

        await_condition(done, "all connectors to finish", deadline)
        self.summaries = [one.summary() for one in self.connectors]
        return self

    def connected(self):
        return sum(summary["connected"] for summary in self.summaries)

    def echoed(self):
        return sum(summary["echoed"] for summary in self.summaries)

    def failures(self):
        return dict(sum((Counter(summary["failed"]) for summary in self.summaries), Counter()))

    def ports(self):
        """The local ports of all stacks, one entry a connection."""
        return [local["port"] for summary in self.summaries for local in summary["local"]]

    def release(self):
        """Ends all. Returns how many had broken."""
        return sum(one.release() for one in self.connectors)
