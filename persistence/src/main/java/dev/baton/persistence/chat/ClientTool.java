package dev.baton.persistence.chat;

/** A tool that the client runs for the model. {@code inputSchema} is a JSON schema as text. */
public record ClientTool(String name, String description, String inputSchema) {}
