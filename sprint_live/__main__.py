"""`python -m sprint_live` is `sprint-live`."""

from sprint_live.cli import main

raise SystemExit(main())
