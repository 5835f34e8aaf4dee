from kordon.network.https.urls import urlpatterns as for_nodes

app_name = "network"
urlpatterns = [*for_nodes]
