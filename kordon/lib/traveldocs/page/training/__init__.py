"""Where the model comes from: characters and pages drawn, and the network trained on them.

    python -m kordon.lib.traveldocs.page.training

trains anew with the seed that stands there, in some minutes on one core, and says whether the
weights are those that come with the library. Nothing here is needed for reading a page.
"""
