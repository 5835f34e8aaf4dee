from django.urls import path

from kordon.accounts.views import (
    machines,
    people,
    places,
    roles,
    signing_in,
    watching,
    workplace,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("lock/", signing_in.lock, name="lock"),
    path("locked/", signing_in.locked, name="locked"),
    path("password/", signing_in.change_password, name="change_password"),
    path("workplace/", workplace.workplace, name="workplace"),
    path("workplace/post/", workplace.choose_post, name="choose_post"),
    path("workplace/booth/", workplace.take_booth, name="take_booth"),
    path("workplace/leave/", workplace.leave_booth, name="leave_booth"),
    path("workplace/free/", workplace.free_booth, name="free_booth"),
    path("people/", people.people, name="people"),
    path("people/enrol/", people.enrol_person, name="enrol_person"),
    path("people/<uuid:person>/", people.person, name="person"),
    path("people/<uuid:person>/describe/", people.describe_person, name="describe_person"),
    path("people/<uuid:person>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<uuid:person>/suspend/", people.suspend_person, name="suspend_person"),
    path("people/<uuid:person>/reinstate/", people.reinstate_person, name="reinstate_person"),
    path("people/<uuid:person>/postings/", people.give_posting, name="give_posting"),
    path(
        "people/<uuid:person>/postings/<uuid:posting>/end/", people.end_posting, name="end_posting"
    ),
    path("roles/", roles.roles, name="roles"),
    path("roles/define/", roles.define_role, name="new_role"),
    path("roles/<slug:role>/", roles.role, name="role"),
    path("roles/<slug:role>/define/", roles.define_role, name="define_role"),
    path("roles/<slug:role>/withdraw/", roles.withdraw_role, name="withdraw_role"),
    path("rights/", roles.rights, name="rights"),
    path("agencies/", places.agencies, name="agencies"),
    path("agencies/register/", places.register_agency, name="register_agency"),
    path("agencies/close/", places.close_agency, name="close_agency"),
    path("posts/", places.posts, name="posts"),
    path("posts/register/", places.register_post, name="new_post"),
    path("posts/<str:post>/", places.post, name="post"),
    path("posts/<str:post>/describe/", places.register_post, name="register_post"),
    path("posts/<str:post>/close/", places.close_post, name="close_post"),
    path("posts/<str:post>/lanes/", places.open_lane, name="open_lane"),
    path("posts/<str:post>/lanes/close/", places.close_lane, name="close_lane"),
    path("posts/<str:post>/booths/", places.set_up_booth, name="set_up_booth"),
    path("posts/<str:post>/booths/remove/", places.remove_booth, name="remove_booth"),
    path("machines/", machines.machines, name="machines"),
    path("machines/enrol/", machines.enrol_machine, name="enrol_machine"),
    path(
        "machines/<uuid:machine>/renew/", machines.renew_machine_token, name="renew_machine_token"
    ),
    path("machines/<uuid:machine>/revoke/", machines.revoke_machine, name="revoke_machine"),
    path("reads/", watching.reads, name="reads"),
    path("sign-ins/", watching.sign_ins, name="sign_ins"),
    path("record/", watching.heads, name="heads"),
]
