package dev.baton.persistence.view;

import static dev.baton.persistence.view.SampleChat.chat;
import static dev.baton.persistence.view.SampleChat.message;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class ChatTableContract extends ViewContract {

    @Test
    void aRowOnlyBecomesNewer() {
        assertThat(write(chat(1).at(5).update())).hasSize(1);
        assertThat(write(chat(1).at(4).titled("old").update())).isEmpty();
        assertThat(write(chat(1).at(5).titled("again").update())).isEmpty();
        assertThat(rows.get(chat(1).id())).contains(chat(1).at(5).row());
    }

    @Test
    void tellsWhatItWroteWithItsNumbers() {
        write(chat(1).at(5).update());
        List<ChatChange> changes = write(chat(1).at(4).update(), chat(2).update(), chat(3).update());
        assertThat(changes).extracting(ChatChange::row).containsExactly(chat(2).row(), chat(3).row());
        assertThat(changes).isEqualTo(rows.changesAfter(1, Optional.empty(), 10));
    }

    @Test
    void labelsAreReplaced() {
        write(chat(1).labelled(Map.of("a", "1", "b", "2")).update());
        write(chat(1).at(2).labelled(Map.of("b", "3")).step());
        write(chat(1).at(3).labelled(Map.of("b", "3")).step());
        assertThat(texts("select label_key || '=' || label_value from chat_label"))
                .containsExactly("b=3");
    }

    @Test
    void messagesFollowEachOther() {
        write(chat(1).update(message(1, "one")));
        write(chat(1).at(2).step(message(2, "two"), message(3, "three")));
        write(chat(1).at(3).step());
        write(chat(1).at(4).cut(2, message(5, "five")));
        assertThat(messages()).containsExactly("one", "five");
        assertThat(completeVersion()).containsExactly("4");
    }

    @Test
    void messagesAfterAMissingVersionAreLeftToTheRepair() {
        write(chat(1).update(message(1, "one")));
        write(chat(1).at(3).step(message(3, "three")));
        assertThat(messages()).containsExactly("one");
        assertThat(rows.get(chat(1).id())).contains(chat(1).at(3).row());
        assertThat(completeVersion()).containsExactly("1");

        write(chat(1).at(3).update(message(1, "one"), message(2, "two"), message(3, "three")));
        assertThat(messages()).containsExactly("one", "two", "three");
        assertThat(completeVersion()).containsExactly("3");
    }

    @Test
    void aLateVersionFillsItsPlace() {
        write(chat(1).update(message(1, "one")));
        write(chat(1).at(3).step(message(3, "three")));
        write(chat(1).at(2).step(message(2, "two")));
        assertThat(messages()).containsExactly("one", "two");
        assertThat(completeVersion()).containsExactly("2");
        assertThat(rows.get(chat(1).id())).contains(chat(1).at(3).row());
    }

    @Test
    void aLateVersionBringsNoMessageBackThatWasCutOff() {
        write(chat(1).at(2).update(message(1, "one"), message(2, "two")));
        write(chat(1).at(4).update(message(1, "one")));
        write(chat(1).at(3).step(message(3, "three")));
        assertThat(messages()).containsExactly("one");
    }

    @Test
    void whoeverWatchesWhileManyWriteMissesNothing() {
        var writers = new ArrayList<CompletableFuture<Void>>();
        for (int writer = 0; writer < 4; writer++) {
            int own = writer * 100;
            writers.add(CompletableFuture.runAsync(
                    () -> IntStream.range(0, 25)
                            .forEach(i -> write(
                                    chat(own + i % 5).at(i + 1).update(),
                                    chat(1000 + i).at(own + i).update())),
                    database.executor()));
        }
        var watched = new LinkedHashMap<ChatId, ChatChange>();
        long seen = 0;
        boolean done;
        do {
            done = writers.stream().allMatch(CompletableFuture::isDone);
            for (ChatChange change : rows.changesAfter(seen, Optional.empty(), 200)) {
                assertThat(change.number()).isGreaterThan(seen);
                seen = change.number();
                watched.put(change.row().id(), change);
            }
        } while (!done);
        writers.forEach(writer -> writer.orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(watched.values()).containsExactlyInAnyOrderElementsOf(rows.changesAfter(0, Optional.empty(), 1000));
        assertThat(rows.list(ChatQuery.of("ann", 100)).rows())
                .filteredOn(row -> row.id().value().getLeastSignificantBits() < 1000)
                .hasSize(20)
                .allMatch(row -> row.version() >= 21);
    }

    @Test
    void theWriterKeepsUpOnTheThreadsOfTheDatabase() {
        ActorTestKit kit = ActorTestKit.create();
        try {
            var written = new ConcurrentLinkedQueue<ChatChange>();
            ActorRef<ChatRowWriter.Command> writer =
                    kit.spawn(ChatRowWriter.create(table, database.executor(), SETTINGS, written::addAll));
            TestProbe<Done> done = kit.createTestProbe();
            writer.tell(new ChatRowWriter.Update(chat(1).update(message(1, "message 1"))));
            for (int version = 2; version <= 1000; version++) {
                writer.tell(new ChatRowWriter.Update(chat(1).at(version).step(message(version, "message " + version))));
            }
            writer.tell(new ChatRowWriter.Close(done.ref()));
            done.receiveMessage(Duration.ofSeconds(20));
            assertThat(messages()).hasSize(1000).endsWith("message 1000");
            assertThat(completeVersion()).containsExactly("1000");
            assertThat(written)
                    .last()
                    .extracting(ChatChange::row)
                    .isEqualTo(chat(1).at(1000).row());
        } finally {
            kit.shutdownTestKit();
        }
    }

    private List<String> messages() {
        return texts("select text from chat_message order by number");
    }

    private List<String> completeVersion() {
        return texts("select complete_version from chat");
    }
}
