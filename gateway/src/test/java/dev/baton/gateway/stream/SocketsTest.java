package dev.baton.gateway.stream;

import static dev.baton.gateway.stream.StreamScene.inShort;
import static dev.baton.gateway.stream.StreamScene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.stream.WatchedActorTerminatedException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.Role;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private final StreamScene scene = new StreamScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void areSentAwayWithACursorWhenTheNodeLeaves() {
        scene.running();
        var client = scene.follow();
        JsonNode last = client.until(status("running")).get(1);
        assertThat(StreamScene.get(scene.sockets.count())).isEqualTo(1);

        var drained = scene.sockets.drain(Duration.ofSeconds(10));
        JsonNode farewell = client.next();
        client.probe.expectComplete();
        StreamScene.get(drained);

        assertThat(inShort(farewell)).isEqualTo("reconnect");
        assertThat(farewell.path("id")).isEqualTo(last.path("id"));
        assertThat(farewell.path("delay_ms").asLong()).isEqualTo(100);
        assertThat(StreamScene.get(scene.sockets.count())).isZero();
    }

    @Test
    void endWhenTheTokenExpiresWithWhichTheyWereOpened() {
        scene.running();
        scene.caller = new Caller("local", Role.USER, "t1", MemoryChats.NOW.plusMillis(100));
        var client = scene.follow();
        List<JsonNode> told = client.until(event -> inShort(event).equals("unauthenticated"));
        assertThat(told.get(told.size() - 1).path("reason").asText()).isEqualTo("expired");
        client.probe.expectComplete();
        StreamScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
    }

    @Test
    void takeNoNewcomersWhileTheyDrain() {
        scene.running();
        StreamScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
        StreamScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
        assertThatThrownBy(() -> scene.source(Optional.empty()))
                .hasCauseInstanceOf(ChatException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
    }

    @Test
    void drainOnceHoweverManyDrainThem() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        var closers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> scene.sockets.drain(Duration.ofSeconds(10)))
                                .thenCompose(drained -> drained))
                .limit(4)
                .toList();
        assertThat(inShort(client.next())).isEqualTo("reconnect");
        client.probe.expectComplete();
        closers.forEach(StreamScene::get);
    }

    @Test
    void nameAndCutWhoIsLeftAtTheLimit() {
        scene.running();
        var client = scene.follow();
        client.probe.ensureSubscription();
        LoggingTestKit.warn("cut now: 1 (chat " + scene.chat + ")").expect(scene.kit.system(), () -> {
            StreamScene.get(scene.sockets.drain(Duration.ofMillis(50)));
            return true;
        });
        assertThat(client.probe.expectError()).isInstanceOf(Outlet.CutOff.class);
    }

    @Test
    void endWhenTheyAreConnectedTooLate() {
        scene.running();
        var source = scene.source(Optional.empty());
        StreamScene.get(scene.sockets.drain(Duration.ofMillis(1)));
        assertThat(scene.new Follower(source).probe.expectSubscriptionAndError())
                .isInstanceOf(WatchedActorTerminatedException.class);
    }

    @Test
    void answerADrainThatFindsNobody() {
        StreamScene.get(scene.sockets.drain(Duration.ofSeconds(10)));
    }
}
