-- The read side: what the journal says, one row per chat and one per message. All of it can be made again from the journal.

create table chat (
    chat_id uuid primary key,
    owner varchar not null,
    title varchar not null,
    model varchar not null,
    status varchar(32) not null,
    archived boolean not null,
    pinned boolean not null,
    labels varchar not null,
    queued_messages integer not null,
    version bigint not null,
    -- Up to which version chat_message is complete; behind version when writes came out of order or were lost.
    complete_version bigint not null,
    epoch bigint not null,
    runner_node varchar,
    error_kind varchar(64),
    error_text varchar,
    has_work boolean not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    -- Place in the order in which rows were written; see change_counter.
    changed bigint not null
);

create index chat_of_owner on chat (owner, archived, pinned desc, updated_at desc, chat_id desc);
create index chat_of_anyone on chat (archived, pinned desc, updated_at desc, chat_id desc);
create index chat_of_status on chat (owner, status, archived, pinned desc, updated_at desc, chat_id desc);
create index chat_of_anyone_status on chat (status, archived, pinned desc, updated_at desc, chat_id desc);
create index chat_with_work on chat (has_work, chat_id);
create unique index chat_changed on chat (changed);
create index chat_changed_of_owner on chat (owner, changed);

create table chat_label (
    chat_id uuid not null references chat (chat_id) on delete cascade,
    label_key varchar not null,
    label_value varchar not null,
    primary key (chat_id, label_key)
);

create index chat_label_value on chat_label (label_key, label_value, chat_id);

create table chat_message (
    chat_id uuid not null references chat (chat_id) on delete cascade,
    number bigint not null,
    role varchar(32) not null,
    text varchar not null,
    created_at timestamp with time zone not null,
    primary key (chat_id, number)
);

-- The newest value of chat.changed. Whoever writes chats updates this row first and so holds its lock until the commit:
-- writers take turns, numbers become visible in their order, and a reader that has seen one has seen all before it.
create table change_counter (
    id integer primary key check (id = 1),
    newest bigint not null
);

insert into change_counter (id, newest) values (1, 0);

-- Up to which ordering of event_journal the rows above are known to be complete.
create table sweep_mark (
    id integer primary key check (id = 1),
    ordering bigint not null
);

insert into sweep_mark (id, ordering) values (1, 0);
