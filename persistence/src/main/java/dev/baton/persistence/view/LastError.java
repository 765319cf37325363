package dev.baton.persistence.view;

import dev.baton.persistence.chat.FailureKind;

/** Why the last turn failed, as a list shows it. */
public record LastError(FailureKind kind, String text) {}
