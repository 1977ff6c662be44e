"""``python -m issuer_service``: the same as ``issuer-service``."""

from __future__ import annotations

import sys

from issuer_service.cli import main

if __name__ == "__main__":
    sys.exit(main())
