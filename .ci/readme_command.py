"""Print the N-th ```sh block of the README (one command line), so that CI runs what a reader pastes."""

import re
import sys
from pathlib import Path

blocks = re.findall(r"^```sh\n(.*?)^```", Path("README.md").read_text(), flags=re.MULTILINE | re.DOTALL)
block = blocks[int(sys.argv[1]) - 1].strip()
if "\n" in block:
    sys.exit(f"sh block {sys.argv[1]} of the README is more than one line")
print(block)
