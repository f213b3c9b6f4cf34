-- The one-time links by which people set their password: an Admin makes one and hands it over. One at
-- most for each user, since a newer one takes the place of any before. Only the hash of the link's
-- secret is kept. Whether it can be used is asked when it is: by then it may be too old, and its user
-- deactivated or without a console role.
CREATE TABLE password_links (
    user_id     BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret_hash BLOB   NOT NULL UNIQUE,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
) WITHOUT ROWID;
