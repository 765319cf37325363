-- The nodes that stand on this database, so that they find each other without being told. Times are by its clock.

create table node (
    -- Where other nodes reach it. One life at a time: the next at the same address takes the row over.
    address varchar primary key,
    uid varchar not null,
    -- Where clients reach it; null until it takes requests.
    http_url varchar,
    death_port integer not null,
    -- joining, up or leaving.
    state varchar not null,
    started_at timestamp with time zone not null,
    seen_at timestamp with time zone not null
);

-- One row: who formed the newest cluster. The number grows with each, so that of several nodes that would form one, one
-- does, and the others join it.
create table formation (
    id integer primary key check (id = 1),
    number bigint not null,
    address varchar,
    uid varchar,
    formed_at timestamp with time zone
);

insert into formation (id, number) values (1, 0);
