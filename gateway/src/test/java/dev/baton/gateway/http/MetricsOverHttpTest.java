package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.cluster.NodeReport.Counts;
import dev.baton.gateway.metrics.CallMeters;
import dev.baton.gateway.metrics.ChatMeters;
import dev.baton.gateway.metrics.SweepMeters;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Target;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsOverHttpTest {
    private static final Pattern DESCRIBED = Pattern.compile("^# TYPE (baton_\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LISTED = Pattern.compile("^\\| `(baton_[a-z_]+)[{`]", Pattern.MULTILINE);

    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void areTextForPrometheus() throws Exception {
        HttpResponse<String> response = metrics();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(response.body()).contains("jvm_memory_used_bytes", "process_cpu_usage");
    }

    @Test
    void countRequestsByWhatTheyAskedForAndNeverByChat() throws Exception {
        String chat = scene.chat();
        scene.get("/chats/" + chat);
        scene.get("/no-such-thing");
        assertThat(metrics().body())
                .contains("baton_http_requests_seconds_count{method=\"POST\",route=\"/api/v1/chats\",status=\"201\"} 1")
                .contains("{method=\"GET\",route=\"/api/v1/chats/{chat}\",status=\"200\"} 1")
                .contains("{method=\"other\",route=\"other\",status=\"404\"} 1")
                .doesNotContain(chat);
    }

    /** docs/operations.md lists all of them and no other. */
    @Test
    void areThoseOfTheOperatorsPage() throws Exception {
        new ChatMeters(scene.metrics.registry()).fenced(scene.state(scene.chat()));
        new SweepMeters(scene.metrics.registry()).swept(0);
        scene.metrics.parts().accept(1);
        new CallMeters(scene.metrics.registry(), () -> 0)
                .ended(new CallEnd(
                        OneCall.ID,
                        Outcome.DONE,
                        null,
                        null,
                        new Target("m", "p", "m", null),
                        Usage.NONE,
                        MemoryChats.NOW,
                        List.of()));
        scene.metrics.journal(() -> 0);
        scene.metrics.pauses(() -> 0, () -> true);
        scene.metrics.phaseEnded("service-unbind", Duration.ofMillis(1));
        scene.counts = new Counts(1, 2, 3, 4, 5);

        var names = new TreeSet<String>();
        Matcher described = DESCRIBED.matcher(metrics().body());
        while (described.find()) {
            names.add(described.group(1));
        }
        names.removeIf(name -> name.endsWith("_seconds_max"));
        assertThat(listed()).isEqualTo(names);
    }

    private static Set<String> listed() throws IOException {
        var names = new TreeSet<String>();
        Matcher row = LISTED.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (row.find()) {
            names.add(row.group(1));
        }
        return names;
    }

    private HttpResponse<String> metrics() throws IOException, InterruptedException {
        return scene.client()
                .send(HttpRequest.newBuilder(scene.uri("/metrics")).build(), HttpResponse.BodyHandlers.ofString());
    }
}
