"""What a script of a step writes, where, in which order, surely or perhaps.

Nothing here knows YAML or workflows: a text with *holes* (the places of its
``{{…}}`` tags) goes in. The way through::

    script = detect_source(command, Argument(source, holes), image)   # language.py
    output = analyse(script)                                          # analyse.py
    verdict = judge_list(output)                                      # verdict.py
    verdict = judge_file(output, "/tmp/list.json")                    # files.py

``language`` tells which text of a template is a script and in which language, or
says ``UNKNOWN``. ``analyse`` follows the script along all its ways and returns a
:class:`~fanout_lint.analysis.scripts.outputs.ScriptOutput`: a *flow*, that is a
tree of single writes with choices and repetitions, holding the runs that exit
with 0. Each write has its place in the script, its target and its content, a
*text* of which only parts may be known (``text``, ``shape``).

``verdict`` reads the flow as a JSON reader would (``json_machine``, ``readings``)
and says whether the sum is one JSON list, or which write breaks it, or ``UNKNOWN``.
What is not understood becomes text that may be anything, or a write that may go
anywhere, so that nothing follows from it.

To teach it a command, add a row to ``chatter`` or a function to
``shell/programs``; to teach it a language, return a ``ScriptOutput``.
"""
