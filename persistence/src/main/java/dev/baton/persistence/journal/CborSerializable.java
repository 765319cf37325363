package dev.baton.persistence.journal;

/** Marks what crosses nodes; it is sent as CBOR by Jackson. */
public interface CborSerializable {}
