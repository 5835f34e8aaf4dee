from django.urls import path

from kordon.network.https.urls import urlpatterns as for_nodes
from kordon.network.views import alarms, corner, nodes, policy

app_name = "network"
urlpatterns = [
    path("", nodes.nodes, name="nodes"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<uuid:alarm>/acknowledge/", alarms.acknowledge, name="acknowledge_alarm"),
    path("policy/", policy.policy, name="policy"),
    path("corner/", corner.corner, name="corner"),
    *for_nodes,
]
