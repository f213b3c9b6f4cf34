-- What limits a room; NULL where nothing does. capacity: how many may be in at once. time_limit: after how
-- many minutes a meeting ends. It may be entered from `opens` on, and until `closes`.
ALTER TABLE rooms ADD COLUMN capacity BIGINT;
ALTER TABLE rooms ADD COLUMN time_limit BIGINT;
ALTER TABLE rooms ADD COLUMN opens BIGINT;
ALTER TABLE rooms ADD COLUMN closes BIGINT;

-- Is anybody but the owner Host in a room? Most members aren't, so the index holds only Hosts.
CREATE INDEX members_who_are_hosts ON members (room_id) WHERE permission = 0;
