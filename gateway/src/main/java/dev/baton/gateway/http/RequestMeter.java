package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures requests until their answer begins, by what they asked for and how they were answered. */
final class RequestMeter {
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
    RequestMeter(MeterRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void end(Timer.Sample sample, @Nullable Endpoint endpoint, HttpResponse response) {
        long unused = sample.stop(Timer.builder("baton.http.requests")
                .description("Requests until their answer begins.")
                .tag("method", endpoint == null ? OTHER : endpoint.method().name())
                .tag(
                        "route",
                        endpoint == null ? OTHER : prefix + endpoint.path().text())
                .tag("status", Integer.toString(response.status().intValue()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }
}
