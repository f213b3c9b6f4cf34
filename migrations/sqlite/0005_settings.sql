-- What holds for the whole school: one row, written when the data folder is first opened. What is NULL
-- was left empty: the school has no name, the notice has its usual wording. `time_zone` is an IANA name.
-- retention: 0 a month, 1 a quarter, 2 a year, 3 two years, 4 five years, 5 for ever. language: 0 English,
-- 1 Korean.
CREATE TABLE settings (
    id         INTEGER  NOT NULL PRIMARY KEY,
    school     TEXT,
    time_zone  TEXT     NOT NULL,
    retention  SMALLINT NOT NULL,
    notice     TEXT,
    language   SMALLINT NOT NULL,
    changed_at BIGINT   NOT NULL
);

-- The log is kept for as long as the settings say; what is older is deleted, the oldest first.
CREATE INDEX audit_by_age ON audit (at);
