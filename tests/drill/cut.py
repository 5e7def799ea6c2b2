"""Run a command with the network cut: python -m tests.drill.cut COMMAND ...

In a network namespace of its own (`unshare`, of every Linux), where nothing but loopback exists. Where that is not allowed
the command runs all the same, and BOOK_CUT says so: the browser then stops every request for another host, and pip is
told to use no index.
"""
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def loopback_up() -> None:
    """Loopback is down in a new namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        flags = struct.unpack("16sh", fcntl.ioctl(asking, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(asking, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def main() -> None:
    if os.environ.get("BOOK_CUT") == "namespace":
        loopback_up()
        os.execvp(sys.argv[1], sys.argv[1:])
    cutter = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*cutter, "true"], capture_output=True).returncode == 0:
        os.environ["BOOK_CUT"] = "namespace"
        os.execvp(cutter[0], [*cutter, sys.executable, "-m", "tests.drill.cut", *sys.argv[1:]])
    print("No network namespace is allowed here: requests of the browser are stopped instead, and pip is told to use no index.")
    os.environ["BOOK_CUT"] = "browser"
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
