package dev.baton.client;

import static dev.baton.client.Answers.STREAM;
import static dev.baton.client.Answers.event;
import static dev.baton.client.Answers.json;
import static dev.baton.client.Answers.partsBehind;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Many streams from nodes that cut them anywhere, closed in the middle: each saw every part once and in order, and of
 * threads and sockets nothing is left. {@code -Dbaton.client.rounds=20} is the long run.
 */
class StressTest {
    private static final int ROUNDS = Integer.getInteger("baton.client.rounds", 2);
    private static final int STREAMS = 50;
    private static final int PARTS = 400;

    @Test
    void nothingIsLeftOfManyStreams() throws Exception {
        long sockets = Threads.sockets();
        for (int round = 1; round <= ROUNDS; round++) {
            round(round);
            assertThat(Threads.ofClients()).as("threads after round %d", round).isEmpty();
            assertThat(Threads.sockets()).as("sockets after round %d", round).isEqualTo(sockets);
        }
    }

    private static void round(int round) throws Exception {
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        var some = new CountDownLatch(STREAMS * PARTS / 4);
        try (var one = new ScriptedNode(StressTest::serve);
                var other = new ScriptedNode(StressTest::serve)) {
            var client = Clients.of(one, other);
            var followed = new ArrayList<Following>();
            var seen = new int[STREAMS];
            for (int i = 0; i < STREAMS; i++) {
                int stream = i;
                followed.add(client.follow("c" + i, "", event -> {
                    if (event.data().path("seq").asInt() != seen[stream] + 1) {
                        faults.add("stream %d got %s after part %d".formatted(stream, event, seen[stream]));
                    }
                    seen[stream]++;
                    some.countDown();
                }));
            }
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            close(client, followed);
        }
        assertThat(faults).as("round %d", round).isEmpty();
    }

    /** Some streams by themselves, the client by two threads at once, while others still come in. */
    private static void close(BatonClient client, List<Following> followed) throws InterruptedException {
        List<Threads.Running> closers = List.of(
                Threads.start(() -> followed.subList(0, STREAMS / 2).forEach(Following::close)),
                Threads.start(client::close),
                Threads.start(() -> {
                    try {
                        while (true) {
                            client.follow("late", "", event -> {});
                        }
                    } catch (ClosedException refused) {
                        client.close();
                    }
                }));
        for (Threads.Running closer : closers) {
            closer.join();
        }
        client.close();
    }

    /** A few parts behind the cursor, cut at any byte; sometimes it sends away or refuses instead. */
    private static void serve(ScriptedNode.Call call) throws IOException {
        String cursor = call.header("Last-Event-ID");
        int dice = ThreadLocalRandom.current().nextInt(10);
        if (dice == 0) {
            call.say(json("503 Service Unavailable", "{}"));
        } else if (dice == 1) {
            call.say(STREAM + event(cursor, "reconnect", ",\"delay_ms\":1"));
        } else {
            byte[] all = (STREAM + partsBehind(cursor, PARTS)).getBytes(StandardCharsets.UTF_8);
            boolean last = all.length < STREAM.length() + 5000;
            call.out()
                    .write(
                            last
                                    ? all
                                    : Arrays.copyOf(
                                            all, ThreadLocalRandom.current().nextInt(5000)));
            if (last) {
                call.out().flush();
                call.hold();
            }
        }
    }
}
