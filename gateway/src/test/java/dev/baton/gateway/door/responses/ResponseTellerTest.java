package dev.baton.gateway.door.responses;

import static dev.baton.gateway.door.Story.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Story;
import dev.baton.gateway.door.TurnTeller;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.gateway.stream.Frame;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The numbers of events follow from the journal, so who comes back is told exactly what is missing. */
class ResponseTellerTest {
    private static final Part CALL = new Part.ToolCall("c1", "weather", "{\"city\":\"Bern\"}");
    private static final Started TURN = turn();

    @Test
    void numbersTheEventsOfAnAnswer() {
        var story =
                new Story().says("Hello ", "world").commits(text("Hello world")).status("waiting");

        assertThat(words(events(story.live(), -1)))
                .containsExactly(
                        "0 response.created",
                        "1 response.in_progress",
                        "2 response.output_item.added",
                        "3 response.content_part.added",
                        "4 response.output_text.delta",
                        "5 response.output_text.delta",
                        "6 response.output_text.done",
                        "7 response.content_part.done",
                        "8 response.output_item.done",
                        "9 response.completed");
    }

    @Test
    void tellsWhoComesBackExactlyWhatIsMissing() {
        for (Story story : stories()) {
            List<ObjectNode> all = events(story.past(), -1);
            assertThat(events(story.live(), -1)).isEqualTo(all);
            for (int i = 0; i < all.size(); i++) {
                long number = all.get(i).path("sequence_number").asLong();
                assertThat(events(story.past(), number)).isEqualTo(all.subList(i + 1, all.size()));
                assertThat(events(story.live(), number)).isEqualTo(all.subList(i + 1, all.size()));
            }
        }
    }

    private static List<Story> stories() {
        return List.of(
                new Story()
                        .says("one two", " three")
                        .commits(text("one two three"))
                        .status("waiting"),
                new Story()
                        .says(new Part.Reasoning("let me see", null), text("asking"), CALL)
                        .commits(new Part.Reasoning("let me see", null), text("asking"), CALL)
                        .status("requires_action"),
                new Story()
                        .beginsAgain(2)
                        .beginsAgain(3)
                        .says("third time")
                        .commits(text("third time"))
                        .status("waiting"),
                new Story()
                        .says("half")
                        .status("interrupting")
                        .commitsHalf(text("half"))
                        .status("waiting"),
                new Story().fails("overloaded"));
    }

    @Test
    void cutsWhoHasHeardWhatIsVoid() {
        var story = new Story()
                .says("first try of it")
                .beginsAgain(2)
                .says("second")
                .commits(text("second"))
                .status("waiting");

        assertThat(words(events(story.live(), -1))).last().isEqualTo("7 error");
        assertThat(words(events(story.past(), 6))).containsExactly("7 error");
        assertThat(events(story.past(), 6).get(0).path("error").path("code").asText())
                .isEqualTo("answer_restarted");
    }

    @Test
    void goesOnForWhoHasHeardNothingOfIt() {
        var story = new Story()
                .beginsAgain(2)
                .says("second")
                .commits(text("second"))
                .status("waiting");

        assertThat(words(events(story.live(), 1)))
                .startsWith("1000000000 response.output_item.added")
                .last()
                .isEqualTo("1000000006 response.completed");
    }

    @Test
    void endsAFailedResponseAlikeForThoseWhoHeardItsBeginningAndThoseWhoDidNot() {
        var story = new Story().says("half of ", "it").fails("overloaded");

        ObjectNode live = last(events(story.live(), -1));
        assertThat(live).isEqualTo(last(events(story.past(), -1))).isEqualTo(last(events(story.past(), 5)));
        assertThat(live.path("type").asText()).isEqualTo("response.failed");
        assertThat(live.path("response").path("status").asText()).isEqualTo("failed");
        assertThat(live.path("response").path("output")).isEmpty();
    }

    @Test
    void sumsUpTheResponse() {
        var story = new Story()
                .says("half")
                .status("interrupting")
                .commitsHalf(text("half"))
                .status("waiting");

        ObjectNode response = (ObjectNode) last(events(story.live(), -1)).path("response");
        assertThat(response.path("status").asText()).isEqualTo("cancelled");
        assertThat(response.path("output").path(0).path("status").asText()).isEqualTo("incomplete");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("half");
        assertThat(response.path("usage").path("total_tokens").asInt()).isEqualTo(14);
    }

    private static ObjectNode last(List<ObjectNode> events) {
        return events.get(events.size() - 1);
    }

    private static List<String> words(List<ObjectNode> events) {
        return events.stream()
                .map(event -> event.path("sequence_number").asText() + " "
                        + event.path("type").asText())
                .toList();
    }

    private static List<ObjectNode> events(List<Frame> frames, long after) {
        var turn = new TurnTeller(Set.of("weather"));
        var response = new ResponseTeller(TURN, after);
        var events = new ArrayList<>(response.begin());
        frames.forEach(frame -> turn.on(frame).forEach(said -> events.addAll(response.on(said))));
        return events;
    }

    private static Started turn() {
        ChatState chat = ChatState.none(new ChatId(new UUID(1, 2)));
        return new Started(
                chat,
                new Message(new MessageId(1), Role.USER, List.of(text("hi")), 10, MemoryChats.NOW, false, null, null));
    }
}
