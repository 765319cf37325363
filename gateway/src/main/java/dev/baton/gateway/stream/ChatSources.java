package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.journal.ChatJournal;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;

/** What a chat's stream is fed from. */
public record ChatSources(
        Chats chats,
        ChatJournal journal,
        ActorRef<PartBuffer.Command> parts,
        ActorRef<RunnerSupervisor.Command> supervisor) {}
