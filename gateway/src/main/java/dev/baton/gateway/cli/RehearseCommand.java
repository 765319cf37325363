package dev.baton.gateway.cli;

import dev.baton.gateway.node.Node;
import dev.baton.gateway.node.NodeOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A short life of a node that answers one message, for the Java that runs it with {@code -XX:ArchiveClassesAtExit}: nodes
 * that are started with this archive (JEP 350) need half the time.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start a node on a new database, answer one message, and stop.",
        mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

    /** One that hangs must not keep anybody from starting a node. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Where the database is made.")
    private Path data = Path.of("");

    @Override
    public Integer call() {
        CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE));
        Node node = Node.start(new NodeOptions(0, data, database(), null, 0, List.of()));
        var client = ApiClient.local(node.url(), LocalTokens.in(List.of(data)));
        String chat = client.post("/chats", ApiClient.JSON.createObjectNode().put("model", "simulated/default"))
                .path("id")
                .asText();
        var nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (var conversation = new Conversation(client, chat, nowhere, false)) {
            conversation.say("words=20 rate=0");
        } catch (IOException failure) {
            throw new CommandFailed("the rehearsal broke off: " + failure.getMessage(), failure);
        }
        var unused = node.leave();
        return UpCommand.RUNNING;
    }

    /** Whatever is configured: a rehearsal must never join a cluster, nor ask a model that costs something. */
    private String database() {
        return "jdbc:h2:file:" + data.toAbsolutePath().normalize().resolve("baton");
    }
}
