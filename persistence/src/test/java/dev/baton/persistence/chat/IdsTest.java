package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids have one text each. */
class IdsTest {

    @Test
    void readsWhatItWrites() {
        var chat = "0190e5b4-7c1e-7c3a-9b1e-2f6d5a4c3b21";

        assertThat(ChatId.parse(chat).map(ChatId::toString)).contains(chat);
        assertThat(MessageId.parse("m7")).contains(new MessageId(7));
        assertThat(QueueId.parse("q123456789012345678")).contains(new QueueId(123456789012345678L));
        assertThat(new MessageId(7)).hasToString("m7").isLessThan(new MessageId(10));
        assertThat(new QueueId(9)).hasToString("q9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "7",
                "m0",
                "m07",
                "m-7",
                "m+7",
                "m 7",
                "m7 ",
                "M7",
                "q7",
                "m7x",
                "m٧",
                "m1234567890123456789"
            })
    void readsNothingElseAsAMessageId(String text) {
        assertThat(MessageId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0190E5B4-7C1E-7C3A-9B1E-2F6D5A4C3B21",
                "0190e5b47c1e7c3a9b1e2f6d5a4c3b21",
                " 0190e5b4-7c1e-7c3a-9b1e-2f6d5a4c3b21"
            })
    void readsNothingElseAsAChatId(String text) {
        assertThat(ChatId.parse(text)).isEmpty();
    }
}
