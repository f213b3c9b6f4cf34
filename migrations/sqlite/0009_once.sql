-- Forms that were carried out, so that one that is sent again makes nothing twice. `key` is the hash of
-- who sent it, of the page it was filled in on, and of all that stood in it. `location` is where its
-- answer led; missing in the moment between the act and its answer. Kept for a day.
CREATE TABLE sent_forms (
    key      BLOB   NOT NULL PRIMARY KEY,
    sent_at  BIGINT NOT NULL,
    location TEXT
) WITHOUT ROWID;
CREATE INDEX sent_forms_by_age ON sent_forms (sent_at);
