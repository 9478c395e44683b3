"""Entry point of `python -m benchmarks.faxes`."""

import sys

from benchmarks.faxes.command import main

sys.exit(main())
