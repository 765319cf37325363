package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    @Test
    void isLettersAndDigitsBehindAPrefix() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            var bytes = new byte[TokenText.RANDOM_BYTES];
            random.nextBytes(bytes);
            String token = TokenText.of(bytes);
            assertThat(token).matches("baton_[0-9A-Za-z]{49}");
            assertThat(TokenText.isOne(token)).isTrue();
        }
    }

    @Test
    void eachBitMatters() {
        var bytes = new byte[TokenText.RANDOM_BYTES];
        String zero = TokenText.of(bytes);
        bytes[TokenText.RANDOM_BYTES - 1] = 1;
        String one = TokenText.of(bytes);
        bytes[TokenText.RANDOM_BYTES - 1] = 0;
        bytes[0] = (byte) 0x80;
        assertThat(TokenText.of(bytes)).isNotEqualTo(zero).isNotEqualTo(one);
        assertThat(one).isNotEqualTo(zero);
    }

    @Test
    void knowsWhatWasCopiedBadly() {
        String token = TokenText.of(new byte[TokenText.RANDOM_BYTES]);
        assertThat(TokenText.isOne(token.replaceFirst("0", "1"))).isFalse();
        assertThat(TokenText.isOne(token.substring(1))).isFalse();
        assertThat(TokenText.isOne(token + "0")).isFalse();
        assertThat(TokenText.isOne("")).isFalse();
    }

    @Test
    void isMadeOf256Bits() {
        assertThatThrownBy(() -> TokenText.of(new byte[16])).hasMessageContaining("32 random bytes, not 16");
    }
}
