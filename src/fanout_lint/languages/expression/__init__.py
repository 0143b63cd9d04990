"""Argo's expression language: what stands in ``{{=…}}`` (expr-lang 1.17.8).

From text to answer, each step a module: ``lexer`` → ``parser`` → ``checker`` (names, numbers
of arguments, types) → ``folding`` (what expr computes early) → ``evaluator``. ``references``
says what a tree reads, ``printer`` writes it again, ``reading`` joins the steps.
"""
