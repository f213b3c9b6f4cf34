-- Rollcall's first tables: who exists, which rooms there are, who may enter them, who may sign in,
-- and what was done by whom.
--
-- Kept to what SQLite and PostgreSQL share: TEXT, BIGINT (moments in microseconds UTC), SMALLINT
-- (flags and enums) and BLOB. Text is compared byte by byte; what is to be compared otherwise stands
-- folded in a column of its own (`…_key`), written by the application.

-- Users. `user_id_key` is the User ID under Unicode case folding; `nickname_key` is folded for sorting.
-- permission: 0 Host, 1 Guest, 2 Monitoring. role: 0 none, 1 Teacher, 2 Admin. status: 0 active,
-- 1 deactivated. `image` is the file name of the profile image. `password` is a PHC string.
CREATE TABLE users (
    id           INTEGER  NOT NULL PRIMARY KEY,
    user_id      TEXT     NOT NULL,
    user_id_key  TEXT     NOT NULL UNIQUE,
    nickname     TEXT     NOT NULL,
    nickname_key TEXT     NOT NULL,
    image        TEXT,
    permission   SMALLINT NOT NULL,
    role         SMALLINT NOT NULL,
    status       SMALLINT NOT NULL,
    password     TEXT,
    created_at   BIGINT   NOT NULL,
    changed_at   BIGINT   NOT NULL
);
-- The users list is read in this order.
CREATE INDEX users_by_nickname ON users (nickname_key, id);
-- Asked whenever an image is swept or served; most users have none.
CREATE INDEX users_by_image ON users (image) WHERE image IS NOT NULL;
-- Is there an Admin left? Few rows, so the index holds only those with a role.
CREATE INDEX users_by_role ON users (role, status) WHERE role > 0;

-- Groups are unique without regard to case and accents.
CREATE TABLE groups (
    id       INTEGER NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    name_key TEXT    NOT NULL UNIQUE,
    -- Kept by the application in the transaction that changes it, so that nothing counts rows.
    size     BIGINT  NOT NULL
);
CREATE TABLE group_users (
    group_id BIGINT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX group_users_by_user ON group_users (user_id, group_id);

-- Rooms. `public_id` is what addresses show. type: 0 private, 1 public, 2 open. state: 0 open, 1 ended.
-- `members` is kept in the transaction that changes the members.
CREATE TABLE rooms (
    id         INTEGER  NOT NULL PRIMARY KEY,
    public_id  TEXT     NOT NULL UNIQUE,
    name       TEXT     NOT NULL,
    name_key   TEXT     NOT NULL,
    type       SMALLINT NOT NULL,
    state      SMALLINT NOT NULL,
    owner      BIGINT   NOT NULL REFERENCES users (id),
    members    BIGINT   NOT NULL,
    created_at BIGINT   NOT NULL,
    changed_at BIGINT   NOT NULL
);
CREATE INDEX rooms_by_name ON rooms (name_key, id);
CREATE INDEX rooms_by_owner ON rooms (owner, name_key, id);

-- The users specified for a room; the owner is not among them. `nickname_key` repeats the user's, so
-- that a long list of members is read in order; it is written when either side changes.
CREATE TABLE members (
    room_id      BIGINT   NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id      BIGINT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    nickname_key TEXT     NOT NULL,
    permission   SMALLINT NOT NULL,
    created_at   BIGINT   NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;
CREATE INDEX members_by_nickname ON members (room_id, nickname_key, user_id);
CREATE INDEX members_by_user ON members (user_id, room_id);

-- Search by word starts: each row files one thing under the folded text from one of its word starts.
-- The application takes rows out as it puts them in. They refer to nothing: a foreign key would look
-- its table up for every word, and look through all words when a thing is deleted.
CREATE TABLE user_words (
    word    TEXT   NOT NULL,
    user_id BIGINT NOT NULL,
    PRIMARY KEY (word, user_id)
) WITHOUT ROWID;
CREATE TABLE group_words (
    word     TEXT   NOT NULL,
    group_id BIGINT NOT NULL,
    PRIMARY KEY (word, group_id)
) WITHOUT ROWID;
CREATE TABLE room_words (
    word    TEXT   NOT NULL,
    room_id BIGINT NOT NULL,
    PRIMARY KEY (word, room_id)
) WITHOUT ROWID;

-- Search by any part of three characters or more. The rowid is the thing's id; the text is not kept.
CREATE VIRTUAL TABLE user_trigrams USING fts5
    (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE group_trigrams USING fts5
    (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE room_trigrams USING fts5
    (text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');

-- Totals that lists show, kept in the transaction that changes them: 'users', 'active_users', 'rooms'.
CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('users', 0), ('active_users', 0), ('rooms', 0);

-- Who is signed in where. Only the hash of the cookie's secret is kept.
CREATE TABLE sessions (
    secret_hash  BLOB   NOT NULL PRIMARY KEY,
    user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    address      TEXT   NOT NULL,
    browser      TEXT   NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (last_seen_at);

-- The one-time link by which the first Admin is made: at most one row.
CREATE TABLE setup_links (
    id          INTEGER NOT NULL PRIMARY KEY,
    secret_hash BLOB    NOT NULL,
    expires_at  BIGINT  NOT NULL
);

-- What was done, and what was refused. Append-only; written in the transaction of the change. People
-- and rooms stand here as text, since the log outlives them.
CREATE TABLE audit (
    id         INTEGER NOT NULL PRIMARY KEY,
    at         BIGINT  NOT NULL,
    actor      TEXT,
    action     TEXT    NOT NULL,
    user_id    TEXT,
    room_id    TEXT,
    detail     TEXT    NOT NULL,
    request_id TEXT,
    address    TEXT
);
