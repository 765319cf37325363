package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that a node wrote is searched for the keys of its providers and the tokens of its users: its log at its most
 * talkative, its files, each row of each table, and the answer of each path that can be read. The providers repeat the keys
 * in their errors.
 */
class SecretsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> DIALECTS = List.of("openai", "openai-responses", "anthropic");
    private static final List<String> PAGES = List.of("/", "/assets/app.js", "/metrics", "/v1/models");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> written = new LinkedHashMap<>();

    @Test
    void areWrittenNowhere(@TempDir Path directory) throws Exception {
        try (TestDatabase database = TestDatabases.postgres();
                var provider = FakeProviderProcess.start()) {
            Path config = Files.writeString(directory.resolve("baton.conf"), config(database, provider));
            Path data = Files.createDirectory(directory.resolve("data"));
            var secrets = new ArrayList<>(DIALECTS.stream().map(SecretsIT::key).toList());
            try (NodeProcess node = NodeProcess.begin(
                    List.of("env", "BATON_LOG_LEVEL=TRACE", "BATON_LOG_ROOT_LEVEL=DEBUG"),
                    List.of("--port", "0", "--data", data.toString(), "--config", config.toString()))) {
                node.awaitReady();
                String operator = Files.readString(data.resolve("local-token")).strip();
                secrets.add(operator);
                secrets.add(use(node, operator));
                assertThat(node.terminate()).isEqualTo(143);
                written.put("the log", node.said());
            }
            readTables(database);
            readFiles(data);
            assertThat(written.get("the log").contains(" DEBUG ")).isTrue();
            assertThat(written.get("stream of anthropic/fake-5-0 status=401 leak=1"))
                    .contains("scripted status 401 for ");
            secrets.forEach(this::assertNowhere);
        }
    }

    private static String config(TestDatabase database, FakeProviderProcess provider) {
        var providers = new StringBuilder();
        for (String type : DIALECTS) {
            providers.append("""
                    %1$s { type = %1$s, base-url = "%2$s", api-keys = ["%3$s"] }
                    """.formatted(type, provider.baseUrl(), key(type)));
        }
        return """
                baton.auth.mode = token
                baton.ledger.content = full
                baton.bridge.default-model = "openai/fake-5-0"
                baton.bridge.providers {
                %s}
                baton.database { url = "%s", user = "%s" }
                """.formatted(
                providers, database.settings().url(), database.settings().user());
    }

    /** Looks like no provider's keys, so that only whoever knows it can hide it. */
    private static String key(String type) {
        return "Quite4Plain9" + type.replace("-", "Q") + "7Word2";
    }

    /** Has the node do all kinds of things; yields the token of a user whom it was done for. */
    private String use(NodeProcess node, String operator) throws IOException, InterruptedException {
        ChatApi desk = node.api(operator);
        String token = desk.post("/tokens", "{\"name\":\"ada\",\"role\":\"user\"}")
                .path("token")
                .asText();
        ChatApi ada = node.api(token);
        String chat = "";
        for (String type : DIALECTS) {
            for (String prompt : List.of("hello", "status=401 leak=1", "status=400 leak=1")) {
                chat = turn(ada, type + "/fake-5-0", prompt);
            }
        }
        for (String header : List.of("Authorization: Bearer " + token, "x-api-key: " + token)) {
            ask(node.address(), header, "/v1/chat/completions", """
                    {"model":"chat/openai/fake-5-0","messages":[{"role":"user","content":"status=401 leak=1"}]}""");
            ask(node.address(), header, "/v1/responses", """
                    {"model":"chat/openai/fake-5-0","input":"hello"}""");
            ask(node.address(), header, "/v1/messages", """
                    {"model":"chat/openai/fake-5-0","max_tokens":9,"messages":[{"role":"user","content":"hello"}]}""");
            ask(node.address(), header + "x", "/v1/responses", "{}");
        }
        ada.send("GET", "/no-such-path?token=" + token, null);
        ada.send("POST", "/chats", "{\"nonsense\":");
        readPaths(node.address(), operator, desk, chat);
        return token;
    }

    private String turn(ChatApi api, String model, String prompt) {
        JsonNode made =
                api.post("/chats", "{\"model\":\"%s\",\"message\":{\"content\":\"%s\"}}".formatted(model, prompt));
        String chat = made.path("id").asText();
        List<JsonNode> events = api.streamUntil(
                chat,
                null,
                event -> List.of("waiting", "error")
                        .contains(event.path("status").asText()));
        written.put("stream of " + model + " " + prompt, events.toString());
        return chat;
    }

    private void readPaths(URI node, String operator, ChatApi desk, String chat)
            throws IOException, InterruptedException {
        JsonNode document = desk.get("/openapi.json");
        var paths = new ArrayList<>(PAGES);
        String call = desk.get("/audit").path("calls").path(0).path("id").asText();
        for (var path : document.path("paths").properties()) {
            String plain = path.getKey().replace("{chat}", chat).replace("{call}", call);
            boolean streams = plain.endsWith("/stream") || plain.equals("/watch");
            if (path.getValue().has("get") && !streams && !plain.contains("{")) {
                paths.add("/api/v1" + plain);
            }
        }
        assertThat(paths).contains("/api/v1/audit/" + call, "/api/v1/providers", "/api/v1/tokens");
        for (String path : paths) {
            HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                    .header("Authorization", "Bearer " + operator)
                    .timeout(LIMIT)
                    .build();
            take(path, request);
        }
    }

    private void ask(URI node, String header, String path, String json) throws IOException, InterruptedException {
        String[] parts = header.split(": ", 2);
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .header(parts[0], parts[1])
                .header("Content-Type", "application/json")
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString(json))
                .build();
        take(path + " by " + parts[0] + " with " + json, request);
    }

    private void take(String what, HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        written.put(what, answer.headers().map() + "\n" + answer.body());
    }

    private void readTables(TestDatabase database) throws Exception {
        try (var connection = DriverManager.getConnection(
                        database.settings().url(),
                        database.settings().user(),
                        database.settings().password());
                var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                var rows = new StringBuilder();
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("select cast(t as text) from \"" + table + "\" t")) {
                    while (row.next()) {
                        rows.append(row.getString(1)).append('\n');
                    }
                }
                written.put("table " + table, rows.toString());
            }
        }
        assertThat(written.get("table event_journal")).contains(hex("status=401 leak=1"));
    }

    private void readFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().equals("local-token")) {
                    written.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private void assertNowhere(String secret) {
        assertThat(secret).isNotBlank();
        assertThat(written.entrySet().stream()
                        .filter(each -> each.getValue().contains(secret)
                                || each.getValue().toLowerCase(Locale.ROOT).contains(hex(secret)))
                        .map(Map.Entry::getKey))
                .as("where %s stands", secret)
                .isEmpty();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
