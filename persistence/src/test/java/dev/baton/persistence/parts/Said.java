package dev.baton.persistence.parts;

import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What tests have models say. */
final class Said {
    static final PartSettings SETTINGS = PartSettings.from(ConfigFactory.parseMap(Map.of(
                    "baton.parts.retry.min", "1ms",
                    "baton.parts.retry.max", "2ms"))
            .withFallback(ConfigFactory.load()));

    static final EpisodeKey KEY = key(1, 5, 1);

    private Said() {}

    static EpisodeKey key(int chat, long historyVersion, int attempt) {
        return new EpisodeKey(new ChatId(new UUID(0, chat)), historyVersion, attempt);
    }

    static List<Part> words(String... words) {
        return Stream.of(words).<Part>map(Part.Text::new).toList();
    }

    static Chunk chunk(int number, long firstSeq, String... words) {
        return chunk(KEY, number, firstSeq, words);
    }

    static Chunk chunk(EpisodeKey key, int number, long firstSeq, String... words) {
        return new Chunk(key, number, 1, firstSeq, words(words), null, false);
    }

    static Chunk withTold(Chunk chunk, Told told) {
        return new Chunk(
                chunk.key(), chunk.number(), chunk.epoch(), chunk.firstSeq(), chunk.parts(), told, chunk.ahead());
    }

    static Told at(String position) {
        return new Told(position, Usage.NONE, new Usage(3, 2, 1, 0), null);
    }

    /** What comes within the time that any test may take. */
    static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
