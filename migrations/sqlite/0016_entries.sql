-- Entries: who may connect to a room from which browser. Made when somebody presses Enter, never by opening a
-- link. One cookie names the browser; only its hash is kept. An entry comes by a link, of that generation, or by a
-- session of the console, and ends with it. Somebody Rollcall doesn't know has neither user nor session: guest
-- tells them from others, at random and never given again, and guest_name is what they typed.
-- A number is never given again: connections go by it. intent: 0 own, 1 observe, 2 host. admitted_at: when a Host let in somebody who had to wait for that.
CREATE TABLE entries (
    id           INTEGER  NOT NULL PRIMARY KEY AUTOINCREMENT,
    browser_hash BLOB     NOT NULL,
    room_id      BIGINT   NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id      BIGINT   REFERENCES users (id) ON DELETE CASCADE,
    guest        TEXT     UNIQUE,
    guest_name   TEXT,
    link_id      BIGINT   REFERENCES entry_links (id) ON DELETE CASCADE,
    generation   BIGINT,
    session_hash BLOB     REFERENCES sessions (secret_hash) ON DELETE CASCADE,
    intent       SMALLINT NOT NULL,
    admitted_at  BIGINT,
    made_at      BIGINT   NOT NULL,
    used_at      BIGINT   NOT NULL
);
CREATE UNIQUE INDEX entries_of_browser ON entries (browser_hash, room_id);
CREATE INDEX entries_in_room_by_user ON entries (room_id, user_id);
CREATE INDEX entries_by_user ON entries (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX entries_by_link ON entries (link_id) WHERE link_id IS NOT NULL;
CREATE INDEX entries_by_session ON entries (session_hash) WHERE session_hash IS NOT NULL;
CREATE INDEX entries_by_age ON entries (used_at);

-- Bans from one room. A user is banned by identity. Of somebody unknown only the name is kept, for the list: what
-- keeps them out is that their entry is gone, the shared link renewed, and newcomers wait. Nor is a number of these
-- given again: whoever lifts a ban names it.
CREATE TABLE bans (
    id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id   BIGINT  NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id   BIGINT  REFERENCES users (id) ON DELETE CASCADE,
    nickname  TEXT    NOT NULL,
    banned_at BIGINT  NOT NULL,
    banned_by TEXT    NOT NULL
);
-- One for each user. Those of people without one differ for an index.
CREATE UNIQUE INDEX bans_of_room ON bans (room_id, user_id);
CREATE INDEX bans_in_order ON bans (room_id, banned_at, id);
CREATE INDEX bans_by_user ON bans (user_id) WHERE user_id IS NOT NULL;

-- 1 where people Rollcall doesn't know wait until a Host admits them.
ALTER TABLE rooms ADD COLUMN newcomers_wait SMALLINT NOT NULL DEFAULT 0;
