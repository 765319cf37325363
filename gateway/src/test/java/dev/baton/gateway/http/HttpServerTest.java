package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.server.AllDirectives;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest extends AllDirectives {
    private static final int MANY = 2_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ActorTestKit kit = ActorTestKit.create();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final CompletableFuture<Done> gone = new CompletableFuture<>();
    private final CompletableFuture<Done> streamEnd = new CompletableFuture<>();
    private final HttpServer server = get(HttpServer.listen(
            kit.system(),
            "127.0.0.1",
            0,
            concat(
                    path("now", () -> complete("now")),
                    path(
                            "watched",
                            () -> extractRequest(request -> {
                                var unused = Departure.of(request).thenAccept(gone::complete);
                                asked.countDown();
                                return completeWithFuture(answer);
                            })),
                    path("later", () -> {
                        asked.countDown();
                        return completeWithFuture(answer);
                    }),
                    path(
                            "stream",
                            () -> complete(HttpResponse.create()
                                    .withEntity(HttpEntities.createChunked(
                                            MediaTypes.TEXT_EVENT_STREAM.toContentType(), stream())))))));

    /** One line now, and very many at the end. */
    private Source<ByteString, ?> stream() {
        return Source.single(ByteString.fromString("begin\n"))
                .concat(Source.completionStage(streamEnd)
                        .mapConcat(done -> java.util.Collections.nCopies(MANY, ByteString.fromString("farewell\n"))));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void closesAtOnceWhatWaitsForARequest() throws IOException {
        try (var client = new Client()) {
            client.ask("now");
            assertThat(client.until("now")).doesNotContain("Connection: close");
            get(server.unbind());
            assertThat(client.read()).isEqualTo(-1);
        }
        get(server.drain(LONG));
        assertThat(server.open()).isEqualTo("0 connections []");
    }

    @Test
    void saysWithItsLastAnswersThatTheyAreTheLast() throws IOException {
        try (var client = new Client()) {
            server.sayGoodbye();
            client.ask("now");
            assertThat(client.until("now")).contains("Connection: close");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void answersWhatIsUnderWayBeforeItCloses() throws Exception {
        try (var client = new Client()) {
            client.ask("later");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            get(server.unbind());
            var drained = server.drain(LONG);
            assertThat(server.open()).isEqualTo("1 connections [GET /later]");
            answer.complete(HttpResponse.create().withEntity("at last"));
            assertThat(client.until("at last")).contains("Connection: close");
            assertThat(client.read()).isEqualTo(-1);
            get(drained);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void seesAClientGoThatWaitsForItsAnswer(boolean withoutAWord) throws Exception {
        try (var client = new Client()) {
            client.ask("watched");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gone).isNotDone();
            client.socket.setSoLinger(withoutAWord, 0);
        }
        get(gone);
    }

    @Test
    void answersInOrderWhoAsksAgainBeforeTheAnswer() throws Exception {
        try (var client = new Client()) {
            client.ask("watched");
            client.ask("now");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            answer.complete(HttpResponse.create().withEntity("at last"));
            assertThat(client.until("now")).contains("at last");
            assertThat(gone).isNotDone();
            client.ask("now");
            client.until("now");
        }
    }

    @Test
    void answersAClientThatHasSentAllItWantsToSend() throws Exception {
        try (var client = new Client()) {
            client.ask("watched");
            client.ask("now");
            client.socket.shutdownOutput();
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            answer.complete(HttpResponse.create().withEntity("at last"));
            assertThat(client.rest()).contains("at last").endsWith("now");
        }
    }

    @Test
    void deliversAStreamToItsEndToAClientThatReadsLate() throws IOException {
        try (var client = new Client()) {
            client.ask("stream");
            client.until("begin");
            get(server.unbind());
            var drained = server.drain(LONG);
            streamEnd.complete(Done.getInstance());
            get(drained);
            assertThat(client.rest().split("farewell", -1)).hasSize(MANY + 1);
        }
    }

    @Test
    void namesAndCutsWhatIsLeftAtTheLimit() throws Exception {
        try (var client = new Client()) {
            client.ask("later");
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            LoggingTestKit.warn("cut now: 1 connections [GET /later]")
                    .expect(kit.system(), () -> get(server.drain(Duration.ofMillis(10))));
        }
    }

    @Test
    void waitsItsWholeLimitForWhatIsHeldInThisProcess() {
        Runnable release = server.hold("a session");
        LoggingTestKit.warn("cut now: 1 connections [a session]")
                .expect(kit.system(), () -> get(server.drain(Duration.ofMillis(10))));
        release.run();
        release.run();
    }

    @Test
    void waitsForNothingThatWasReleased() {
        server.hold("a session").run();
        get(server.drain(LONG));
    }

    @Test
    void drainsFromSeveralThreadsAndAgain() {
        var first = CompletableFuture.supplyAsync(() -> server.drain(LONG)).thenCompose(done -> done);
        var second = CompletableFuture.supplyAsync(() -> server.drain(LONG)).thenCompose(done -> done);
        get(first);
        get(second);
        get(server.drain(LONG));
        assertThatThrownBy(Client::new).isInstanceOf(IOException.class);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** A client that sees what a connection really does. */
    private final class Client implements AutoCloseable {
        private final Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        private final BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Client() throws IOException {
            socket.setSoTimeout(30_000);
        }

        void ask(String path) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write("GET /%s HTTP/1.1\r\nHost: here\r\n\r\n".formatted(path).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String until(String text) throws IOException {
            var all = new StringBuilder();
            while (!all.toString().contains(text)) {
                int next = read();
                if (next < 0) {
                    throw new AssertionError("the connection ended after: " + all);
                }
                all.append((char) next);
            }
            return all.toString();
        }

        String rest() throws IOException {
            var all = new StringBuilder();
            for (int next = read(); next >= 0; next = read()) {
                all.append((char) next);
            }
            return all.toString();
        }

        int read() throws IOException {
            return reader.read();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
