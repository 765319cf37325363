package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures requests until their answer begins, by what they asked for and how they were answered. */
public final class RequestMeter {
    /** What was asked for when it is no endpoint: labels must not grow with what strangers type. */
    private static final String OTHER = "other";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final String prefix;

    /** {@code prefix}: what stands before the paths of all endpoints. */
    public RequestMeter(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    public Timer.Sample begin() {
        return Timer.start(registry);
    }

    void end(Timer.Sample sample, @Nullable Endpoint endpoint, HttpResponse response) {
        end(
                sample,
                endpoint == null ? null : endpoint.method().name(),
                endpoint == null ? null : endpoint.path().text(),
                response);
    }

    /** {@code method}, {@code path}: null when there is nothing of the kind; the path has names where values go. */
    public void end(Timer.Sample sample, @Nullable String method, @Nullable String path, HttpResponse response) {
        long unused = sample.stop(Timer.builder("baton.http.requests")
                .description("Requests until their answer begins.")
                .tag("method", method == null ? OTHER : method)
                .tag("route", path == null ? OTHER : prefix + path)
                .tag("status", Integer.toString(response.status().intValue()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }
}
