package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private final Origins origins = new Origins(Set.of("https://app.example.com"));

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://localhost:8080, LOCALHOST:8080",
        "https://chat.example.com, chat.example.com",
        "https://chat.example.com, chat.example.com:443",
        "http://chat.example.com:80, chat.example.com",
        "https://app.example.com, chat.example.com"
    })
    void letsItsOwnPagesInAndThoseThatAreNamed(String origin, String host) {
        assertThatCode(() -> origins.require(request(origin, host))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, 127.0.0.1:8080",
        "http://127.0.0.1:8081, 127.0.0.1:8080",
        "http://localhost:8080, 127.0.0.1:8080",
        "http://app.example.com, chat.example.com",
        "https://chat.example.com.evil.example, chat.example.com",
        "null, 127.0.0.1:8080",
        "'', 127.0.0.1:8080"
    })
    void keepsOthersOut(String origin, String host) {
        assertThatThrownBy(() -> origins.require(request(origin, host))).hasMessageContaining("may not ask for this");
    }

    @Test
    void asksOnlyPages() {
        assertThatCode(() -> origins.require(HttpRequest.GET("/").addHeader(RawHeader.create("Host", "h"))))
                .doesNotThrowAnyException();
    }

    private static HttpRequest request(String origin, String host) {
        return HttpRequest.GET("/")
                .addHeader(RawHeader.create("Origin", origin))
                .addHeader(RawHeader.create("Host", host));
    }
}
