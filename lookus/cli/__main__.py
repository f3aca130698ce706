import sys

from lookus.cli import main

sys.exit(main())
