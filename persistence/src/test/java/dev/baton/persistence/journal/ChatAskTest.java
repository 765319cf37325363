package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Questions to a chat whose shard moves: what is said first is lost. */
class ChatAskTest {
    private static final ActorTestKit KIT = ActorTestKit.create("ChatAskTest");
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Chat.Command> said = new CopyOnWriteArrayList<>();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void readsAgainWhatWasLost() throws Exception {
        assertThat(answer(asking().current(JournalSamples.CHAT, LIMIT))).isEqualTo(JournalSamples.STATE);
    }

    @Test
    void sendsAgainWhatHasAName() throws Exception {
        assertThat(answer(asking().execute(JournalSamples.CHAT, send("m1"), LIMIT)))
                .isEqualTo(new Chat.Done(JournalSamples.STATE, null));
        assertThat(said.get(1)).isEqualTo(said.get(0));
    }

    @Test
    void saysOnceWhatWouldBeDoneTwice() {
        var stage = asking().execute(JournalSamples.CHAT, send(null), Duration.ofMillis(200));
        assertThatThrownBy(() -> answer(stage)).hasMessageContaining("did not answer within PT0.2S");
        assertThat(said).hasSize(1);
    }

    private ChatAsk asking() {
        return new ChatAsk(
                (chat, command) -> {
                    said.add(command);
                    if (said.size() > 1) {
                        reply(command);
                    }
                },
                KIT.system(),
                SOON);
    }

    private static void reply(Chat.Command command) {
        if (command instanceof Chat.Get get) {
            get.replyTo().tell(new Chat.Current(JournalSamples.STATE));
        } else if (command instanceof Chat.Execute execute) {
            execute.replyTo().tell(new Chat.Done(JournalSamples.STATE, null));
        }
    }

    private static ChatCommand send(@Nullable String name) {
        return new ChatCommand.SendMessage(new NewMessage(List.of(new Part.Text("hi")), null, name), Busy.QUEUE);
    }

    private static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
