-- Teachers see the rooms in which they are Host: few of all in which somebody is a member, so the index
-- holds only those.
CREATE INDEX members_who_host ON members (user_id, room_id) WHERE permission = 0;
