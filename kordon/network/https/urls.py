from django.urls import path

from kordon.network.https import answering, joining

urlpatterns = [
    path("push", answering.push, name="push"),
    path("pull", answering.pull, name="pull"),
    path("fetch", answering.fetch, name="fetch"),
    path("offer", answering.offer, name="offer"),
    path("report", answering.report, name="report"),
    path("news", answering.news, name="news"),
    path("enrol", joining.enrol_door, name="enrol"),
    path("enrolment", joining.look_up_door, name="look_up"),
    path("rotate", joining.rotate, name="rotate"),
    path("renew", joining.renew, name="renew"),
    path("succession", joining.tell_succession, name="succession"),
]
