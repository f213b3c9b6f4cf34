-- Entry links: the address by which one user enters one room, and the one of an open or public room that all
-- may share (user_id is NULL). The secret in a link isn't kept: it is derived from the key file, public_id and
-- generation, so that a link can be shown again while the database alone reveals none. Renewing raises the
-- generation, and every earlier link is dead. A row is made when a link is first shown: members whose links
-- nobody wants cost nothing.
CREATE TABLE entry_links (
    id         INTEGER NOT NULL PRIMARY KEY,
    public_id  TEXT    NOT NULL UNIQUE,
    room_id    BIGINT  NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id    BIGINT  REFERENCES users (id) ON DELETE CASCADE,
    generation BIGINT  NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    made_at    BIGINT  NOT NULL
);
-- One for each user. Of those without a user, which differ for an index, there is one as well.
CREATE UNIQUE INDEX entry_links_of_room ON entry_links (room_id, user_id);
CREATE UNIQUE INDEX entry_links_shared ON entry_links (room_id) WHERE user_id IS NULL;
CREATE INDEX entry_links_by_user ON entry_links (user_id) WHERE user_id IS NOT NULL;

-- By which key the links were derived: a fingerprint of it. With another key file, every link that was handed
-- out is dead, and the server says so when it starts. At most one row.
CREATE TABLE link_key (
    id          INTEGER NOT NULL PRIMARY KEY,
    fingerprint BLOB    NOT NULL
);
