"""Owns all that a test creates - namespaces, processes, files - and removes it in reverse order."""

import contextlib
import os
import shutil
import subprocess
import tempfile

from .namespace import Namespace, remove_stale
from .process import Process


class Laboratory:
    def __init__(self, owner=None, directory=None):
        """`owner` names the namespaces (default: our pid); `directory` is made, and removed at the end."""
        self._owner = owner
        self._cleanup = contextlib.ExitStack()
        self._processes = []
        remove_stale()
        self.directory = directory or tempfile.mkdtemp(prefix="tpx-")
        os.makedirs(self.directory, exist_ok=True)
        os.chmod(self.directory, 0o755)
        self._cleanup.callback(shutil.rmtree, self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends and removes everything. A process that crashed, or did not end when asked to, is an AssertionError."""
        try:
            for process in reversed(self._processes):
                process.end()
            bad = [process.describe() for process in self._processes if process.misbehaved()]
        finally:
            self._cleanup.close()
        if bad:
            raise AssertionError("crashed, or did not end when asked to:\n" + "\n\n".join(bad))

    def keep(self):
        """From now on nothing is ended or removed."""
        self._processes = []
        self._cleanup.pop_all()

    def namespace(self, name):
        namespace = Namespace(name, self._owner)
        self._cleanup.callback(namespace.remove)
        return namespace

    def process(self, name, argv, **options):
        """Starts a process that is ended with the laboratory."""
        path = self.path(f"{len(self._processes):02}-{name}")
        process = Process(argv, path, **options)
        self._processes.append(process)
        self._cleanup.callback(process.end)
        return process

    def path(self, name):
        return os.path.join(self.directory, name)

    def memory(self):
        """A directory in memory, the same each time: what is written there waits for no disk."""
        path = self.path("memory")
        if not os.path.isdir(path):
            os.mkdir(path)
            subprocess.run(["mount", "-t", "tmpfs", "tpx", path], check=True)
            self._cleanup.callback(subprocess.run, ["umount", "--lazy", path], check=True)
        return path

    def write(self, name, text):
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def describe(self, running=False):
        """What every process said, or those that still run, for the report of a failure."""
        return "\n\n".join(one.describe() for one in self._processes if one.alive() or not running)
