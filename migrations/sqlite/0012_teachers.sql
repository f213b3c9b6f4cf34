-- Teachers see the rooms in which they are Host: few of all in which somebody is a member, so the index
-- holds only those.
CREATE INDEX members_who_host ON members (user_id, room_id) WHERE permission = 0;

-- What limits each Teacher; NULL where nothing does: the rooms they own, the users they specify for a room,
-- how many may be in one of their rooms at once.
ALTER TABLE settings ADD COLUMN teacher_rooms BIGINT;
ALTER TABLE settings ADD COLUMN teacher_members BIGINT;
ALTER TABLE settings ADD COLUMN teacher_capacity BIGINT;
