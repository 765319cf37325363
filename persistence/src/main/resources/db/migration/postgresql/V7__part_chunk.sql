-- What models have said and is not committed yet: one row for each write of an episode, deleted when its step is committed.
-- Rows come and go all the time, so they are cleaned up after by their number, not by their share.

create table part_chunk (
    chat_id uuid not null,
    history_version bigint not null,
    attempt integer not null,
    -- 1, 2, 3 ... Who writes takes the next one; who finds it taken is no longer the writer of this episode.
    chunk integer not null,
    epoch bigint not null,
    -- The seq of the first part, or of the next one where there are none; 0 where the row only takes its number.
    first_seq bigint not null,
    part_count integer not null,
    parts text not null,
    -- What the provider told besides its words; null when nothing new.
    told text,
    -- Whether people may have been shown more than stands here.
    ahead boolean not null,
    written_at timestamp with time zone not null,
    primary key (chat_id, history_version, attempt, chunk)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
