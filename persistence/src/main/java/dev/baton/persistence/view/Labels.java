package dev.baton.persistence.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.persistence.sql.Jdbc;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Labels as the one text in a row: the same labels always give the same text. */
final class Labels {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private Labels() {}

    static String text(Map<String, String> labels) {
        try {
            return Jdbc.storable(JSON.writeValueAsString(new TreeMap<>(labels)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, String> parse(String text) throws SQLException {
        try {
            return JSON.readValue(text, MAP);
        } catch (JsonProcessingException failure) {
            throw new SQLException("chat.labels holds no labels: " + text, failure);
        }
    }
}
