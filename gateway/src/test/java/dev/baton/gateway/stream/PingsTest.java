package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingsTest {
    private static final ByteString PING = ByteString.fromArray(new byte[] {(byte) 0x89, 0});
    private static final ByteString PONG = ByteString.fromArray(new byte[] {(byte) 0x8a, 0});
    private static final ByteString TEXT = ByteString.fromArray(new byte[] {(byte) 0x81, 1, 'x'});
    private static final ByteString CLOSE = ByteString.fromArray(new byte[] {(byte) 0x88, 0});
    private static final Duration SOON = Duration.ofMillis(20);

    private final ActorTestKit kit = ActorTestKit.create();

    private TestPublisher.Probe<ByteString> client;
    private TestSubscriber.Probe<ByteString> toClient;
    private TestPublisher.Probe<ByteString> socket;
    private TestSubscriber.Probe<ByteString> toSocket;

    PingsTest() {
        begin(SOON, Duration.ofDays(1));
    }

    private void begin(Duration interval, Duration limit) {
        var inner = Flow.fromSinkAndSourceMat(
                TestSink.<ByteString>create(kit.system()), TestSource.<ByteString>create(kit.system()), Keep.both());
        var outer = TestSource.<ByteString>create(kit.system())
                .viaMat(BidiFlow.fromGraph(new Pings(interval, limit)).join(inner, Keep.right()), Keep.both())
                .toMat(TestSink.create(kit.system()), Keep.both())
                .run(kit.system());
        client = outer.first().first();
        toSocket = outer.first().second().first();
        socket = outer.first().second().second();
        toClient = outer.second();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void comeEveryIntervalToAQuietClient() {
        toClient.request(3);
        assertThat(toClient.expectNext()).isEqualTo(PING);
        assertThat(toClient.expectNext()).isEqualTo(PING);
        socket.sendNext(TEXT);
        ByteString next = toClient.expectNext();
        toClient.request(5);
        while (!next.equals(TEXT)) {
            assertThat(next).isEqualTo(PING);
            next = toClient.expectNext();
        }
    }

    @Test
    void comeToABusyClientToo() {
        int pings = 0;
        while (pings < 3) {
            toClient.request(1);
            socket.sendNext(TEXT);
            ByteString next = toClient.expectNext();
            while (next.equals(PING)) {
                pings++;
                toClient.request(1);
                next = toClient.expectNext();
            }
            assertThat(next).isEqualTo(TEXT);
        }
    }

    @Test
    void letEverythingPassInItsOrder() {
        toSocket.request(2);
        client.sendNext(PONG);
        client.sendNext(TEXT);
        assertThat(toSocket.expectNext()).isEqualTo(PONG);
        assertThat(toSocket.expectNext()).isEqualTo(TEXT);
        client.sendComplete();
        toSocket.expectComplete();
        toClient.request(1);
        assertThat(toClient.expectNext()).isEqualTo(PING);
        socket.sendNext(CLOSE);
        socket.sendComplete();
        toClient.request(100);
        ByteString last = toClient.expectNext();
        while (last.equals(PING)) {
            last = toClient.expectNext();
        }
        assertThat(last).isEqualTo(CLOSE);
        toClient.expectComplete();
    }

    @Test
    void endTheConnectionOfAClientThatNeverAnswers() {
        begin(SOON, SOON.multipliedBy(3));
        toClient.request(100);
        toSocket.request(100);
        for (int ping = 1; ping <= 3; ping++) {
            assertThat(toClient.expectNext()).isEqualTo(PING);
        }
        assertThat(toClient.expectError()).isInstanceOf(Outlet.CutOff.class);
        assertThat(toSocket.expectError()).hasMessageContaining("answered no ping for PT0.06S");
        client.expectCancellation();
        socket.expectCancellation();
    }

    @Test
    void endTheConnectionOfAClientThatTakesNothingAndSaysNothing() {
        begin(SOON, SOON.multipliedBy(3));
        toSocket.request(1);
        assertThat(toSocket.expectError()).isInstanceOf(Outlet.CutOff.class);
    }

    @Test
    void areAnsweredByWhateverComes() {
        begin(Duration.ofMillis(200), Duration.ofMillis(400));
        toClient.request(100);
        toSocket.request(100);
        for (int ping = 1; ping <= 6; ping++) {
            assertThat(toClient.expectNext()).isEqualTo(PING);
            client.sendNext(ping % 2 == 0 ? PONG : TEXT);
            toSocket.expectNext();
        }
    }

    @Test
    void endWhenEitherSideDoes() {
        toClient.ensureSubscription();
        toClient.cancel();
        socket.expectCancellation();
        toSocket.ensureSubscription();
        toSocket.cancel();
        client.expectCancellation();
    }
}
