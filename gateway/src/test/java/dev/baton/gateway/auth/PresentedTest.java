package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization | Bearer t1 | t1",
                "authorization | bearer  t1 | t1",
                "Authorization | Basic dTpw | ''",
                "Authorization | t1 | ''",
                "X-Api-Key | t1 | t1",
                "Sec-WebSocket-Protocol | baton, baton.bearer.t1 | t1",
                "Sec-WebSocket-Protocol | baton.bearer.t1 | t1"
            })
    void isFoundWhereClientsPutIt(String name, String value, String token) {
        assertThat(Presented.in(request(name, value))).hasValue(token);
    }

    @Test
    void isNoneWhereThereIsNone() {
        assertThat(Presented.in(HttpRequest.GET("/?token=t1&access_token=t1"))).isEmpty();
        assertThat(Presented.in(request("Sec-WebSocket-Protocol", "graphql-ws")))
                .isEmpty();
        assertThat(Presented.in(request("Cookie", "token=t1"))).isEmpty();
    }

    @Test
    void isTheOneForEveryone() {
        assertThat(Presented.in(request("x-api-key", "t2").addHeader(RawHeader.create("Authorization", "Bearer t1"))))
                .hasValue("t1");
    }

    @Test
    void isNoneOfAnyLength() {
        Optional<String> presented = Presented.in(request("x-api-key", "x".repeat(10_000)));
        assertThat(presented).hasValue("");
    }

    private static HttpRequest request(String name, String value) {
        return HttpRequest.GET("/").addHeader(RawHeader.create(name, value));
    }
}
