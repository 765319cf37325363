package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ChatEvent;
import dev.baton.client.Listener;
import java.util.Optional;

/** A client that stays on its chat from its first event to the end of the benchmark. */
record Watching(Witness witness, Report report) implements Listener {

    static void follow(BatonClient client, Witness witness, Report report) {
        client.follow(witness.chat(), witness.cursor(), new Watching(witness, report));
    }

    @Override
    public void event(ChatEvent event) {
        witness.event(event);
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        failure.ifPresent(
                thrown -> report.fault("chat %s: a client gave up with %s".formatted(witness.chat(), thrown)));
    }
}
