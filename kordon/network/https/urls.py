from django.urls import path

from kordon.network.https import answering

urlpatterns = [
    path("push", answering.push, name="push"),
    path("pull", answering.pull, name="pull"),
    path("fetch", answering.fetch, name="fetch"),
    path("offer", answering.offer, name="offer"),
    path("report", answering.report, name="report"),
    path("news", answering.news, name="news"),
]
