"""Start Sprint Live: `python app.py`, or a Hugging Face Space that runs this file as it is."""

import sys

from sprint_live.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve"]))
