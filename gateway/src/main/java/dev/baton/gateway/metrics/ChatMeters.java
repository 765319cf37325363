package dev.baton.gateway.metrics;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.journal.CommitListener;
import dev.baton.persistence.view.RunnerMove;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Moves, and writes that a fence refused. */
public final class ChatMeters implements CommitListener {
    static final String REJECTED = "baton.epochs.rejected";
    static final String REJECTED_TEXT =
            "Writes that were refused because their epoch, history version or event number was over:"
                    + " by the chat, or by the journal when two nodes disagreed.";

    private static final Duration[] PAUSES = Stream.of(
                    50, 100, 150, 250, 500, 800, 1_000, 1_500, 2_500, 4_000, 6_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<Move.Cause, Timer> pauses = new EnumMap<>(Move.Cause.class);
    private final Map<Move.Cause, Counter> moves = new EnumMap<>(Move.Cause.class);
    private final Counter rejected;

    public ChatMeters(MeterRegistry registry) {
        for (Move.Cause cause : Move.Cause.values()) {
            String name = cause.name().toLowerCase(Locale.ROOT);
            pauses.put(
                    cause,
                    Timer.builder("baton.chat.takeover")
                            .tag("cause", name)
                            .description("How long nobody had a chat that went on elsewhere, where that was seen.")
                            .serviceLevelObjectives(PAUSES)
                            .register(registry));
            moves.put(
                    cause,
                    Counter.builder("baton.chat.moves")
                            .tag("cause", name)
                            .description("Chats that went on elsewhere, whether the pause was seen or not.")
                            .register(registry));
        }
        rejected = Counter.builder(REJECTED)
                .tag("by", "chat")
                .description(REJECTED_TEXT)
                .register(registry);
    }

    /** A chat went on elsewhere. */
    public void moved(RunnerMove move) {
        Counter count = moves.get(move.cause());
        Timer pauses = this.pauses.get(move.cause());
        if (count != null) {
            count.increment();
        }
        if (pauses != null && move.pause() != null) {
            pauses.record(move.pause());
        }
    }

    @Override
    public void fenced(ChatState state) {
        rejected.increment();
    }

    @Override
    public void committed(ChatState state, List<ChatEvent> events) {}

    @Override
    public void announced(ChatState state) {}
}
