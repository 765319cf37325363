package dev.baton.persistence.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * Events and snapshots as JSON that a person can read: snake_case, times in ISO 8601, what is absent left out. Fields
 * that this build does not know are ignored, since a newer one may have written them.
 */
final class JournalFormat {
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new ChatValuesModule())
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final EventMigrations migrations;

    JournalFormat(EventMigrations migrations) {
        this.migrations = migrations;
    }

    byte[] write(Object entry) throws IOException {
        return JSON.writeValueAsBytes(entry);
    }

    /** Throws an exception that names {@code manifest} when this build cannot read it. */
    Object read(byte[] json, Manifest manifest) throws IOException {
        Class<?> type = JournalTypes.classOf(manifest.name())
                .orElseThrow(() ->
                        new IllegalStateException("journal manifest %s is unknown to this build".formatted(manifest)));
        Manifest today = JournalTypes.manifestOf(type);
        if (manifest.version() > today.version()) {
            throw new IllegalStateException(
                    "journal manifest %s is newer than this build, which reads up to %s".formatted(manifest, today));
        }
        if (manifest.equals(today)) {
            return JSON.readValue(json, type);
        }
        ObjectNode migrated = migrations.migrate((ObjectNode) JSON.readTree(json), manifest, today);
        return JSON.treeToValue(migrated, type);
    }
}
