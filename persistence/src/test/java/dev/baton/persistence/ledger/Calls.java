package dev.baton.persistence.ledger;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls as tests make them. */
final class Calls {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:1#1");
    static final NodeId DEAD = new NodeId("akka://baton@127.0.0.1:1#2");
    static final ChatId CHAT = new ChatId(new UUID(7, 7));
    static final Target TARGET = new Target(
            "large",
            "cloud",
            "large-1",
            new Price(new BigDecimal("2"), new BigDecimal("8.5"), new BigDecimal("0.25"), new BigDecimal("2.5")));
    static final Usage USAGE = new Usage(1_000, 200, 400, 50, 100);

    private Calls() {}

    static LedgerSettings settings(String... more) {
        Config config = ConfigFactory.parseString(String.join("\n", more)).withFallback(ConfigFactory.load());
        return LedgerSettings.from(config);
    }

    static CallId id(int number) {
        return new CallId(new UUID(1, number));
    }

    static CallStart start(int number) {
        return start(number, "ada", NODE, new CallAttempt(3, 1, 2));
    }

    static CallStart start(int number, String owner, NodeId node, @Nullable CallAttempt attempt) {
        var asker = new Asker(owner, null, Asker.CHAT, CHAT, attempt);
        return new CallStart(
                id(number), asker, TARGET, node, NOW.plusSeconds(number), List.of(CallRecord.prompt("hello")));
    }

    static CallEnd done(int number) {
        return end(number, Outcome.DONE, USAGE);
    }

    static CallEnd end(int number, Outcome outcome, @Nullable Usage usage) {
        return new CallEnd(id(number), outcome, null, null, TARGET, usage, NOW.plusSeconds(60), List.of());
    }

    static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
