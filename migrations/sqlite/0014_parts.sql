-- Search by any part, in one table for each kind of thing: each row files one thing under its folded
-- text from one place in it on, so that whatever holds a term has a row that starts with it.
-- place: 0 the start of a word, 1 inside one. As before they refer to nothing.
--
-- `…_words` and `…_trigrams` are what an earlier version filed things in. The trigrams of a whole name
-- are all common ones, and finding it took as long as reading where each of them is. The application
-- files everything anew, since it takes folding, and then drops them.
CREATE TABLE user_parts (
    place   SMALLINT NOT NULL,
    part    TEXT     NOT NULL,
    user_id BIGINT   NOT NULL,
    PRIMARY KEY (place, part, user_id)
) WITHOUT ROWID;
CREATE TABLE group_parts (
    place    SMALLINT NOT NULL,
    part     TEXT     NOT NULL,
    group_id BIGINT   NOT NULL,
    PRIMARY KEY (place, part, group_id)
) WITHOUT ROWID;
CREATE TABLE room_parts (
    place   SMALLINT NOT NULL,
    part    TEXT     NOT NULL,
    room_id BIGINT   NOT NULL,
    PRIMARY KEY (place, part, room_id)
) WITHOUT ROWID;
