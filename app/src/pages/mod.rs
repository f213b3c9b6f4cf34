//! The pages, one a file, named after what is done there.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod classroom;
mod door;
mod group;
mod group_new;
mod groups;
mod home;
mod lazy;
mod meeting;
pub(crate) mod not_found;
mod room;
mod room_add;
mod room_delete;
mod room_new;
mod room_owner;
mod room_settings;
mod rooms;
mod set_password;
mod settings;
mod setup;
mod sign_in;
pub(crate) mod user;
mod user_delete;
mod user_hand_over;
mod user_new;
mod users;

pub(crate) use classroom::CLASSROOM_ROOT;
pub(crate) use lazy::LazyPage;
pub use lazy::Preload;

lazy::parts! {
    gate {
        SIGN_IN = sign_in_view / sign_in_load of sign_in::SignInPage;
        SETUP = setup_view / setup_load of setup::SetupPage;
        SET_PASSWORD = set_password_view / set_password_load of set_password::SetPasswordPage;
        DOOR = door_view / door_load of door::DoorPage;
        LEFT = left_view / left_load of door::left::LeftPage;
        ACCOUNT = account_view / account_load of account::AccountPage;
    }
    console {
        CONSOLE = console_view / console_load of crate::components::layout::Console;
        HOME = home_view / home_load of home::Home;
        USERS = users_view / users_load of users::UsersPage;
        ROOMS = rooms_view / rooms_load of rooms::RoomsPage;
    }
    user {
        CREATE_USER = create_user_view / create_user_load of user_new::CreateUserPage;
        USER = user_view / user_load of user::UserPage;
        HAND_OVER = hand_over_view / hand_over_load of user_hand_over::HandOverPage;
        DELETE_USER = delete_user_view / delete_user_load of user_delete::DeleteUserPage;
        MANY = many_view / many_load of users::ManyUsers;
        FIND_GROUP = find_group_view / find_group_load of users::FindGroup;
    }
    group {
        GROUPS = groups_view / groups_load of groups::GroupsPage;
        CREATE_GROUP = create_group_view / create_group_load of group_new::CreateGroupPage;
        GROUP = group_view / group_load of group::GroupPage;
        ADD_TO_GROUP = add_to_group_view / add_to_group_load of group::add::AddToGroupPage;
        RENAME_GROUP = rename_group_view / rename_group_load of group::rename::RenameGroupPage;
        MERGE_GROUP = merge_group_view / merge_group_load of group::merge::MergeGroupPage;
        DELETE_GROUP = delete_group_view / delete_group_load of group::delete::DeleteGroupPage;
    }
    room {
        CREATE_ROOM = create_room_view / create_room_load of room_new::CreateRoomPage;
        ROOM = room_view / room_load of room::RoomPage;
        ADD_MEMBERS = add_members_view / add_members_load of room_add::AddMembersPage;
        ROOM_SETTINGS = room_settings_view / room_settings_load of room_settings::RoomSettingsPage;
        ROOM_OWNER = room_owner_view / room_owner_load of room_owner::RoomOwnerPage;
        DELETE_ROOM = delete_room_view / delete_room_load of room_delete::DeleteRoomPage;
        MEETING = meeting_view / meeting_load of meeting::MeetingPage;
        SETTINGS = settings_view / settings_load of settings::SettingsPage;
    }
    classroom {
        CLASSROOM = classroom_view / classroom_load of classroom::ClassroomPage;
    }
    audit {
        AUDIT = audit_view / audit_load of audit::AuditPage;
    }
}
