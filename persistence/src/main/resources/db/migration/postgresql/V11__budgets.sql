-- Budgets as operators set them; what is spent of them is in the journal, in the account of the payer.

create table budget (
    -- owner or group
    kind varchar(16) not null,
    name varchar not null,
    -- day, month or total
    budget_window varchar(16) not null,
    -- In the ledger's currency; null where there is no limit.
    cost_limit numeric(38, 12),
    token_limit bigint,
    primary key (kind, name)
);

-- The owners of each group.
create table budget_member (
    kind varchar(16) not null,
    name varchar not null,
    owner varchar not null,
    primary key (kind, name, owner)
);
