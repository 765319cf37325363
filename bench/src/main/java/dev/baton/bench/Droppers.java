package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ChatEvent;
import dev.baton.client.ChatStream;
import dev.baton.client.ClosedException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Clients that read for a moment, drop their connection, and come back later to any node with their cursor. */
record Droppers(int clients, int turns, Chats.Pace pace, Expected expected, PrintWriter out)
        implements Exactness.Trial {
    private static final int LONGEST_VISIT_MILLIS = 1000;
    private static final int LONGEST_ABSENCE_MILLIS = 500;
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    @Override
    public void run(ExactTurns exact, BatonClient client, Report report) {
        var visits = new AtomicLong();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            Witness witness = exact.witness(exact.chats().get(i % exact.chats().size()), expected);
            threads.add(new Thread(() -> visit(client, witness, visits, report), "dropper-" + i));
        }
        threads.forEach(Thread::start);
        try {
            for (int turn = 1; turn <= turns && !report.isFaulty(); turn++) {
                exact.begin();
                exact.awaitEnd(pace.answer(), report);
                out.println("turn %d: %d visits, %s".formatted(turn, visits.get(), exact.tally()));
                out.flush();
            }
        } finally {
            end(threads);
        }
        report.fact("%d visits by %d clients".formatted(visits.get(), clients));
    }

    private static void visit(BatonClient client, Witness witness, AtomicLong visits, Report report) {
        RandomGenerator random = RandomGenerator.getDefault();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                visits.incrementAndGet();
                try (ChatStream stream = client.stream(witness.chat(), witness.cursor())) {
                    read(stream, witness, Duration.ofMillis(random.nextInt(LONGEST_VISIT_MILLIS)));
                }
                Pauses.pause(Duration.ofMillis(random.nextInt(LONGEST_ABSENCE_MILLIS)));
            }
        } catch (InterruptedException | ClosedException | BenchFailure over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            report.fault("chat %s: a client gave up with %s".formatted(witness.chat(), failure));
        }
    }

    private static void read(ChatStream stream, Witness witness, Duration visit) throws InterruptedException {
        long end = System.nanoTime() + visit.toNanos();
        for (long left = visit.toNanos(); left > 0; left = end - System.nanoTime()) {
            Optional<ChatEvent> event = stream.next(Duration.ofNanos(left));
            event.ifPresent(witness::event);
        }
    }

    private static void end(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(END_LIMIT.toMillis());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", stop);
            }
        }
    }
}
