-- Where the answer to a form led is kept in memory: it is asked for within moments, if ever, and was a
-- second transaction for each form.
ALTER TABLE sent_forms DROP COLUMN location;
