package dev.baton.gateway.door;

import static dev.baton.gateway.door.Story.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.door.Said.Kind;
import dev.baton.gateway.door.Said.Outcome;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.stream.Frame;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnTellerTest {
    private static final Part CALL = new Part.ToolCall("c1", "weather", "{}");
    private static final Part UNKNOWN = new Part.ToolCall("c2", "nothing", "{}");

    @Test
    void saysItemsAsTheyComeAndTheRestWithTheMessage() {
        var story = new Story()
                .says("Hel", "lo wor", "ld, you")
                .commits(text("Hello world, you all"))
                .status("waiting");

        assertThat(told(story.live()))
                .containsExactly(
                        new Said.Begun(0, Kind.TEXT),
                        new Said.Piece(0, Kind.TEXT, "Hello"),
                        new Said.Piece(0, Kind.TEXT, " world,"),
                        new Said.Piece(0, Kind.TEXT, " you"),
                        new Said.Piece(0, Kind.TEXT, " all"),
                        new Said.Ended(0, text("Hello world, you all"), false),
                        over(story, Outcome.DONE, 1));
    }

    @Test
    void saysTheSameWithAndWithoutTheParts() {
        for (Story story : stories()) {
            assertThat(told(story.live())).isEqualTo(told(story.past()));
        }
    }

    private static List<Story> stories() {
        var thought = new Part.Reasoning("let me see", "signed");
        return List.of(
                new Story().says("a b c").commits(text("a b c")).status("waiting"),
                new Story()
                        .says(new Part.Reasoning("let me", null), new Part.Reasoning(" see", "signed"))
                        .says(new Part.Reasoning("more", null), text(""), text("so "), text("it is"))
                        .commits(thought, new Part.Reasoning("more", null), text("so it is"))
                        .status("waiting"),
                new Story()
                        .says(text("asking"), UNKNOWN, CALL)
                        .commits(text("asking"), UNKNOWN, CALL)
                        .message(Role.TOOL, false, new Part.ToolResult("c2", "{}", true))
                        .status("requires_action"),
                new Story()
                        .says(UNKNOWN)
                        .commits(UNKNOWN)
                        .message(Role.TOOL, false, new Part.ToolResult("c2", "{}", true))
                        .says("then this")
                        .commits(text("then this"))
                        .status("waiting"),
                new Story()
                        .says("one two")
                        .forgets()
                        .says("one two three")
                        .commits(text("one two three"))
                        .status("waiting"),
                new Story()
                        .says("half an")
                        .status("interrupting")
                        .commitsHalf(text("half an ans"))
                        .status("waiting"));
    }

    @Test
    void takesBackWhatAnotherAttemptSays() {
        var story = new Story()
                .says("first try, ")
                .beginsAgain(2)
                .says("second ")
                .commits(text("second try"))
                .status("waiting");

        assertThat(told(story.live())).contains(new Said.TakenBack(true, 0));
        assertThat(told(story.past())).startsWith(new Said.TakenBack(false, 0));
        assertThat(Said.standing(told(story.live()))).isEqualTo(Said.standing(told(story.past())));
    }

    @Test
    void neverGoesOnFromWhatTurnsOutToBeDifferent() {
        var story = new Story()
                .says("one two ")
                .forgets()
                .says("one other ")
                .commits(text("one other end"))
                .status("waiting");

        assertThat(told(story.live())).contains(new Said.TakenBack(true, 0));
        assertThat(Said.standing(told(story.live()))).isEqualTo(told(story.past()));
    }

    @Test
    void endsWhenAnotherMessageIsNext() {
        var story = new Story()
                .says("all of it")
                .commits(text("all of it"))
                .message(Role.USER, false, text("next"))
                .status("running")
                .commits(text("not this"));

        assertThat(told(story.live())).last().isEqualTo(over(story, Outcome.DONE, 1));
    }

    @Test
    void goesOnWhenAMessageSteers() {
        var story = new Story()
                .commits(UNKNOWN)
                .message(Role.USER, false, text("rather that"))
                .commits(text("that then"))
                .status("waiting");

        assertThat(told(story.live())).contains(new Said.Ended(0, text("that then"), false));
    }

    @Test
    void saysWhyATurnFailed() {
        List<Said> told = told(new Story().says("half").fails("rate_limit").live());

        assertThat(told).last().isInstanceOfSatisfying(Said.Over.class, over -> {
            assertThat(over.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(Refused.failure(over.failure()).status()).isEqualTo(429);
        });
    }

    @Test
    void saysThatTheTurnIsCancelledWhenItsMessageIsReplaced() {
        List<Said> told = told(List.of(new Frame("11", "history_reset", Json.object())));

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Said.Over.class, over -> assertThat(over.outcome()).isEqualTo(Outcome.CANCELLED));
    }

    private static Said.Over over(Story story, Outcome outcome, int from) {
        return told(story.past()).stream()
                .filter(Said.Over.class::isInstance)
                .map(Said.Over.class::cast)
                .peek(over -> assertThat(over.outcome()).isEqualTo(outcome))
                .peek(over -> assertThat(over.from()).isEqualTo(from))
                .findFirst()
                .orElseThrow();
    }

    private static List<Said> told(List<Frame> frames) {
        var teller = new TurnTeller(Set.of("weather"));
        var told = new ArrayList<Said>();
        frames.forEach(frame -> told.addAll(teller.on(frame)));
        return told;
    }
}
