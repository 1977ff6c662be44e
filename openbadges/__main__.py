"""``python -m openbadges`` is the command ``openbadges``."""

import sys

from openbadges.cli import main

if __name__ == "__main__":
    sys.exit(main())
