"""Start Sprint Live where variables say how: a Hugging Face Space, a container, or `python app.py`.

SPRINT_LIVE_MODEL (default sprint-tiny), _DEVICE, _HOST, _PORT (default 7860), _TOKEN to let in only who has it,
_ACCEPT_LICENSE=yes once the owner has read the terms of a model that has some, _LOG_JSON=1 for one JSON object a line.
"""

import os
import sys
from collections.abc import Mapping

from sprint_live.cli import main


def arguments(environment: Mapping[str, str]) -> list[str]:
    """The command line that the variables stand for."""
    words = ["serve", "--no-open", "--port", environment.get("SPRINT_LIVE_PORT", "7860")]
    for option in ("model", "device", "host", "token"):
        if value := environment.get(f"SPRINT_LIVE_{option.upper()}"):
            words += [f"--{option}", value]
    if environment.get("SPRINT_LIVE_LOG_JSON") == "1" or environment.get("SPACE_ID"):
        words.append("--log-json")
    return words


if __name__ == "__main__":
    sys.exit(main(arguments(os.environ)))
