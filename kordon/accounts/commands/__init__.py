"""What may be done about those who may."""

from kordon.accounts.commands.beginning import (
    Begun,
    begin_node,
    create_first_administrator,
    load_default_roles,
)
from kordon.accounts.commands.booths import free_booth, leave_booth, take_booth
from kordon.accounts.commands.machines import (
    NewMachine,
    enrol_machine,
    renew_machine_token,
    revoke_machine,
)
from kordon.accounts.commands.people import (
    Enrolled,
    describe_person,
    enrol_person,
    reinstate_person,
    reset_password,
    suspend_person,
)
from kordon.accounts.commands.posts import (
    close_agency,
    close_lane,
    close_post,
    open_lane,
    register_agency,
    register_post,
    remove_booth,
    set_up_booth,
    switch_lane,
)
from kordon.accounts.commands.roles import (
    define_role,
    end_posting,
    give_posting,
    withdraw_role,
)
from kordon.accounts.commands.signing_in import (
    SignedIn,
    change_password,
    sign_in,
    sign_out,
    unlock_session,
)
from kordon.accounts.commands.telling import tell_lapsed, tell_posts

__all__ = [
    "Begun",
    "Enrolled",
    "NewMachine",
    "SignedIn",
    "begin_node",
    "change_password",
    "close_agency",
    "close_lane",
    "close_post",
    "create_first_administrator",
    "define_role",
    "describe_person",
    "end_posting",
    "enrol_machine",
    "enrol_person",
    "free_booth",
    "give_posting",
    "leave_booth",
    "load_default_roles",
    "open_lane",
    "register_agency",
    "register_post",
    "reinstate_person",
    "remove_booth",
    "renew_machine_token",
    "reset_password",
    "revoke_machine",
    "set_up_booth",
    "sign_in",
    "sign_out",
    "suspend_person",
    "switch_lane",
    "take_booth",
    "tell_lapsed",
    "tell_posts",
    "unlock_session",
    "withdraw_role",
]
