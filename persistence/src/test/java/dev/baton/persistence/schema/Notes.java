package dev.baton.persistence.schema;

import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;

/** The least there is to persist: every text it is told. */
final class Notes extends EventSourcedBehavior<String, String, Integer> {

    private Notes(String id) {
        super(PersistenceId.of("Note", id));
    }

    static Behavior<String> create(String id) {
        return new Notes(id);
    }

    @Override
    public Integer emptyState() {
        return 0;
    }

    @Override
    public CommandHandler<String, String, Integer> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onAnyCommand((count, text) -> Effect().persist(text));
    }

    @Override
    public EventHandler<Integer, String> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent((count, text) -> count + 1);
    }
}
