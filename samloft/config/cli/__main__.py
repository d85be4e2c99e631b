import sys

from samloft.config.cli.frame import main

sys.exit(main())
