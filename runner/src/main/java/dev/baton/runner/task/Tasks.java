package dev.baton.runner.task;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.ChatCalls;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.TaskFactory;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.ModelClient;
import java.time.Clock;

/** The tasks of one node, with all they need. */
public final class Tasks implements TaskFactory {
    private final ChatCalls calls;
    private final ActorRef<PartBuffer.Command> parts;
    private final ModelClient model;
    private final DatabaseClock databaseClock;
    private final Clock clock;
    private final RunnerSettings settings;

    public Tasks(
            Chats chats,
            ActorRef<PartBuffer.Command> parts,
            ModelClient model,
            DatabaseClock databaseClock,
            Clock clock,
            RunnerSettings settings) {
        this.calls = new ChatCalls(chats, settings);
        this.parts = parts;
        this.model = model;
        this.databaseClock = databaseClock;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Behavior<?> generation(Work work) {
        return Generation.create(work, this);
    }

    @Override
    public Behavior<?> interrupt(Work work) {
        return Interrupt.create(work, this);
    }

    @Override
    public Behavior<?> actionTimeout(Work work) {
        return ActionTimeout.create(work, this);
    }

    @Override
    public Behavior<?> release(Work work) {
        return Release.create(work, this);
    }

    @Override
    public Behavior<?> handOver(Work work) {
        return HandOver.create(work, this);
    }

    ChatCalls calls() {
        return calls;
    }

    ActorRef<PartBuffer.Command> parts() {
        return parts;
    }

    ModelClient model() {
        return model;
    }

    DatabaseClock databaseClock() {
        return databaseClock;
    }

    Clock clock() {
        return clock;
    }

    RunnerSettings settings() {
        return settings;
    }
}
