-- What happened to one user and in one room is read from the audit log, newest first.
CREATE INDEX audit_by_user ON audit (user_id, id);
CREATE INDEX audit_by_room ON audit (room_id, id);

-- The rooms of one user are read newest first: those they own here, the others by members_by_user.
CREATE INDEX rooms_by_owner_number ON rooms (owner, id);

-- The User IDs of deleted users, as they were typed and folded: none is ever given again.
CREATE TABLE former_users (
    user_id_key TEXT   NOT NULL PRIMARY KEY,
    user_id     TEXT   NOT NULL,
    deleted_at  BIGINT NOT NULL
) WITHOUT ROWID;
