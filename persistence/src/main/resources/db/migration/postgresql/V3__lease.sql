-- Who holds what, by the clock of this database. A row stays when its lease is released.

create table lease (
    name varchar primary key,
    -- Nobody's when null.
    owner varchar,
    -- The owner's own count of its acquisitions: what it sent for an earlier one and comes late does nothing.
    acquisition bigint not null,
    acquired_at timestamp with time zone not null,
    expires_at timestamp with time zone not null
);
