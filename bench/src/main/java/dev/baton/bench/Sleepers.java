package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ChatEvent;
import dev.baton.client.ChatStream;
import dev.baton.client.ClosedException;
import dev.baton.client.Listener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Clients that stop reading in the middle of one long turn and go on later; beside them one on each chat who reads all
 * the time, and whose gaps between two words are measured.
 */
record Sleepers(int clients, Duration sleep, Nodes nodes, Chats.Pace pace, Expected expected, PrintWriter out)
        implements Exactness.Trial {
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long MIB = 1024 * 1024;
    private static final long SEEN_FIRST = 20;

    @Override
    public void run(ExactTurns turns, BatonClient client, Report report) {
        var gaps = new Gaps();
        for (String chat : turns.chats()) {
            Witness witness = turns.witness(chat, expected);
            client.follow(chat, witness.cursor(), gaps.measured(new Watching(witness, report)));
        }
        for (int i = 0; i < clients; i++) {
            Witness witness = turns.witness(turns.chats().get(i % turns.chats().size()), expected);
            var thread = new Thread(() -> readAndSleep(client, witness, report), "sleeper-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        turns.begin();
        Pauses.pause(BEFORE);
        List<Duration> before = gaps.take();
        String memoryBefore = memory();
        report.times("gap between two words of who reads, before", before);
        List<Long> peak =
                new ArrayList<>(nodes.all().stream().map(Nodes::memory).toList());
        for (Duration slept = BEFORE; slept.compareTo(sleep) < 0; slept = slept.plus(LOOK)) {
            Pauses.pause(LOOK);
            for (int node = 0; node < peak.size(); node++) {
                peak.set(node, Math.max(peak.get(node), Nodes.memory(nodes.all().get(node))));
            }
        }
        report.times("gap between two words of who reads, while others sleep", gaps.take());
        report.fact("memory of the nodes: %s before; at most %s while %d slept"
                .formatted(memoryBefore, shown(peak), clients));
        turns.awaitEnd(pace.answer(), report);
        report.fact("memory of the nodes at the end: " + memory());
        out.println("the turn has ended");
        out.flush();
    }

    private void readAndSleep(BatonClient client, Witness witness, Report report) {
        try (ChatStream stream = client.stream(witness.chat(), witness.cursor())) {
            boolean slept = false;
            while (true) {
                witness.event(stream.next());
                if (!slept && witness.parts() >= SEEN_FIRST) {
                    slept = true;
                    Pauses.pause(sleep);
                }
            }
        } catch (InterruptedException | ClosedException over) {
            // The benchmark has ended.
        } catch (RuntimeException failure) {
            report.fault("chat %s: a client gave up with %s".formatted(witness.chat(), failure));
        }
    }

    private String memory() {
        return shown(nodes.all().stream().map(Nodes::memory).toList());
    }

    private static String shown(List<Long> bytes) {
        return bytes.stream()
                .map(each -> String.format(Locale.ROOT, "%d MiB", each / MIB))
                .collect(Collectors.joining(", "));
    }

    /** The times between two parts that one listener was told. */
    private static final class Gaps {
        private final Queue<Duration> gaps = new ConcurrentLinkedQueue<>();

        Watched measured(Watching watching) {
            return new Watched(watching, gaps);
        }

        List<Duration> take() {
            var taken = new ArrayList<Duration>();
            for (Duration gap = gaps.poll(); gap != null; gap = gaps.poll()) {
                taken.add(gap);
            }
            return taken;
        }
    }

    /** Tells on, and notes when. */
    private static final class Watched implements Listener {
        private final Watching watching;
        private final Queue<Duration> gaps;
        private long last = System.nanoTime();
        private boolean streaming;

        Watched(Watching watching, Queue<Duration> gaps) {
            this.watching = watching;
            this.gaps = gaps;
        }

        @Override
        public void event(ChatEvent event) {
            watching.event(event);
            boolean part = event.type().equals("message_part");
            long now = System.nanoTime();
            if (part && streaming) {
                gaps.add(Duration.ofNanos(now - last));
            }
            streaming = part;
            last = now;
        }
    }
}
