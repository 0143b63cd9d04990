"""Shell scripts: parsed by tree-sitter-bash, run over texts of which only parts are known.

``parse`` turns the source into the tree of ``tree``; ``run`` follows it command
by command; ``words`` expands words; ``builtins``, ``filters``, ``jq`` know what
single commands write.
"""
