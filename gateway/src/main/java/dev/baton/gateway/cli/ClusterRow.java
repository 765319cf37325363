package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** A node of a local cluster in the words of the table. */
record ClusterRow(String node, String url, String status, String duties, String running, String sockets) {
    static final List<String> HEADINGS = List.of("NODE", "URL", "STATUS", "DUTIES", "RUNNING", "SOCKETS");

    private static final String UNKNOWN = "-";

    static ClusterRow dead(String node, int exitCode) {
        return new ClusterRow(node, UNKNOWN, "dead (exit %d)".formatted(exitCode), "", UNKNOWN, UNKNOWN);
    }

    static ClusterRow starting(String node) {
        return new ClusterRow(node, UNKNOWN, "starting", "", UNKNOWN, UNKNOWN);
    }

    /** Its process lives, and no node says that it is a member. */
    static ClusterRow alone(String node, URI url, String why) {
        return new ClusterRow(node, url.toString(), why, "", UNKNOWN, UNKNOWN);
    }

    static ClusterRow member(String node, URI url, JsonNode said) {
        JsonNode runners = said.path("runners");
        int waiting = runners.path("waiting").asInt();
        return new ClusterRow(
                node,
                url.toString(),
                said.path("status").asText().toLowerCase(Locale.ROOT),
                duties(said),
                count(runners.path("running")) + (waiting == 0 ? "" : " (%d waiting)".formatted(waiting)),
                count(said.path("sockets")));
    }

    List<String> cells() {
        return List.of(node, url, status, duties, running, sockets);
    }

    /** What is worth a line of its own when it changes. */
    String standing() {
        return String.join("  ", node, url, status, duties).stripTrailing();
    }

    private static String duties(JsonNode said) {
        boolean oldest = said.path("oldest").asBoolean();
        boolean sweeper = said.path("sweeper").asBoolean();
        if (oldest && sweeper) {
            return "oldest, sweeper";
        }
        return oldest ? "oldest" : sweeper ? "sweeper" : "";
    }

    private static String count(JsonNode number) {
        return number.isNumber() ? number.asText() : UNKNOWN;
    }
}
