-- What went on elsewhere, once for each epoch that began on another node. Written behind the journal, for operators; a crash
-- may lose the last few.

create table runner_move (
    chat_id uuid not null,
    epoch bigint not null,
    from_node varchar not null,
    to_node varchar not null,
    cause varchar(32) not null,
    moved_at timestamp with time zone not null,
    -- How long nobody had the chat; null when nobody saw it begin.
    pause_ms bigint,
    primary key (chat_id, epoch)
);

create index runner_move_newest on runner_move (moved_at desc, chat_id desc, epoch desc);
