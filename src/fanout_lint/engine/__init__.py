"""The only place where the stages meet: paths or a text in, a report out.

.. code-block:: text

    files → documents → shape hits → manifests → project (all files linked)
          → rules, file by file → hits that count → report
"""

from fanout_lint.engine.lint import Progress, Request, lint, lint_paths, lint_text

__all__ = ["Progress", "Request", "lint", "lint_paths", "lint_text"]
