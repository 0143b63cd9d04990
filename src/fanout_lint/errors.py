"""What stops a run.

A fault in the user's YAML is a finding and never one of these. These say that
the run itself cannot be done; ``cli`` prints the text and exits with 2.

``FanoutLintError``
├── ``ConfigError``   a configuration that cannot be followed
└── ``UsageError``    paths, rule names and options that cannot be followed
"""


class FanoutLintError(Exception):
    """The run cannot be done; the text names the thing and the way out."""


class ConfigError(FanoutLintError):
    """A configuration has an unknown key, a wrong value, or cannot be read."""


class UsageError(FanoutLintError):
    """A path, a rule name or an option on the command line cannot be followed."""
