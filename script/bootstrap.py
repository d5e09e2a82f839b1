"""Make the environment that every command here runs in, with nothing but the standard library of any Python 3."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What is installed, and what installs it: pip alone takes five times as long as pip for uv and uv for the rest.
RUNTIME, POSTGRESQL, DEVELOPMENT = "requirements.lock", "requirements-postgres.lock", "requirements-dev.lock"
INSTALLER = "requirements-uv.lock"


def run(*command, lock=None):
    """Become that command of the environment, by default the newsroom's own; does not return."""
    prepare(lock or (POSTGRESQL if os.environ.get("DATABASE_URL", "").startswith("postgres") else RUNTIME))
    environment, program = child_environment(), found(command[0])
    if os.name == "nt":
        sys.exit(subprocess.call([program, *command[1:]], env=environment))
    os.execve(program, [program, *command[1:]], environment)


def call(*command, lock=DEVELOPMENT):
    """Run that command of the environment in the checkout, and return its exit status."""
    prepare(lock)
    return subprocess.call([found(command[0]), *command[1:]], cwd=str(ROOT), env=child_environment())


def found(name):
    return shutil.which(name, path=str(PYTHON.parent)) or name


def child_environment():
    environment = dict(os.environ, PYTHONPYCACHEPREFIX=str(VENV / "bytecode"))
    # Compiling Django and Wagtail anew at each start takes longer than starting.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PATH"] = str(PYTHON.parent) + os.pathsep + environment.get("PATH", "")
    return environment


def prepare(lock):
    """Make .venv and install what the lock names; do nothing if that is what is there."""
    use_a_new_enough_python()
    stamp, wanted = VENV / lock.replace(".lock", ".installed"), fingerprint(lock)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    started = time.monotonic()
    if not PYTHON.exists():
        say("Making an environment in {}".format(VENV))
        # Without pip, which takes longer to unpack than everything else here: the one outside can install.
        must([sys.executable, "-m", "venv", "--without-pip", "--clear", str(VENV)])
    say("Installing what {} names".format(lock))
    install(lock)
    for folder in VENV.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"):
        (folder / "nutgraf.pth").write_text(str(ROOT) + "\n")
    # One lock may have changed what another installed.
    for other in VENV.glob("requirements*.installed"):
        other.unlink()
    stamp.write_text(wanted)
    if lock == DEVELOPMENT:
        # It contains all that the newsroom itself needs, in the same versions.
        for contained in (RUNTIME, POSTGRESQL):
            (VENV / contained.replace(".lock", ".installed")).write_text(fingerprint(contained))
    say("Installed in {:.0f} seconds".format(time.monotonic() - started))


def fingerprint(lock):
    return hashlib.sha256((ROOT / lock).read_bytes() + str(VENV).encode()).hexdigest()


def install(lock):
    arguments = ["--require-hashes", "-r", str(ROOT / lock)]
    if shutil.which("uv"):
        uv = ["uv", "pip", "install", "--python", str(PYTHON)]
        if subprocess.call(uv + arguments) == 0:
            return
        say("uv did not manage; trying with pip")
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check", "install", "--quiet"]
    if not has_pip():
        must([str(PYTHON), "-m", "ensurepip"])
        pip[0] = str(PYTHON)
        del pip[3:5]
    if subprocess.call(pip + ["--require-hashes", "-r", str(ROOT / INSTALLER)]) == 0:
        uv = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON)]
        if subprocess.call(uv + arguments, env=dict(indexes_of_pip(pip[:3]), **os.environ)) == 0:
            return
        say("uv did not manage; installing with pip alone, which takes half a minute longer")
    pip.remove("--quiet")
    must(pip + arguments)


def has_pip():
    """Say whether there is a pip here that can install into another environment (22.3 and later)."""
    probe = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--version"]
    return subprocess.call(probe, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def indexes_of_pip(pip):
    """Tell uv, which does not read pip's configuration, where pip has been told to look for packages."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "cert": "SSL_CERT_FILE",
    }
    listed = subprocess.run(pip + ["config", "list"], stdout=subprocess.PIPE, universal_newlines=True)
    found = {}
    for line in listed.stdout.splitlines():
        key, _, value = line.partition("=")
        name = names.get(key.rpartition(".")[2])
        if name:
            # pip writes "\n" between several addresses, uv reads a blank, or for links a comma.
            several = value.strip("'\"").replace("\\n", " ").split()
            found[name] = ("," if name == "UV_FIND_LINKS" else " ").join(several)
    if found:
        # Safe because each file must have the hash that the lock names, wherever it comes from.
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return found


def use_a_new_enough_python():
    """Go on in a newer Python if this one is too old, or say what to install."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(14, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.{}".format(minor))
        if newer:
            os.execv(newer, [newer] + sys.argv)
    sys.exit(
        "Nutgraf needs Python {}.{} or later, and this is {}.{}. Install a newer one, and run this again.".format(
            *OLDEST, *sys.version_info[:2]
        )
    )


def must(command):
    status = subprocess.call(command)
    if status:
        sys.exit("That did not work (exit status {}): {}".format(status, " ".join(command)))


def say(sentence):
    print("==> " + sentence, file=sys.stderr, flush=True)
