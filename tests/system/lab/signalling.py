"""XCF over a network: a switch between the systems, and a certificate for each stack."""

from . import command
from .namespace import link

PORT = 4801
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Authority:
    """A CA with openssl(1)."""

    def __init__(self, lab, name="ca"):
        self._lab = lab
        self._name = name
        self.certificate = lab.path(f"{name}.pem")
        self._key = lab.path(f"{name}.key")
        command.run(["openssl", "req", "-x509", *KEY, "-days", "2", "-subj", f"/CN={name}", "-keyout", self._key,
                     "-out", self.certificate], check=True)

    def issue(self, stack):
        """Paths of a certificate for the stack and of its key."""
        stem = self._lab.path(f"{self._name}-{stack}")
        names = self._lab.write(f"{self._name}-{stack}.names", f"subjectAltName = DNS:{stack}\n")
        command.run(["openssl", "req", *KEY, "-subj", f"/CN={stack}", "-keyout", f"{stem}.key",
                     "-out", f"{stem}.csr"], check=True)
        command.run(["openssl", "x509", "-req", "-in", f"{stem}.csr", "-CA", self.certificate, "-CAkey", self._key,
                     "-CAcreateserial", "-extfile", names, "-days", "2", "-out", f"{stem}.pem"], check=True)
        return f"{stem}.pem", f"{stem}.key"


class Signalling:
    """System N has 10.9.0.N on eth1, with an MTU below that of the packets that XCF carries."""

    MTU = 1400

    def __init__(self, lab, systems):
        self._systems = list(systems)
        self.switch = lab.namespace("switch")
        self.switch.ip("link", "add", "switch", "type", "bridge")
        self.switch.ip("link", "set", "switch", "up")
        for number, system in enumerate(systems, 1):
            link(self.switch, f"sys{number}", system, "eth1")
            self._set_mtu(number, system, self.MTU)
            self.switch.ip("link", "set", f"sys{number}", "master", "switch")
            system.ip("address", "add", f"{self.address(number)}/24", "dev", "eth1")
        self.authority = Authority(lab)

    @staticmethod
    def address(number):
        return f"10.9.0.{number}"

    def settings(self, number, stack, authority=None):
        """What the stack's host settings say of XCF; its certificate may be another CA's."""
        certificate, key = (authority or self.authority).issue(stack)
        return (f"{{listen: '{self.address(number)}:{PORT}', ca: {self.authority.certificate}, "
                f"cert: {certificate}, key: {key}}}")

    def _set_mtu(self, number, system, mtu):
        for namespace, device in ((self.switch, f"sys{number}"), (system, "eth1")):
            # Frames as on a wire: the kernels must not pass each other super-segments.
            namespace.ip("link", "set", device, "mtu", mtu, "gso_max_segs", 1)

    def narrow(self, mtu):
        """Makes the paths between all systems narrower than they were."""
        for number, system in enumerate(self._systems, 1):
            self._set_mtu(number, system, mtu)

    def cut(self, number):
        self.switch.ip("link", "set", f"sys{number}", "down")

    def mend(self, number):
        self.switch.ip("link", "set", f"sys{number}", "up")
