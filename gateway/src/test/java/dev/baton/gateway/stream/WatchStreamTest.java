package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Caller;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchStreamTest {
    private static final ChatId OTHER = new ChatId(new UUID(8, 8));

    private final StreamScene scene = new StreamScene();

    @BeforeEach
    void begin() {
        scene.execute(MemoryChats.create());
        scene.chats.execute(OTHER, MemoryChats.create());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsWhatIsWrittenFromNowOn() {
        write(scene.chat);
        var client = watch(Optional.empty());
        assertThat(inShort(client.next())).isEqualTo("1 ready");
        write(scene.chat);
        JsonNode event = client.next();
        assertThat(inShort(event)).isEqualTo("2 chat");
        assertThat(event.path("chat").path("id").asText()).isEqualTo(scene.chat.toString());
        assertThat(event.path("chat").path("queued_messages").asInt(-1)).isZero();
    }

    @Test
    void tellsWhatWasMissedOnceAndAsItIsNow() {
        write(scene.chat);
        write(OTHER);
        write(scene.chat);
        assertThat(until("3 chat", watch(Optional.of("0")))).containsExactly("0 ready", "2 chat", "3 chat");
        assertThat(until("3 chat", watch(Optional.of("2")))).containsExactly("2 ready", "3 chat");
    }

    @Test
    void tellsWhatOtherNodesHaveWritten() {
        var client = watch(Optional.empty());
        client.next();
        scene.list.write(scene.state());
        assertThat(inShort(client.next())).isEqualTo("1 chat");
        scene.list.skip(3);
        write(scene.chat);
        assertThat(inShort(client.next())).isEqualTo("5 chat");
    }

    @Test
    void tellsNobodyOfOtherPeoplesChats() {
        var client = scene
        .new Follower(StreamScene.get(scene.sockets.watch(Caller.LOCAL, Optional.of("somebody else"), Optional.empty()))
                .eventStream());
        client.next();
        write(scene.chat);
        var drained = scene.sockets.drain(Duration.ofSeconds(10));
        assertThat(client.next().path("type").asText()).isEqualTo("reconnect");
        client.probe.expectComplete();
        StreamScene.get(drained);
    }

    @Test
    void readsAgainWhatASlowClientHadNoRoomFor() {
        var client = watch(Optional.empty());
        client.next();
        for (int i = 0; i < 50; i++) {
            write(i % 2 == 0 ? scene.chat : OTHER);
        }
        List<String> told = until("50 chat", client);
        assertThat(told).doesNotHaveDuplicates().endsWith("49 chat", "50 chat");
        assertThat(told.stream().map(event -> Integer.parseInt(event.split(" ", 2)[0])))
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "-1", "01", "99", "1.1"})
    void refusesACursorThatLeadsNowhere(String cursor) {
        Throwable failure = catchThrowable(() -> watch(Optional.of(cursor)));
        assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN));
    }

    private StreamScene.Follower watch(Optional<String> after) {
        return scene.new Follower(StreamScene.get(scene.sockets.watch(Caller.LOCAL, Optional.of("local"), after))
                .eventStream());
    }

    private void write(ChatId chat) {
        scene.sockets.rowsWritten(scene.list.write(scene.chats.state(chat)));
    }

    private static List<String> until(String last, StreamScene.Follower client) {
        var told = new ArrayList<String>();
        do {
            told.add(inShort(client.next()));
        } while (!told.get(told.size() - 1).equals(last));
        return told;
    }

    private static String inShort(JsonNode event) {
        return event.path("id").asText() + " " + event.path("type").asText();
    }
}
