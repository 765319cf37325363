package dev.baton.runner.model;

/** What a call is made for: the history that is to be answered, which try at it this is, and by whose epoch. */
public record Attempt(long historyVersion, int number, long epoch) {}
