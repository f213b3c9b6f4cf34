-- Groups get pages: their lists are read in order, and how many there are is known without counting.

-- Who is in which group. `nickname_key` repeats the user's, so that a long list is read in order; it
-- is written when either side changes.
CREATE TABLE group_users_in_order (
    group_id     BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    nickname_key TEXT   NOT NULL,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
INSERT INTO group_users_in_order (group_id, user_id, nickname_key)
    SELECT gu.group_id, gu.user_id, u.nickname_key
    FROM group_users gu JOIN users u ON u.id = gu.user_id ORDER BY gu.group_id, gu.user_id;
DROP TABLE group_users;
ALTER TABLE group_users_in_order RENAME TO group_users;
CREATE INDEX group_users_by_user ON group_users (user_id, group_id);
CREATE INDEX group_users_by_nickname ON group_users (group_id, nickname_key, user_id);

-- How many groups there are.
INSERT INTO counters (name, value) SELECT 'groups', count(*) FROM groups;
