package dev.baton.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one page, told what to do over its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--remote-debugging-port=0");
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/.*");

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with {@code profile}, which must be an empty directory. */
    static Browser launch(Path profile) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", profile.toString());
        Process process = builder.start();
        try {
            String address = address(process);
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest pages = HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                    .build();
            JsonNode page = Json.read(
                            client.send(pages, BodyHandlers.ofString()).body())
                    .get(0);
            DevTools tools =
                    DevTools.connect(client, page.get("webSocketDebuggerUrl").asText());
            for (String domain : List.of("Page", "Runtime", "Log")) {
                tools.call(domain + ".enable", Json.object());
            }
            return new Browser(process, tools);
        } catch (IOException | InterruptedException | RuntimeException e) {
            kill(process);
            throw e;
        }
    }

    private static String address(Process process) throws IOException {
        // Not closed: the browser must be able to go on writing, and what it writes is read to the end elsewhere.
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
        String line = output.readLine();
        while (line != null) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "browser-output");
                drain.setDaemon(true);
                drain.start();
                return listening.group(1);
            }
            line = output.readLine();
        }
        throw new IOException("the browser ended without saying where it listens");
    }

    /** Opens {@code url} and waits until it is loaded. */
    void open(String url) {
        CompletableFuture<JsonNode> loaded = tools.next("Page.loadEventFired");
        tools.call("Page.navigate", Json.object().put("url", url));
        DevTools.await(loaded);
    }

    /** The value of {@code expression}, or what it promises. */
    JsonNode evaluate(String expression) {
        JsonNode answer = tools.call(
                "Runtime.evaluate",
                Json.object()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(
                    answer.at("/exceptionDetails/exception/description").asText());
        }
        return answer.at("/result/value");
    }

    /** Waits until {@code expression} holds; looks again whenever the document changes. */
    JsonNode waitFor(String expression) {
        return evaluate("""
                new Promise((resolve, reject) => {
                  const observer = new MutationObserver(() => check());
                  const end = (outcome, value) => { observer.disconnect(); clearTimeout(timer); outcome(value); };
                  const timer = setTimeout(() => end(reject, new Error(
                      'never true: ' + %s + '\\n' + document.title + '\\n' + document.body.innerText)), 10_000);
                  const check = () => { const value = (%s); if (value) end(resolve, value); };
                  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
                  check();
                })""".formatted(Json.text(expression), expression));
    }

    /** Waits for {@code text} in what {@code selector} finds. */
    void waitForText(String selector, String text) {
        waitFor("document.querySelector(%s)?.textContent.includes(%s)".formatted(Json.text(selector), Json.text(text)));
    }

    String text(String selector) {
        return evaluate("document.querySelector(%s).textContent".formatted(Json.text(selector)))
                .asText();
    }

    /** Clicks what {@code selector} finds, once it can be clicked. */
    void click(String selector) {
        String found = "document.querySelector(%s)".formatted(Json.text(selector));
        waitFor(found + "?.matches(':not(:disabled)')");
        evaluate(found + ".click()");
    }

    /** Types into what {@code selector} finds, in place of what stood there. */
    void type(String selector, String text) {
        waitFor("document.querySelector(%s) !== null".formatted(Json.text(selector)));
        evaluate("(field => { field.focus(); field.select(); })(document.querySelector(%s))"
                .formatted(Json.text(selector)));
        tools.call("Input.insertText", Json.object().put("text", text));
    }

    void pressEnter() {
        ObjectNode key = Json.object()
                .put("key", "Enter")
                .put("code", "Enter")
                .put("text", "\r")
                .put("windowsVirtualKeyCode", 13);
        tools.call("Input.dispatchKeyEvent", key.deepCopy().put("type", "keyDown"));
        tools.call("Input.dispatchKeyEvent", key.put("type", "keyUp"));
    }

    void resize(int width, int height) {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Json.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    void prefer(String colorScheme) {
        ObjectNode media = Json.object();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", colorScheme);
        tools.call("Emulation.setEmulatedMedia", media);
    }

    void screenshot(Path file) throws IOException {
        String image =
                tools.call("Page.captureScreenshot", Json.object()).get("data").asText();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(image));
    }

    /** What pages complained about: uncaught errors, refused scripts, missing files. Forgets it. */
    List<String> complaints() {
        return tools.complaints();
    }

    @Override
    public void close() {
        tools.close();
        kill(process);
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
}
