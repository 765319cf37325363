package dev.baton.gateway.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.bridge.Conversations;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoedBeginningTest {
    private static final ModelEvent END = new ModelEvent.Finished(ModelEvent.FinishReason.STOP, new Usage(1, 1, 0, 0));

    @ParameterizedTest
    @CsvSource({
        "'It is|It is blue', It is blue",
        "'It is|blue', blue",
        "'It is| blue', ' blue'",
        "'It |is b|lue', ' blue'",
        "'It is|', ''",
        "'It was|', It was",
        "'It i|t', It it",
        "'It i', It i",
        "blue, blue",
        "'It is blue It is', ' blue It is'",
    })
    void dropsTheBeginningHoweverItIsCutAndNothingElse(String pieces, String left) {
        assertThat(newIn("It is", pieces)).isEqualTo(left);
    }

    @Test
    void keepsEverythingInItsOrderWhenTheEchoEndsEarly() {
        var echo = new EchoedBeginning("It is");
        assertThat(echo.newIn(text("It"))).isEmpty();
        assertThat(echo.newIn(END)).containsExactly(text("It"), END);
        assertThat(echo.newIn(text("It"))).containsExactly(text("It"));
    }

    @Test
    void letsReasoningPassMeanwhile() {
        var echo = new EchoedBeginning("It is");
        var thought = new ModelEvent.Streamed(new Part.Reasoning("hm", null));
        assertThat(echo.newIn(text("It"))).isEmpty();
        assertThat(echo.newIn(thought)).containsExactly(thought);
        assertThat(echo.newIn(text(" is so"))).containsExactly(text(" so"));
    }

    private static String newIn(String beginning, String pieces) {
        var echo = new EchoedBeginning(beginning);
        var events = new ArrayList<ModelEvent>();
        for (String piece : List.of(pieces.split("\\|"))) {
            events.addAll(echo.newIn(text(piece)));
        }
        events.addAll(echo.newIn(END));
        assertThat(events).endsWith(END);
        return Conversations.textOf(events);
    }

    private static ModelEvent text(String text) {
        return new ModelEvent.Streamed(new Part.Text(text));
    }
}
