#!/usr/bin/env python3
"""Measures TCP stacks side by side. Rows are up at once and take turns in each round, so that all share the noise.

Needs root. Everything happens in namespaces bench-ROW-c (client) and bench-ROW-s (server), which are removed."""

import argparse
import json

from harness import measure, rows, table, trials


def bring_up(chosen):
    up = []
    for row in chosen:
        try:
            row.up()
            up.append(row)
        except (RuntimeError, OSError) as problem:
            print(f"left out: {row.name}: {problem}")
    return up


def record(file, row, test, answer):
    print(json.dumps({"row": row.name, "test": test, **answer}), file=file, flush=True)
    print(f"{test:15} {row.name:15} {answer.get('value', answer.get('error'))}  foreign {answer['foreign']}", flush=True)


def run(options):
    tests = rows.named(options.tests, {name: name for name in trials.TRIALS}, "test")
    up = bring_up(rows.chosen(options.rows))
    try:
        with open(options.out, "a") as file:
            for _ in range(options.rounds):
                for test in tests:
                    for row in up:
                        if test not in row.lacks:
                            record(file, row, test, measure.measure(row, trials.TRIALS[test], options.seconds, up))
    finally:
        for row in up:
            row.down()


def idle(options):
    with open(options.out, "a") as file:
        for row in rows.chosen(options.rows):
            for count in map(int, options.counts.split(",")):
                if count > row.most_idle:
                    continue
                row.options["processes"] = count // 17000 + 1  # a process may not have more descriptors
                if not bring_up([row]):
                    break
                try:
                    record(file, row, f"idle-{count}", measure.measure(row, trials.idle(count), 1, [row], patience=120))
                finally:
                    row.down()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, action, what in (("run", run, "throughput, request and response, connections a second"),
                               ("idle", idle, "idle connections: memory, and echoes on random ones")):
        command = commands.add_parser(name, help=what)
        command.add_argument("--rows", help="names of harness/rows.py, separated by commas; default: all")
        command.add_argument("--out", default="peers.jsonl", help="a line of JSON for each run is added here")
        command.set_defaults(action=action)
        if name == "run":
            command.add_argument("--tests", help="names of harness/trials.py, separated by commas; default: all")
            command.add_argument("--rounds", type=int, default=5)
            command.add_argument("--seconds", type=float, default=1.0, help="of each run")
        else:
            command.add_argument("--counts", default="1000,10000,100000", help="of connections")
    command = commands.add_parser("table", help="Markdown tables: medians, ratios, cost, spread")
    command.add_argument("files", nargs="+")
    command.set_defaults(action=lambda options: table.print_all(options.files))
    options = parser.parse_args()
    options.action(options)


if __name__ == "__main__":
    main()
