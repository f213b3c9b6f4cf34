-- The audit log has a page of its own: what an entry is about, and an index for whatever it can be
-- filtered by. Each index begins with what is asked for and goes on in the order of the page, the latest
-- first, so that any filter reads a few ranges, in order.

-- kind: 0 users, 1 groups, 2 rooms, 3 members, 4 signing in, 5 settings, 6 refused, 7 the server itself.
ALTER TABLE audit ADD COLUMN kind SMALLINT NOT NULL DEFAULT 7;
UPDATE audit SET kind = CASE
    WHEN action LIKE 'user.%' THEN 0
    WHEN action LIKE 'group.%' THEN 1
    WHEN action LIKE 'room.members.%' THEN 3
    WHEN action LIKE 'room.%' THEN 2
    WHEN action LIKE 'authn_%' OR action LIKE 'session%' OR action LIKE 'password.%' THEN 4
    WHEN action LIKE 'settings.%' THEN 5
    ELSE 7
END;

-- Who did it, where that isn't who it was done to: what somebody did and what was done to them are read
-- together, and what they did to themselves comes once. Then both of them together with the room.
ALTER TABLE audit ADD COLUMN doer TEXT GENERATED ALWAYS AS
    (CASE WHEN user_id IS NULL OR user_id <> actor THEN actor END) VIRTUAL;
ALTER TABLE audit ADD COLUMN user_in_room TEXT GENERATED ALWAYS AS (room_id || ' ' || user_id) VIRTUAL;
ALTER TABLE audit ADD COLUMN doer_in_room TEXT GENERATED ALWAYS AS (room_id || ' ' || doer) VIRTUAL;

DROP INDEX audit_by_user;
DROP INDEX audit_by_room;
CREATE INDEX audit_by_user ON audit (user_id, kind, at) WHERE user_id IS NOT NULL;
CREATE INDEX audit_by_doer ON audit (doer, kind, at) WHERE doer IS NOT NULL;
CREATE INDEX audit_by_room ON audit (room_id, kind, at) WHERE room_id IS NOT NULL;
CREATE INDEX audit_by_user_in_room ON audit (user_in_room, kind, at) WHERE user_in_room IS NOT NULL;
CREATE INDEX audit_by_doer_in_room ON audit (doer_in_room, kind, at) WHERE doer_in_room IS NOT NULL;
CREATE INDEX audit_by_address ON audit (address, kind, at) WHERE address IS NOT NULL;
CREATE INDEX audit_by_request ON audit (request_id, kind, at) WHERE request_id IS NOT NULL;
-- True of all; only whoever says it is led here. SQLite would take this index, the narrowest, for the
-- others' questions as well, which name a kind too.
CREATE INDEX audit_by_kind ON audit (kind, at) WHERE kind >= 0;

-- The log is only ever added to. What was noted is never changed, and deleted only where it is older than
-- the school keeps it: before that moment, which the application writes in the transaction that
-- deletes. This is against mistakes; whoever holds the file can do with it what they like.
CREATE TABLE audit_kept (
    id      INTEGER NOT NULL PRIMARY KEY,
    from_at BIGINT  NOT NULL
);
INSERT INTO audit_kept (id, from_at) VALUES (1, 0);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at >= (SELECT from_at FROM audit_kept WHERE id = 1)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept for as long as the settings say');
END;
