package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What the simulated model says, word for word: it was asked once for each of a few seeds, all at once and while nothing
 * happened, and says the same whenever it is asked with that seed.
 */
final class KnownAnswers {
    private static final int SEEDS = 23;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Chats.Pace pace;
    private final List<String> texts;

    private KnownAnswers(Chats.Pace pace, List<String> texts) {
        this.pace = pace;
        this.texts = texts;
    }

    static KnownAnswers ask(Api api, Supplier<URI> nodes, Chats.Pace pace) {
        List<String> chats = Chats.ids(api, nodes, SEEDS);
        return new KnownAnswers(
                pace,
                api.all(IntStream.range(0, SEEDS)
                        .<Callable<String>>mapToObj(seed -> () -> answer(api, nodes, chats.get(seed), seed, pace))
                        .toList()));
    }

    private static String answer(Api api, Supplier<URI> nodes, String chat, int seed, Chats.Pace pace) {
        api.postPatiently(
                nodes,
                "/chats/" + chat + "/messages",
                JsonNodeFactory.instance.objectNode().put("content", wishes(seed, new Chats.Pace(pace.words(), 0))));
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() - end < 0) {
            JsonNode newest = api.get(nodes, "/chats/" + chat + "/messages?order=desc&limit=1")
                    .path("messages")
                    .path(0);
            if (newest.path("role").asText().equals("assistant")) {
                return Witness.text(newest);
            }
            Pauses.pause(Duration.ofMillis(50));
        }
        throw new BenchFailure("the model did not answer within " + LIMIT);
    }

    /** What to ask in a turn of a chat, both counted from 0; neighbours in either direction are asked something else. */
    String question(int chat, int turn) {
        return "turn " + (turn + 1) + " " + wishes(seed(chat, turn), pace);
    }

    String answer(int chat, int turn) {
        return texts.get(seed(chat, turn));
    }

    private static int seed(int chat, int turn) {
        return (chat * 7 + turn) % SEEDS;
    }

    private static String wishes(int seed, Chats.Pace pace) {
        return "seed=%d words=%d rate=%d".formatted(seed, pace.words(), pace.rate());
    }
}
