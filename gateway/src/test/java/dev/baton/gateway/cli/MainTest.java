package dev.baton.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private static final String CHAT = "00000000-0000-0000-0000-000000000001";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyCommandHasHelp() {
        CommandLine.Help.Ansi plain = CommandLine.Help.Ansi.OFF;
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            assertThat(command.getUsageMessage(plain)).contains("--help");
        }
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "up", "cluster", "chat", "chats", "show", "interrupt", "doctor", "nodes", "leave", "takeovers");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run("chats", "--no-such-option")).isEqualTo(2);
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(run("interrupt")).isEqualTo(2);
    }

    @Test
    void aNodeThatIsNotThereIsNamed() {
        String address = address();
        server.stop(0);
        assertThat(run("chats", "--server", address)).isEqualTo(1);
        assertThat(err.toString()).contains("no answer from " + address).doesNotContain("\tat ");
    }

    @Test
    void aRefusalIsOneWithItsReasonAndCode() {
        answer(
                "/api/v1/chats/" + CHAT + "/interrupt",
                409,
                "{\"title\":\"Conflict\",\"detail\":\"INTERRUPT is not allowed from W\",\"code\":\"transition_not_allowed\"}");
        assertThat(run("interrupt", CHAT, "--server", address())).isEqualTo(1);
        assertThat(err.toString()).contains("INTERRUPT is not allowed from W (409 transition_not_allowed)");
    }

    @Test
    void listsChats() {
        answer(
                "/api/v1/chats",
                200,
                "{\"chats\":[{\"id\":\"%s\",\"status\":\"running\",\"title\":\"Ships\"}]}".formatted(CHAT));
        assertThat(run("chats", "--server", address(), "--search", "a b&c")).isZero();
        assertThat(out.toString()).contains(CHAT, "running", "Ships");
        assertThat(requests).containsExactly("GET /api/v1/chats?limit=50&q=a+b%26c");
    }

    @Test
    void showsAChatPageByPage() {
        answer(
                "/api/v1/chats/" + CHAT,
                200,
                "{\"id\":\"%s\",\"status\":\"waiting\",\"title\":\"Ships\"}".formatted(CHAT));
        server.createContext("/api/v1/chats/" + CHAT + "/messages", exchange -> {
            boolean first = !exchange.getRequestURI().getQuery().contains("cursor=");
            reply(
                    exchange,
                    200,
                    first
                            ? "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one\"}]}],\"next_cursor\":\"m1\"}"
                            : "{\"messages\":[{\"role\":\"assistant\",\"interrupted\":true,\"content\":[{\"type\":\"text\",\"text\":\"two\"}]}]}");
        });
        assertThat(run("show", CHAT, "--server", address())).isZero();
        assertThat(out.toString()).containsSubsequence("Ships", "user:", "one", "assistant (interrupted):", "two");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> reply(exchange, status, body));
    }

    private void reply(HttpExchange exchange, int status, String body) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
