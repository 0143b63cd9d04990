"""Python scripts: parsed by ``ast``, run over values of which only parts are known.

``source`` parses; ``statements`` and ``expressions`` follow the code along all its
ways; ``values`` and ``state`` say what is known at a point; ``render`` turns values
into text; ``functions``, ``methods``, ``printing``, ``logs`` know what single
functions of Python do.
"""
