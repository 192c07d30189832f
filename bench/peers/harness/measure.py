"""One run of one test against one row that is up."""

import json
import os
import subprocess
import time

from . import host, row

WARM_UP = 0.2


def processor_seconds(without):
    """Of all processes but these."""
    total = 0
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) not in without:
            try:
                with open(f"/proc/{entry}/stat") as file:
                    total += sum(int(word) for word in file.read().rsplit(")", 1)[1].split()[11:15])
            except OSError:
                pass  # it has ended
    return total / os.sysconf("SC_CLK_TCK")


def measure(stack, trial, seconds, rows_up, patience=12):
    """The client's answer; "foreign" says how many processors others used meanwhile."""
    own = {os.getpid(), *(process.pid for each in rows_up for process in each.processes)}
    begun, before = time.monotonic(), processor_seconds(own)
    if trial.one_processor:
        pin(stack, {0})
    try:
        answer = run_client(stack, trial, seconds, patience + seconds)
    finally:
        if trial.one_processor:
            pin(stack, set(range(os.cpu_count())))
    answer["foreign"] = round((processor_seconds(own) - before) / (time.monotonic() - begun), 2)
    return answer


def pin(stack, processors):
    for process in stack.processes:
        process.pin(processors)


def run_client(stack, trial, seconds, patience):
    arguments = {**trial.arguments, "secs": seconds, "warmup": WARM_UP, "addr": stack.address,
                 "port": trial.port or row.OUTBOUND_PORT, "src": ",".join(stack.sources),
                 "pids": ",".join(str(process.pid) for process in stack.measured)}
    words = [*stack.client.prefix(), "nice", "-n", "-10",
             *(["taskset", "-c", "0"] if trial.one_processor else []),
             host.program("client"), trial.mode, *(f"{key}={value}" for key, value in arguments.items() if value != "")]
    client = subprocess.Popen([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if trial.mode == "accept-rate" and "READY" in client.stderr.readline():
            stack.outbound(seconds + WARM_UP + 0.3, trial.arguments["conns"])
        output, errors = client.communicate(timeout=patience)
    except (subprocess.TimeoutExpired, OSError) as problem:
        client.kill()
        output, errors = client.communicate()
        errors += str(problem)
    try:
        return json.loads(output)
    except ValueError:
        return {"error": errors.strip()[-200:] or "no answer"}
