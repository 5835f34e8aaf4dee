"""What is known of nodes beyond the journal's own tables. Rows are written by ``apply`` alone."""

# Django finds models through this module; what is kept there nobody must prove.
from kordon.network import scratch as scratch
