package dev.baton.client;

import static dev.baton.client.Answers.STREAM;
import static dev.baton.client.Answers.json;
import static dev.baton.client.Answers.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What close means: of a stream, of a client, at every moment. */
class CloseTest {
    private long socketsBefore;

    @BeforeEach
    void count() {
        socketsBefore = Threads.sockets();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(Threads.ofClients()).isEmpty();
        assertThat(Threads.sockets()).isEqualTo(socketsBefore);
    }

    @Test
    void isHarmlessWithoutStreamsAndAgain() {
        var client = Clients.of(Clients.LONG, URI.create("http://127.0.0.1:1"));
        client.close();
        client.close();
        assertThatThrownBy(() -> client.stream("c")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> client.follow("c", "", event -> {})).isInstanceOf(ClosedException.class);
        assertThatThrownBy(client::create).isInstanceOf(ClosedException.class);
    }

    @Test
    void endsAReadOfAnotherThread() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold())) {
            var client = Clients.of(node);
            ChatStream stream = client.stream("c");
            Clients.parts(stream, 1);
            var asking = Threads.start(() -> assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class));
            Threads.awaitWithin(asking.thread(), "Response");
            client.close();
            asking.join();
            assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void closingAStreamLeavesTheOthersAndTheClient() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold());
                var client = Clients.of(node)) {
            ChatStream closed = client.stream("a");
            ChatStream other = client.stream("b");
            Clients.parts(closed, 1);
            closed.close();
            closed.close();
            assertThat(Clients.parts(other, 1)).containsExactly(1);
            try (ChatStream later = client.stream("c")) {
                assertThat(Clients.parts(later, 1)).containsExactly(1);
            }
        }
    }

    @Test
    void endsADialThatIsUnderWay() throws Exception {
        try (var full = new FullServer()) {
            var client = Clients.of(Clients.LONG, full.url());
            ChatStream stream = client.stream("c");
            var asking = Threads.start(() -> assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class));
            var creating =
                    Threads.start(() -> assertThatThrownBy(client::create).isInstanceOf(ClosedException.class));
            Threads.awaitWithin(asking.thread(), "NioSocketImpl");
            Threads.awaitWithin(creating.thread(), "NioSocketImpl");
            client.close();
            asking.join();
            creating.join();
        }
    }

    @Test
    void endsADialAtWhateverMomentItComes() throws Exception {
        try (var full = new FullServer()) {
            for (int round = 0; round < 300; round++) {
                var client = Clients.of(Clients.LONG, full.url());
                ChatStream stream = client.stream("c");
                var asking =
                        Threads.start(() -> assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class));
                for (int spin = 0; spin < 50 * round; spin++) {
                    Thread.onSpinWait();
                }
                client.close();
                asking.join();
            }
        }
    }

    @Test
    void endsARequestThatIsNotAnswered() throws Exception {
        try (var node = new ScriptedNode(ScriptedNode.Call::hold)) {
            var client = Clients.of(node);
            var creating =
                    Threads.start(() -> assertThatThrownBy(client::create).isInstanceOf(ClosedException.class));
            Threads.awaitWithin(creating.thread(), "Response");
            client.close();
            creating.join();
        }
    }

    @Test
    void endsARequestThatIsNotTaken() throws Exception {
        var over = new CountDownLatch(1);
        try (var node = new ScriptedNode(call -> BatonClientTest.await(over))) {
            var client = Clients.of(node);
            var sending = Threads.start(() ->
                    assertThatThrownBy(() -> client.send("c", Clients.HUGE)).isInstanceOf(ClosedException.class));
            Threads.awaitWithin(sending.thread(), "Writing");
            client.close();
            sending.join();
            over.countDown();
        }
    }

    @Test
    void endsAWaitBetweenTwoTries() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(json("503 Service Unavailable", "{}")))) {
            var limits = new ClientSettings.Limits(
                    Clients.LONG, Clients.LONG, Clients.LONG, Clients.LONG, Clients.LONG, Clients.LONG, Clients.LONG);
            var client = new BatonClient(ClientSettings.of(node.url()).withLimits(limits));
            var ended = new CompletableFuture<Optional<Throwable>>();
            Following following = client.follow("c", "", listener(event -> {}, ended));
            while (following.trouble().isEmpty()) {
                Thread.onSpinWait();
            }
            client.close();
            assertThat(ended).isCompletedWithValue(Optional.empty());
        }
    }

    @Test
    void twoThreadsMayCloseAndBothFindNothingLeft() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold())) {
            var client = Clients.of(node);
            var told = new CountDownLatch(10);
            for (int stream = 0; stream < 10; stream++) {
                client.follow("c" + stream, "", event -> told.countDown());
            }
            assertThat(told.await(Clients.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            var closers = new ArrayList<Threads.Running>();
            for (int closer = 0; closer < 2; closer++) {
                closers.add(Threads.start(() -> {
                    client.close();
                    assertThat(Threads.ofClients()).isEmpty();
                }));
            }
            for (Threads.Running closer : closers) {
                closer.join();
            }
        }
    }

    @Test
    void aListenerMayCloseItsOwnStream() throws Exception {
        try (var node = new ScriptedNode(
                        call -> call.say(STREAM + part(1) + part(2)).hold());
                var client = Clients.of(node)) {
            var itself = new CompletableFuture<Following>();
            var ended = new CompletableFuture<Optional<Throwable>>();
            var seen = new ArrayList<String>();
            itself.complete(client.follow(
                    "c",
                    "",
                    listener(
                            event -> {
                                seen.add(event.id());
                                itself.join().close();
                            },
                            ended)));
            assertThat(ended.get(Clients.LONG.toSeconds(), TimeUnit.SECONDS)).isEmpty();
            assertThat(seen).containsExactly("5:1.1.1");
        }
    }

    @Test
    void listenersMayCloseTheClientAllAtOnce() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold())) {
            var client = Clients.of(node);
            var ends = new ArrayList<CompletableFuture<Optional<Throwable>>>();
            var both = new CountDownLatch(2);
            for (int stream = 0; stream < 2; stream++) {
                var ended = new CompletableFuture<Optional<Throwable>>();
                ends.add(ended);
                client.follow(
                        "c",
                        "",
                        listener(
                                event -> {
                                    both.countDown();
                                    await(both);
                                    client.close();
                                },
                                ended));
            }
            for (CompletableFuture<Optional<Throwable>> ended : ends) {
                assertThat(ended.get(Clients.LONG.toSeconds(), TimeUnit.SECONDS))
                        .isEmpty();
            }
            client.close();
        }
    }

    @Test
    void aListenerThatWaitsIsInterruptedAndAwaited() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold())) {
            var client = Clients.of(node);
            var waits = new CountDownLatch(1);
            var interrupted = new CompletableFuture<Boolean>();
            client.follow("c", "", event -> {
                waits.countDown();
                interrupted.complete(await(new CountDownLatch(1)));
            });
            await(waits);
            client.close();
            assertThat(interrupted).isCompletedWithValue(true);
        }
    }

    @Test
    void whatAListenerThrowsEndsItsStream() throws Exception {
        try (var node = new ScriptedNode(call -> call.say(STREAM + part(1)).hold());
                var client = Clients.of(node)) {
            var ended = new CompletableFuture<Optional<Throwable>>();
            client.follow(
                    "c",
                    "",
                    listener(
                            event -> {
                                throw new IllegalStateException("enough");
                            },
                            ended));
            assertThat(ended.get(Clients.LONG.toSeconds(), TimeUnit.SECONDS).orElseThrow())
                    .hasMessage("enough");
        }
    }

    private static Listener listener(Listener told, CompletableFuture<Optional<Throwable>> ended) {
        return new Listener() {
            @Override
            public void event(ChatEvent event) {
                told.event(event);
            }

            @Override
            public void ended(Optional<Throwable> failure) {
                ended.complete(failure);
            }
        };
    }

    /** Whether it was interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Clients.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return false;
        } catch (InterruptedException closed) {
            return true;
        }
    }

    /** A server that accepts nobody and whose queue is full, so that a dial to it does not come to an end. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<SocketChannel> queued = new ArrayList<>();

        FullServer() throws IOException {
            boolean full = false;
            while (!full) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                queued.add(channel);
                full = !channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()))
                        && !connects(channel);
            }
        }

        /** On the loopback a connection that is possible is there at the second look. */
        private static boolean connects(SocketChannel channel) throws IOException {
            for (int look = 0; look < 1000; look++) {
                if (channel.finishConnect()) {
                    return true;
                }
            }
            return false;
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : queued) {
                channel.close();
            }
            server.close();
        }
    }
}
