package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A chat that begins with what was said elsewhere. */
class EarlierTest {
    private static final Part CALL = new Part.ToolCall("c1", "weather", "{}");
    private static final Part RESULT = new Part.ToolResult("c1", "\"rain\"", false);

    @Test
    void answersTheFirstMessageOnly() {
        TestChat chat = new TestChat().does(chat(Samples.message("and now?"), user("hello"), assistant("hi")));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().turn().userMessage()).isEqualTo(new MessageId(3));
        assertThat(chat.sent()).isEqualTo(new Sent(new MessageId(3), null));
        assertThat(roles(chat)).containsExactly(Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(chat.state().details().title()).isEqualTo("hello");
    }

    @Test
    void goesOnFromWhatToolsGave() {
        TestChat chat = new TestChat().does(chat(null, user("weather?"), calls(), results(RESULT)));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
        assertThat(chat.state().turn().userMessage()).isEqualTo(new MessageId(1));
    }

    @Test
    void waitsWhenNothingIsLeftToAnswer() {
        TestChat chat = new TestChat().does(chat(null, user("hello"), assistant("hi")));

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().turn()).isEqualTo(Turn.NONE);
    }

    @Test
    void answersCallsThatNobodyAnswered() {
        TestChat chat = new TestChat().does(chat(Samples.message("never mind"), user("weather?"), calls()));

        assertThat(roles(chat)).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
    }

    @Test
    void takesNoResultsOfCallsThatWereNotMade() {
        TestChat chat = new TestChat();

        assertThat(chat.codeOf(chat(null, user("weather?"), results(RESULT))))
                .isEqualTo(ErrorCode.TOOL_RESULTS_MISMATCH);
        assertThat(chat.codeOf(chat(null, user("weather?"), calls(), results(RESULT, RESULT))))
                .isEqualTo(ErrorCode.TOOL_RESULTS_MISMATCH);
        assertThat(chat.state().exists()).isFalse();
    }

    private static ChatCommand.Create chat(@Nullable NewMessage first, Earlier... earlier) {
        return new ChatCommand.Create(
                "ada", Details.NONE, "simulated/default", null, List.of(), null, List.of(earlier), first);
    }

    private static Earlier user(String text) {
        return new Earlier(Role.USER, List.of(new Part.Text(text)));
    }

    private static Earlier assistant(String text) {
        return new Earlier(Role.ASSISTANT, List.of(new Part.Text(text)));
    }

    private static Earlier calls() {
        return new Earlier(Role.ASSISTANT, List.of(CALL));
    }

    private static Earlier results(Part... results) {
        return new Earlier(Role.TOOL, List.of(results));
    }

    private static List<Role> roles(TestChat chat) {
        return chat.state().history().messages().stream().map(Message::role).toList();
    }
}
