-- Observations that go on, one for each user and room: what the audit log will say of them once they are over,
-- also where a loss of power ends them. seen_at: when they were last known to go on. A row is gone once the log
-- says for how long somebody observed. As in the log, user and room are named by what they are called.
CREATE TABLE observations (
    room_id  TEXT   NOT NULL,
    user_id  TEXT   NOT NULL,
    began_at BIGINT NOT NULL,
    seen_at  BIGINT NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;
CREATE INDEX observations_by_age ON observations (seen_at);
