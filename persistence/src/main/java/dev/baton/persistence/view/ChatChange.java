package dev.baton.persistence.view;

/** A row as it was written; {@code number} grows with every row written anywhere, so it serves as a place to go on from. */
public record ChatChange(long number, ChatRow row) {}
