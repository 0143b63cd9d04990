"""The rules: ``fanout_lint.rules.NAME.check`` is the ``check.py`` of the rule folder NAME.

The folders lie at the top of a checkout, and among the assets of a wheel.
"""

from fanout_lint.assets import asset_dir

__path__ = [str(asset_dir("rules"))]
