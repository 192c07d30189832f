"""Measures TCP stacks side by side, with one and the same client on kernel sockets."""
