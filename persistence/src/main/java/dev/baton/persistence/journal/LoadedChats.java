package dev.baton.persistence.journal;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a chat from its start to its end. */
final class LoadedChats extends BehaviorInterceptor<Chat.Command, Chat.Command> {
    private final AtomicInteger count;

    LoadedChats(AtomicInteger count) {
        super(Chat.Command.class);
        this.count = count;
    }

    @Override
    public Behavior<Chat.Command> aroundStart(
            TypedActorContext<Chat.Command> context, PreStartTarget<Chat.Command> target) {
        count.incrementAndGet();
        return target.start(context);
    }

    @Override
    public Behavior<Chat.Command> aroundReceive(
            TypedActorContext<Chat.Command> context, Chat.Command command, ReceiveTarget<Chat.Command> target) {
        return target.apply(context, command);
    }

    @Override
    public Behavior<Chat.Command> aroundSignal(
            TypedActorContext<Chat.Command> context, Signal signal, SignalTarget<Chat.Command> target) {
        if (signal instanceof PostStop) {
            count.decrementAndGet();
        }
        return target.apply(context, signal);
    }
}
