package dev.baton.persistence.budget;

import akka.serialization.SerializerWithStringManifest;
import dev.baton.persistence.journal.ValueJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Writes accounts for the journal as JSON that a person can read; Akka makes it by name. */
public final class AccountSerializer extends SerializerWithStringManifest {
    /** Stored with every event, so it never changes. */
    private static final int IDENTIFIER = 7302;

    /** Names are for ever. */
    static final Map<String, Class<?>> TYPES = Map.of(
            "account-opened/1", AccountEvent.Opened.class,
            "account-changed/1", AccountEvent.Changed.class,
            "account-closed/1", AccountEvent.Closed.class,
            "account-state/1", AccountState.class);

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object entry) {
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue().equals(entry.getClass()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        entry.getClass().getName() + " has no manifest; the journal cannot hold it"));
    }

    @Override
    public byte[] toBinary(Object entry) {
        return ValueJson.write(entry).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        Class<?> type = Optional.<Class<?>>ofNullable(TYPES.get(manifest))
                .orElseThrow(() ->
                        new IllegalStateException("journal manifest %s is unknown to this build".formatted(manifest)));
        return ValueJson.read(new String(bytes, StandardCharsets.UTF_8), type);
    }
}
