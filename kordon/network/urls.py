from django.urls import path

from kordon.network.https.urls import urlpatterns as for_nodes
from kordon.network.views import alarms, corner, deciding, enrolling, nodes, policy

app_name = "network"
urlpatterns = [
    path("", nodes.nodes, name="nodes"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<uuid:alarm>/acknowledge/", alarms.acknowledge, name="acknowledge_alarm"),
    path("policy/", policy.policy, name="policy"),
    path("corner/", corner.corner, name="corner"),
    path("enrolments/", enrolling.enrolments, name="enrolments"),
    path("enrolments/invite/", enrolling.invite_node, name="invite_node"),
    path("enrolments/next-key/approve/", enrolling.approve_next_key, name="approve_next_key"),
    path("enrolments/<uuid:enrolment>/", enrolling.enrolment, name="enrolment"),
    path(
        "enrolments/<uuid:enrolment>/approve/",
        enrolling.approve_enrolment,
        name="approve_enrolment",
    ),
    path(
        "enrolments/<uuid:enrolment>/reject/", enrolling.reject_enrolment, name="reject_enrolment"
    ),
    path("nodes/<str:node>/", deciding.decide, name="decide"),
    path("nodes/<str:node>/revoke/", deciding.revoke_node, name="revoke_node"),
    path("nodes/<str:node>/release/", deciding.release_node, name="release_node"),
    path("nodes/<str:node>/decommission/", deciding.decommission_node, name="decommission_node"),
    *for_nodes,
]
