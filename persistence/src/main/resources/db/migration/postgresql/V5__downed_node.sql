-- Lives of nodes that are over by decision, whether their processes know it or not. A row is never taken back.

create table downed_node (
    address varchar not null,
    -- The incarnation, as an unsigned number.
    uid varchar not null,
    downed_at timestamp with time zone not null,
    primary key (address, uid)
);
