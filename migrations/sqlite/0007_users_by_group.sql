-- The list of users can be filtered by group, together with anything else that it is filtered by, in
-- each of its orders.

-- Who is in which group. The columns after the first two repeat the user's, so that any part of a long
-- list is read in order; they are written when either side changes.
CREATE TABLE group_users_of_kind (
    group_id     BIGINT   NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id      BIGINT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    nickname_key TEXT     NOT NULL,
    user_id_key  TEXT     NOT NULL,
    permission   SMALLINT NOT NULL,
    role         SMALLINT NOT NULL,
    status       SMALLINT NOT NULL,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
INSERT INTO group_users_of_kind
    (group_id, user_id, nickname_key, user_id_key, permission, role, status)
    SELECT gu.group_id, gu.user_id, u.nickname_key, u.user_id_key, u.permission, u.role, u.status
    FROM group_users gu JOIN users u ON u.id = gu.user_id ORDER BY gu.group_id, gu.user_id;
DROP TABLE group_users;
ALTER TABLE group_users_of_kind RENAME TO group_users;
CREATE INDEX group_users_by_user ON group_users (user_id, group_id);
CREATE INDEX group_users_by_nickname ON group_users (group_id, nickname_key, user_id);
CREATE INDEX group_users_of_kind_by_nickname
    ON group_users (group_id, permission, role, status, nickname_key, user_id);
CREATE INDEX group_users_of_kind_by_user_id
    ON group_users (group_id, permission, role, status, user_id_key, user_id);
CREATE INDEX group_users_of_kind ON group_users (group_id, permission, role, status, user_id);
