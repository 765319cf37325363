package dev.baton.gateway.bridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            529 | anything                                                            | OVERLOADED        | true
            503 | The engine is currently overloaded (overloaded_error)               | OVERLOADED        | true
            0   | Overloaded                                                          | OVERLOADED        | true
            429 | You exceeded your current quota, check your plan (insufficient_quota) | USAGE_LIMIT     | false
            402 | Payment required                                                    | USAGE_LIMIT       | false
            400 | Your credit balance is too low                                      | USAGE_LIMIT       | false
            401 | nope                                                                | AUTH              | false
            400 | Incorrect API key provided (invalid_api_key)                        | AUTH              | false
            403 | forbidden                                                           | AUTH              | false
            403 | the model x does not exist or you have no access (model_not_found)  | CONFIG            | false
            429 | slow down                                                           | RATE_LIMIT        | true
            400 | Rate limit reached for requests                                     | RATE_LIMIT        | true
            429 | Request too large: maximum context length is 8192 tokens            | CONFIG            | false
            503 | provider_disabled                                                   | PROVIDER_DISABLED | false
            408 | x                                                                   | TIMEOUT           | true
            502 | bad gateway                                                         | TIMEOUT           | true
            503 | x                                                                   | TIMEOUT           | true
            504 | x                                                                   | TIMEOUT           | true
            522 | x                                                                   | TIMEOUT           | true
            0   | upstream timed out                                                  | TIMEOUT           | true
            400 | the parameter timeout timed out of range                            | GENERIC           | false
            404 | The model `x` does not exist                                        | CONFIG            | false
            400 | This model's maximum context length is 8192 (context_length_exceeded) | CONFIG          | false
            500 | x                                                                   | GENERIC           | true
            0   | The server had an error (server_error)                              | GENERIC           | true
            501 | x                                                                   | GENERIC           | false
            400 | x                                                                   | GENERIC           | false
            404 | x                                                                   | GENERIC           | false
            0   | x                                                                   | GENERIC           | false
            """)
    void saysWhatKindOfFailureAnErrorIs(int status, String text, FailureKind kind, boolean retryable) {
        assertThat(FailureRules.verdict(status, text)).isEqualTo(new FailureRules.Verdict(kind, retryable));
    }
}
