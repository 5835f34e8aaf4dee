from django.urls import path

from kordon.trust.views import changing, store

app_name = "trust"
urlpatterns = [
    path("", store.list_states, name="store"),
    path("states/<str:state>/", store.get_state, name="state"),
    path("certificates/<str:fingerprint>/", store.get_certificate, name="certificate"),
    path("history/", store.history, name="history"),
    path("changes/<uuid:change>/", store.get_change, name="change"),
    path("changes/<uuid:change>/approve", changing.approve, name="approve"),
    path("changes/<uuid:change>/return", changing.give_back, name="return"),
    path("import/", changing.upload, name="import"),
    path("import/<uuid:offer>/", changing.preview, name="preview"),
    path("import/<uuid:offer>/offer", changing.offer_master_list, name="offer"),
    path("by-hand/", changing.offer_certificates, name="by_hand"),
    path("seal-signers/", changing.offer_seal_signers, name="seal_signers"),
    path("revocations/", changing.offer_revocation_list, name="revocations"),
    path("policy/", changing.propose_policy, name="policy"),
    path("certificates/<str:fingerprint>/distrust", changing.distrust, name="distrust"),
    path("sources/<str:source>/withdraw", changing.withdraw, name="withdraw"),
]
