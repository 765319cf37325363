package dev.baton.persistence.ledger;

/** Which attempt of a chat a call is made for, and by whose epoch. */
public record CallAttempt(long historyVersion, int number, long epoch) {}
