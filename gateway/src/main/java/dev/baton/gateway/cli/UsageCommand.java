package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sums up what calls of models used and cost. */
@Command(name = "usage", description = "Sum up what calls of models used and cost.", mixinStandardHelpOptions = true)
final class UsageCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "model",
            description = "owner, model, provider or day (default model).")
    private String by = "model";

    @Option(names = "--from", paramLabel = "DAY", description = "From this day on, as 2026-01-31.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Before this day.")
    private @Nullable String to;

    @Override
    public void run() {
        JsonNode answer = server.client().get("/usage?group_by=" + encoded(by) + query("from", from) + query("to", to));
        PrintWriter out = spec.commandLine().getOut();
        if (server.json()) {
            out.println(answer);
            return;
        }
        out.printf("%-32s  %8s  %12s  %12s  %s%n", by, "calls", "input", "output", "cost");
        answer.path("groups").forEach(group -> print(group.path("group").asText(), group));
        answer.path("totals").forEach(total -> print("all", total));
    }

    private void print(String name, JsonNode sum) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%-32s  %8d  %12d  %12d  %s %s%n",
                        name,
                        sum.path("calls").asLong(),
                        sum.path("usage").path("input_tokens").asLong(),
                        sum.path("usage").path("output_tokens").asLong(),
                        sum.path("cost").asText(),
                        sum.path("currency").asText());
    }

    private static String query(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
