package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.client.ChatEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private final Witness restarting = new Witness("c", Expected.RESTART);
    private final Witness continuing = new Witness("c", Expected.CONTINUE);

    @Test
    void anAnswerThatCameWholeIsRight() {
        tell(restarting, running(), part(1, 1, "One "), part(1, 2, "two."), answer("m1", "One two."), waiting());
        assertThat(restarting.faults()).isEmpty();
        assertThat(restarting.hasSeen(1)).isTrue();
        restarting.compare(List.of("One two."));
        assertThat(restarting.faults()).isEmpty();
    }

    @Test
    void oneResetForACutIsRightWhereTheModelRestarts() {
        tell(restarting, running(), part(1, 1, "One "), moved(), reset(), part(2, 1, "One "), part(2, 2, "two."));
        tell(restarting, answer("m1", "One two."), waiting());
        assertThat(restarting.faults()).isEmpty();
        assertThat(restarting.tally().count(Tally.Of.RESETS)).isEqualTo(1);
        assertThat(restarting.tally().count(Tally.Of.CUTS)).isEqualTo(1);
    }

    @Test
    void aSecondResetForACutIsWrong() {
        tell(restarting, running(), part(1, 1, "One "), moved(), reset(), part(2, 1, "One "), reset());
        assertThat(restarting.tally().count(Tally.Of.RESETS_UNASKED)).isEqualTo(1);
    }

    @Test
    void goingOnWithoutAResetIsWrongWhereTheModelRestarts() {
        tell(restarting, running(), part(1, 1, "One "), moved(), part(1, 2, "two."), answer("m1", "One two."));
        assertThat(restarting.tally().count(Tally.Of.RESETS_MISSING)).isEqualTo(1);
    }

    @Test
    void aWordThatWasLoggedBeforeTheCutMayComeBeforeTheReset() {
        tell(restarting, running(), part(1, 1, "One "), moved(), part(1, 2, "two"), reset());
        tell(restarting, part(2, 1, "One "), part(2, 2, "two."), answer("m1", "One two."), waiting());
        assertThat(restarting.faults()).isEmpty();
    }

    @Test
    void anyResetIsWrongWhereTheModelContinues() {
        tell(continuing, running(), part(1, 1, "One "), moved(), part(1, 2, "two."));
        assertThat(continuing.faults()).isEmpty();
        tell(continuing, reset());
        assertThat(continuing.tally().count(Tally.Of.RESETS_UNASKED)).isEqualTo(1);
    }

    @Test
    void gapsAndDoublesAreCounted() {
        tell(restarting, running(), part(1, 1, "One "), part(1, 1, "One "), part(1, 3, "three."));
        assertThat(restarting.tally().count(Tally.Of.DOUBLES)).isEqualTo(1);
        assertThat(restarting.tally().count(Tally.Of.GAPS)).isEqualTo(1);
    }

    @Test
    void aPartAfterItsMessageIsADouble() {
        tell(restarting, running(), part(1, 1, "One."), answer("m1", "One."), part(1, 2, " two."));
        assertThat(restarting.tally().count(Tally.Of.DOUBLES)).isEqualTo(1);
    }

    @Test
    void aMessageThatCameTwiceIsADouble() {
        tell(restarting, running(), answer("m1", "One."), answer("m1", "One."));
        assertThat(restarting.tally().count(Tally.Of.DOUBLES)).isEqualTo(1);
    }

    @Test
    void otherWordsThanTheMessagesAreWrong() {
        tell(restarting, running(), part(1, 1, "Two"), answer("m1", "One."));
        assertThat(restarting.tally().count(Tally.Of.UNEQUAL)).isEqualTo(1);
    }

    @Test
    void otherWordsThanTheChatsAreWrong() {
        tell(restarting, running(), answer("m1", "One."), waiting());
        restarting.compare(List.of("One.", "Two."));
        assertThat(restarting.faults()).containsExactly("chat c: answer 2 is \"Two.\", seen was \"nothing\"");
    }

    private static void tell(Witness witness, ChatEvent... events) {
        for (ChatEvent event : events) {
            witness.event(event);
        }
    }

    private static ChatEvent running() {
        return event("status", "'status':'running'");
    }

    private static ChatEvent waiting() {
        return event("status", "'status':'waiting'");
    }

    private static ChatEvent moved() {
        return event("moved", "'cause':'takeover'");
    }

    private static ChatEvent reset() {
        return event("preview_reset", "'x':0");
    }

    private static ChatEvent part(int attempt, int seq, String text) {
        return event(
                "message_part",
                "'history_version':3,'attempt':%d,'seq':%d,'part':{'type':'text','text':'%s'}"
                        .formatted(attempt, seq, text));
    }

    private static ChatEvent answer(String id, String text) {
        return event(
                "message",
                "'message':{'id':'%s','role':'assistant','content':[{'type':'text','text':'%s'}]}".formatted(id, text));
    }

    private static ChatEvent event(String type, String rest) {
        try {
            JsonNode data =
                    Api.JSON.readTree("{'type':'%s',%s}".formatted(type, rest).replace('\'', '"'));
            return new ChatEvent("", type, data);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
