"""Builds small networks of kernel namespaces with tcpplex stacks in them, and takes them down again.

Everything a test or the demonstration creates belongs to a `Laboratory` (laboratory.py), which removes it in
reverse order whatever happens. The Python standard library, iproute2 and util-linux are all it needs.
"""
