package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.client.BatonClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Chats that have one turn after another, all at once, and those who watch them. */
final class ExactTurns {
    private static final Duration END_LIMIT = Duration.ofMinutes(2);

    private final Api api;
    private final Supplier<URI> nodes;
    private final KnownAnswers known;
    private final List<String> chats;
    private final List<Witness> witnesses = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();

    ExactTurns(Api api, Supplier<URI> nodes, KnownAnswers known, int chats) {
        this.api = api;
        this.nodes = nodes;
        this.known = known;
        this.chats = Chats.ids(api, nodes, chats);
    }

    List<String> chats() {
        return chats;
    }

    int turns() {
        return turns.get();
    }

    /** One who will be told everything there is to know about {@code chat}. */
    Witness witness(String chat, Expected expected) {
        var witness = new Witness(chat, expected);
        witnesses.add(witness);
        return witness;
    }

    List<Witness> witnesses() {
        return List.copyOf(witnesses);
    }

    /** Asks each chat its next question; returns when all have been taken. */
    void begin() {
        int turn = turns.getAndIncrement();
        api.all(IntStream.range(0, chats.size())
                .<Callable<JsonNode>>mapToObj(chat -> () -> {
                    ObjectNode message = JsonNodeFactory.instance
                            .objectNode()
                            .put("content", known.question(chat, turn))
                            .put("client_message_id", "turn-" + turn);
                    return api.postPatiently(nodes, "/chats/" + chats.get(chat) + "/messages", message);
                })
                .toList());
    }

    /** Waits until everybody has seen the end of the turn; what did not come to it in time is a fault. */
    void awaitEnd(Duration answer, Report report) {
        Duration limit = answer.plus(END_LIMIT);
        if (!Pauses.until(() -> witnesses.stream().allMatch(witness -> witness.hasSeen(turns.get())), limit)) {
            witnesses.stream()
                    .filter(witness -> !witness.hasSeen(turns.get()))
                    .forEach(witness -> report.fault(
                            "chat %s: turn %d was not seen to end".formatted(witness.chat(), turns.get())));
        }
    }

    /** Reads all chats again: what clients saw must be what they hold, and what the model says. */
    void compare(BatonClient client, Report report) {
        List<List<String>> held = api.all(chats.stream()
                .<Callable<List<String>>>map(chat -> () -> answers(client.messages(chat)))
                .toList());
        for (Witness witness : witnesses) {
            witness.compare(held.get(chats.indexOf(witness.chat())));
        }
        for (int chat = 0; chat < chats.size(); chat++) {
            List<String> texts = held.get(chat);
            if (texts.size() != turns.get()) {
                report.fault("chat %s: %d answers in %d turns".formatted(chats.get(chat), texts.size(), turns.get()));
            }
            for (int turn = 0; turn < Math.min(turns.get(), texts.size()); turn++) {
                if (!texts.get(turn).equals(known.answer(chat, turn))) {
                    report.fault("chat %s: answer %d is not what the model says but \"%s\""
                            .formatted(chats.get(chat), turn + 1, texts.get(turn)));
                }
            }
        }
        witnesses.forEach(witness -> witness.faults().forEach(report::fault));
    }

    Tally tally() {
        return Tally.sum(witnesses.stream().map(Witness::tally).toList());
    }

    private static List<String> answers(List<JsonNode> messages) {
        var answers = new ArrayList<String>();
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("assistant")) {
                answers.add(Witness.text(message));
            }
        }
        return List.copyOf(answers);
    }
}
