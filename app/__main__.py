"""`python -m app` is `zhunshi`."""

import sys

from app.cli import main

sys.exit(main())
