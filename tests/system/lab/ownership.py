"""Who owns the DVIPA, and what stacks say about it."""

from .network import DVIPA
from .waiting import await_condition


def change(*statements):
    """An OBEYFILE with these statements in a VIPADYNAMIC block."""
    return "VIPADYNAMIC\n" + "\n".join(f"  {one}" for one in statements) + "\nENDVIPADYNAMIC\n"


class Ownership:
    """For a test that has a `sysplex`."""

    def status(self, stack, address=DVIPA):
        """What VIPADYN says of the address; nothing if it is not there."""
        found = [entry for entry in stack.document("netstat", "vipadyn")["dvipas"] if entry["address"] == address]
        return found[0]["status"] if found else None

    def await_status(self, stack, status):
        await_condition(lambda: self.status(stack) == status,
                        lambda: f"{status} at {stack.name}: {self.status(stack)}", 30.0)

    def owners(self):
        """The numbers of the systems whose kernel routes the address into their stack."""
        return [number for number, system in enumerate(self.sysplex.systems, 1)
                if "dev osa1" in system.ip("route", "show", DVIPA).stdout]

    def await_owner(self, number):
        """Waits until it is this system's and no other's; routes the address to it, as a routing daemon would."""
        await_condition(lambda: self.owners() == [number], lambda: f"{number} to be the owner: {self.owners()}", 30.0)
        self.sysplex.network.route_dvipa(number)

    def established(self, stack):
        return len([entry for entry in stack.connections(address=DVIPA) if entry["state"] == "ESTABLISHED"])
