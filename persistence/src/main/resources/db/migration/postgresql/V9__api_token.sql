-- Who may send requests. A token itself is nowhere: it was shown once, to whoever had it made.

create table api_token (
    id uuid primary key,
    name varchar not null,
    role varchar not null,
    owner varchar not null,
    -- SHA-256 of the token, in hexadecimal digits.
    hash varchar not null unique,
    created_by varchar not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    -- To the minute or so.
    last_used_at timestamp with time zone
);

create index api_token_created_at on api_token (created_at, id);
create index api_token_revoked_at on api_token (revoked_at);
