"""What is allowed and what is found: pure functions on plain values, one module per matter.

``presenting`` (what is shown at the booth), ``reading`` and ``finding`` (what was found),
``chip``, ``seal``, ``history``, ``stays``, ``deciding`` (first line), ``inspecting`` (second
line), ``keys``, ``photos``, ``refusals``.
"""
