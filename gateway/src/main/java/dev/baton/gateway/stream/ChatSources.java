package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.journal.ChatJournal;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;

/** What streams are fed from. */
public record ChatSources(
        Chats chats,
        ChatJournal journal,
        ChatList list,
        ActorRef<PartBuffer.Command> parts,
        ActorRef<RunnerSupervisor.Command> supervisor) {}
