import subprocess
import sys

LOADED = """
import gc
from services.garbage import keep_loaded

loaded = [[] for _ in range(50_000)]
before = len(gc.get_objects())
keep_loaded()
seen = []
gc.callbacks.append(lambda phase, info: seen.append(phase))
made = [[] for _ in range(10_000)]
print(before - len(gc.get_objects()) > len(loaded) - len(made), seen)
"""


def test_what_is_loaded_is_not_looked_through_again_and_what_is_new_seldom():
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "True []\n"


REMEMBERED = """
import gc
from services.garbage import keep_remembered

gc.disable()
remembered = [[] for _ in range(50_000)]
before = len(gc.get_objects())
keep_remembered()
print(before - len(gc.get_objects()) > len(remembered))
"""


def test_what_is_remembered_is_not_looked_through_again():
    run = subprocess.run([sys.executable, "-c", REMEMBERED], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "True\n"
