package dev.baton.gateway.http;

/** Who may ask for something. */
enum Access {
    /** No token is looked at. */
    EVERYBODY,
    USERS,
    OPERATORS
}
