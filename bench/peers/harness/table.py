"""Markdown tables of the runs in files."""

import json
import statistics

from . import rows, trials


class Runs:
    def __init__(self, files):
        self._cells = {}
        self.rows = []
        for path in files:
            with open(path) as file:
                for line in file:
                    self._add(json.loads(line))

    def _add(self, run):
        if run["row"] not in self.rows:
            self.rows.append(run["row"])
        if "value" in run:
            self._cells.setdefault((run["row"], run["test"]), []).append(run)

    def tests(self):
        return [name for name in trials.TRIALS if any((row, name) in self._cells for row in self.rows)]

    def cell(self, row, test):
        return self._cells.get((row, test), [])

    def median(self, row, test, key="value"):
        """Nothing where there was no run."""
        found = [run[key] for run in self.cell(row, test) if key in run]
        return statistics.median(found) if found else None

    def idle(self):
        return [run for (_, test), runs in self._cells.items() if test.startswith("idle-") for run in runs]


def markdown(head, lines):
    yield f"| {' | '.join(head)} |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for line in lines:
        yield f"| {' | '.join(line)} |"


def shown(value, unit):
    return f"{value:.2f}" if unit == "Gb/s" else f"{value / 1000:.1f}k"


def figures(runs):
    """Medians; in brackets the ratios to the kernel and to the ceiling of TUN in the same runs."""
    def text(row, test):
        value = runs.median(row, test)
        if value is None:
            return "-"
        bases = [runs.median(base, test) for base in (rows.BASELINE, "tun-null")]
        ratios = ", ".join(f"{value / base:.2f}" if base else "-" for base in bases)
        return f"{shown(value, trials.TRIALS[test].unit)} ({ratios})"
    return markdown(["row", *runs.tests()], ([row, *(text(row, test) for test in runs.tests())] for row in runs.rows))


def cost(runs):
    """Processor time of the stack's process: us a megabyte, or us a transaction."""
    def text(row, test):
        unit = trials.TRIALS[test].unit
        found = [run["stack_cores"] * 1e6 / (run["value"] * (125 if unit == "Gb/s" else 1))
                 for run in runs.cell(row, test) if run["value"]]
        return f"{statistics.median(found):.1f}" if found else "-"
    return markdown(["row", *runs.tests()], ([row, *(text(row, test) for test in runs.tests())] for row in runs.rows))


def spread(runs):
    """(max - min) / median, and the median of processors used by others."""
    def text(row, test):
        cell = runs.cell(row, test)
        middle = runs.median(row, test)
        if not middle:
            return "-"
        values = [run["value"] for run in cell]
        return f"{(max(values) - min(values)) / middle:.0%} ({runs.median(row, test, 'foreign'):.1f})"
    return markdown(["row", *runs.tests()], ([row, *(text(row, test) for test in runs.tests())] for row in runs.rows))


def latency(runs):
    tests = [test for test in runs.tests() if any(runs.median(row, test, "p50_us") for row in runs.rows)]

    def text(row, test):
        middle = runs.median(row, test, "p50_us")
        return "-" if middle is None else f"{middle:.1f} / {runs.median(row, test, 'p99_us'):.0f}"
    return markdown(["row", *tests], ([row, *(text(row, test) for test in tests)] for row in runs.rows))


def idle(runs):
    head = ["row", "connections", "opened/s", "stack RSS, bytes each", "kernel slab, bytes each", "echoes/s",
            "stack, us an echo"]
    return markdown(head, ([run["row"], str(run["established"]), f"{run['open_rate']:.0f}", f"{run['value']:.0f}",
                            f"{run['slab_bytes']:.0f}", f"{run['echo_rate']:.0f}",
                            f"{run['stack_us_per_echo']:.2f}"] for run in runs.idle()))


def print_all(files):
    runs = Runs(files)
    if runs.tests():
        for what, table in (("Gb/s or 1/s (ratio to kern-veth, to tun-null)", figures),
                            ("Processor time of the stack, us a MB or a transaction", cost),
                            ("Latency, p50 / p99 in us", latency),
                            ("Spread (processors used by others)", spread)):
            print(f"{what}\n", *table(runs), "", sep="\n")
    if runs.idle():
        print(*idle(runs), sep="\n")
