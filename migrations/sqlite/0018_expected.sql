-- How many members were expected at a meeting, and how many of them didn't come, as it was when it ended: who
-- is a member may change later. NULL until then.
ALTER TABLE meetings ADD COLUMN expected BIGINT;
ALTER TABLE meetings ADD COLUMN absent BIGINT;
