-- Lists of some kinds of users and rooms. Each index begins with all that a list may be filtered by,
-- so that any filter reads a few ranges of it, in order.
CREATE INDEX users_of_kind_by_nickname ON users (permission, role, status, nickname_key, id);
CREATE INDEX users_of_kind_by_user_id ON users (permission, role, status, user_id_key, id);
CREATE INDEX users_of_kind ON users (permission, role, status, id);
CREATE INDEX rooms_of_kind_by_name ON rooms (type, state, name_key, id);
CREATE INDEX rooms_of_kind ON rooms (type, state, id);
