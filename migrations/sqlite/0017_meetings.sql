-- Meetings; number counts within the room. Until it has ended, a meeting's row is what a restart takes it up
-- from. seen_at: when it was last known to be going on, for what a loss of power leaves open. runs: how many
-- times a server took it up. ending: 0 by a Host, 1 empty, 2 time limit, 3 the room was ended. denied: what
-- Guests may not do, as bits. people, chat_lines: how many took part, and how much was said.
CREATE TABLE meetings (
    id           INTEGER  NOT NULL PRIMARY KEY,
    room_id      BIGINT   NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    number       BIGINT   NOT NULL,
    runs         BIGINT   NOT NULL,
    began_at     BIGINT   NOT NULL,
    seen_at      BIGINT   NOT NULL,
    ended_at     BIGINT,
    ending       SMALLINT,
    locked       SMALLINT NOT NULL,
    denied       BIGINT   NOT NULL,
    announcement TEXT,
    announced_by TEXT,
    announced_at BIGINT,
    people       BIGINT   NOT NULL,
    chat_lines   BIGINT   NOT NULL
);
CREATE UNIQUE INDEX meetings_of_room ON meetings (room_id, number);
-- At most one goes on in a room, and few go on at all.
CREATE UNIQUE INDEX meetings_open ON meetings (room_id) WHERE ended_at IS NULL;
-- By which those are found that are older than the school keeps.
CREATE INDEX meetings_by_age ON meetings (ended_at) WHERE ended_at IS NOT NULL;

-- Everybody who took part in a meeting, numbered in the order in which they first came. Observers never stand
-- here. A user is named by User ID, also once they are deleted (user_number is NULL then); somebody whom
-- Rollcall doesn't know by `guest`, the name that it gave them at random. nickname, image, office (0 none,
-- 1 Admin, 2 owner) and admitted are what the console says of them; given, granted and denied what a Host made
-- of them in this meeting. Permissions: 0 Host, 1 Guest. hand_at: since when their hand is raised.
CREATE TABLE participants (
    meeting_id  BIGINT   NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    number      BIGINT   NOT NULL,
    user_number BIGINT   REFERENCES users (id) ON DELETE SET NULL,
    user_id     TEXT,
    guest       TEXT,
    nickname    TEXT     NOT NULL,
    image       TEXT,
    office      SMALLINT NOT NULL,
    admitted    SMALLINT NOT NULL,
    given       TEXT,
    granted     SMALLINT,
    denied      BIGINT   NOT NULL,
    hand_at     BIGINT,
    PRIMARY KEY (meeting_id, number)
) WITHOUT ROWID;
CREATE INDEX participants_by_user ON participants (user_number, meeting_id) WHERE user_number IS NOT NULL;

-- Sessions: each stay of each participant. Who is back within a minute goes on with the same one. left_at is
-- NULL while they are in.
CREATE TABLE meeting_sessions (
    meeting_id  BIGINT NOT NULL,
    participant BIGINT NOT NULL,
    came_at     BIGINT NOT NULL,
    left_at     BIGINT,
    PRIMARY KEY (meeting_id, participant, came_at),
    FOREIGN KEY (meeting_id, participant) REFERENCES participants (meeting_id, number) ON DELETE CASCADE
) WITHOUT ROWID;

-- Members who were expected at a meeting and didn't come, as it was when it ended. Monitoring is expected at
-- none.
CREATE TABLE meeting_absent (
    meeting_id BIGINT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    user_id    TEXT   NOT NULL,
    nickname   TEXT   NOT NULL,
    PRIMARY KEY (meeting_id, user_id)
) WITHOUT ROWID;

-- Chat, for as long as its meeting goes on. nickname: the name that they had then. sent: the sender's own mark,
-- so that a line that is sent again after a break isn't said twice.
CREATE TABLE chat (
    meeting_id  BIGINT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
    number      BIGINT NOT NULL,
    said_at     BIGINT NOT NULL,
    participant BIGINT NOT NULL,
    nickname    TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    sent        TEXT   NOT NULL,
    PRIMARY KEY (meeting_id, number)
) WITHOUT ROWID;

-- How many meetings began in a room, and when the last did; when a user last entered a room.
ALTER TABLE rooms ADD COLUMN meetings BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN last_meeting BIGINT;
ALTER TABLE users ADD COLUMN last_entry BIGINT;
