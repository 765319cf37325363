-- The ledger: one row for each call of a model, written before anything is sent to its provider, and ended once. A row that is
-- running is the promise that somebody ends it: the node that made it, or, when that life of the node is over, the one with the
-- sweeper.

create table model_call (
    call_id uuid not null primary key,
    owner varchar not null,
    -- The token that was presented; null for runners.
    token varchar,
    -- How the call came: chat for runners, else the name of the endpoint.
    door varchar(32) not null,
    chat_id uuid,
    history_version bigint,
    attempt integer,
    epoch bigint,
    -- What was asked for, and who was called.
    model varchar not null,
    provider varchar not null,
    target varchar not null,
    -- The life of the node that makes the call.
    node varchar not null,
    started_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    outcome varchar(16) not null,
    failure_kind varchar(64),
    failure_text varchar,
    -- Whether the provider told anything of what was used; all numbers are 0 where it did not.
    usage_known boolean not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cached_tokens bigint not null,
    cache_write_tokens bigint not null,
    reasoning_tokens bigint not null,
    -- Per million tokens; null where the model has no price. They and the cost never change once the call has ended.
    price_input numeric(20, 6),
    price_output numeric(20, 6),
    price_cached numeric(20, 6),
    price_cache_write numeric(20, 6),
    cost numeric(38, 12) not null,
    currency varchar(16) not null
);

create index model_call_newest on model_call (started_at desc, call_id desc);
create index model_call_owner on model_call (owner, started_at desc, call_id desc);
create index model_call_chat on model_call (chat_id, started_at desc, call_id desc);
create index model_call_running on model_call (node) where outcome = 'running';

-- What was asked and said in a call, as far as that is recorded.
create table model_call_record (
    call_id uuid not null,
    number integer not null,
    -- prompt, tool_call or reasoning
    kind varchar(16) not null,
    -- Of a tool call: the tool's name and the call's own id.
    name varchar,
    reference varchar,
    -- In characters, as long as it was; the content may be shorter, or null when contents are not recorded.
    length integer not null,
    content varchar,
    primary key (call_id, number)
);
