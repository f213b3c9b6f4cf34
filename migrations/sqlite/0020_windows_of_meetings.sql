-- From when on Guests could enter the room of a meeting, as it was when that ended: what is edited later makes
-- nobody late. NULL where the room had no window, and until then.
ALTER TABLE meetings ADD COLUMN opens BIGINT;
UPDATE meetings SET opens = (SELECT r.opens FROM rooms r WHERE r.id = meetings.room_id) WHERE ended_at IS NOT NULL;
