"""`python -m convert` is `copydesk`."""

import sys

from convert.cli import main

sys.exit(main())
