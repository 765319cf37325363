package dev.baton.bench;

/** What a cut does to the answer that clients were being shown. */
enum Expected {
    /** It goes on where it was: no client forgets anything. */
    CONTINUE,
    /** It begins again: each client that has seen some of it is told to forget that, once for each cut. */
    RESTART
}
