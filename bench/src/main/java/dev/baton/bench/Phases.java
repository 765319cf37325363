package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the nodes that stay say, in their logs, that they have done what leads from a signal to the chats' going on. */
final class Phases {
    /** The flags that make nodes say so much. */
    static final List<String> LOG_MORE = List.of("-DBATON_LOG_ROOT_LEVEL=INFO");

    private static final Pattern LINE = Pattern.compile("(\\d{2}:\\d{2}:\\d{2}\\.\\d{3}) .*");
    private static final Duration MIDNIGHT = Duration.ofHours(24);

    /** The steps, in their order. A step that every node takes counts when the last has. */
    enum Step {
        NOTICED("dead process noticed, by the last node", " is proved dead: ", true),
        UNREACHABLE("unreachable, for the last node", "Marking node as UNREACHABLE", true),
        REMOVED("removed from the membership", "Leader is removing ", false),
        SWEEPER("sweeper started, where it had died", "Singleton manager starting singleton actor", false),
        FOUND("chats found that nobody runs", "chats have work and no runner that lives", false);

        private final String shown;
        private final String text;
        private final boolean last;

        Step(String shown, String text, boolean last) {
            this.shown = shown;
            this.text = text;
            this.last = last;
        }

        String shown() {
            return shown;
        }
    }

    private final Clock clock;
    private final Map<Path, Long> from = new HashMap<>();
    private LocalTime signal = LocalTime.MIN;
    private final Map<Step, List<Duration>> times = new EnumMap<>(Step.class);

    Phases(Clock clock) {
        this.clock = clock;
    }

    /** The signal is sent now; what stands in the logs of {@code staying} was before it. */
    void signalled(List<LocalNode> staying) {
        from.clear();
        for (LocalNode node : staying) {
            from.put(node.log(), node.log().toFile().length());
        }
        signal = LocalDateTime.now(clock).toLocalTime();
    }

    /** Reads what the nodes have written since the signal. */
    void collect() {
        for (Step step : Step.values()) {
            var seen = new ArrayList<Duration>();
            from.forEach((log, start) -> since(log, start, step).ifPresent(seen::add));
            if (!seen.isEmpty()) {
                seen.sort(null);
                times.computeIfAbsent(step, any -> new ArrayList<>())
                        .add(step.last ? seen.get(seen.size() - 1) : seen.get(0));
            }
        }
    }

    void print(Report report) {
        times.forEach((step, durations) -> report.times("  by the logs: " + step.shown(), durations));
    }

    private Optional<Duration> since(Path log, long start, Step step) {
        for (String line : lines(log, start)) {
            Matcher matcher = LINE.matcher(line);
            if (line.contains(step.text) && matcher.matches()) {
                Duration since = Duration.between(signal, LocalTime.parse(matcher.group(1)));
                return Optional.of(since.isNegative() && since.toHours() < -1 ? since.plus(MIDNIGHT) : since);
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(Path log, long start) {
        try {
            byte[] all = Files.readAllBytes(log);
            int first = (int) Math.min(start, all.length);
            return new String(all, first, all.length - first, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
