package dev.baton.gateway.stream;

import dev.baton.persistence.journal.ChatJournal;
import dev.baton.persistence.journal.Chats;

/** What streams are fed from. */
public record ChatSources(Chats chats, ChatJournal journal, ChatList list, RunnerNodes runners) {}
