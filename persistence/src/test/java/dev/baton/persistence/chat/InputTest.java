package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.details;
import static dev.baton.persistence.chat.Samples.newChatWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may not send in. */
class InputTest {
    private static final Map<String, String> TOO_MANY = Map.of("a", "1", "b", "2", "c", "3", "d", "4");

    @Test
    void refusesMessagesThatSayNothing() {
        assertThat(codeOfSending(List.of())).isEqualTo(ErrorCode.CONTENT_EMPTY);
        assertThat(codeOfSending(Samples.content(" \n"))).isEqualTo(ErrorCode.CONTENT_EMPTY);
    }

    @Test
    void refusesMessagesInWhichUsersSpeakAsSomeoneElse() {
        assertThat(codeOfSending(List.of(new Part.Text("hi"), new Part.ToolCall("c1", "look", "{}"))))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(codeOfSending(List.of(new Part.Text("hi"), Samples.result("c1"))))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
    }

    @Test
    void refusesClientMessageIdsThatAreBlankOrVeryLong() {
        TestChat chat = TestChat.idle();

        assertThat(chat.codeOf(Samples.send(Busy.QUEUE, "hi", " "))).isEqualTo(ErrorCode.REQUEST_INVALID);
        assertThat(chat.codeOf(Samples.send(Busy.QUEUE, "hi", "x".repeat(201)))).isEqualTo(ErrorCode.REQUEST_INVALID);
        chat.does(Samples.send(Busy.QUEUE, "hi", "x".repeat(200)));
    }

    @Test
    void countsTheCharactersOfTitlesAsPeopleDo() {
        TestChat chat = TestChat.idle();

        chat.does(update("😀".repeat(80), null));
        assertThat(chat.codeOf(update("😀".repeat(81), null))).isEqualTo(ErrorCode.TITLE_INVALID);
        assertThat(chat.codeOf(update(" ", null))).isEqualTo(ErrorCode.TITLE_INVALID);
        assertThat(chat.codeOf(update("", null))).isEqualTo(ErrorCode.TITLE_INVALID);
        assertThat(codeOfNew(newChatWith(details(" ", Map.of())))).isEqualTo(ErrorCode.TITLE_INVALID);
        assertThat(codeOfNew(newChatWith(details("x".repeat(81), Map.of())))).isEqualTo(ErrorCode.TITLE_INVALID);
    }

    @Test
    void refusesLabelsThatAreTooManyOrTooLongOrNameless() {
        TestChat chat = TestChat.idle();

        assertThat(chat.codeOf(update(null, TOO_MANY))).isEqualTo(ErrorCode.LABELS_INVALID);
        assertThat(chat.codeOf(update(null, Map.of(" ", "x")))).isEqualTo(ErrorCode.LABELS_INVALID);
        assertThat(chat.codeOf(update(null, Map.of("k", "x".repeat(11))))).isEqualTo(ErrorCode.LABELS_INVALID);
        assertThat(chat.codeOf(update(null, Map.of("k".repeat(11), "x")))).isEqualTo(ErrorCode.LABELS_INVALID);
        assertThat(codeOfNew(newChatWith(details("", TOO_MANY)))).isEqualTo(ErrorCode.LABELS_INVALID);
        chat.does(update(null, Map.of("k".repeat(10), "")));
    }

    @Test
    void leavesWhatIsNotGivenAsItIs() {
        TestChat chat = TestChat.idle().does(new ChatCommand.UpdateDetails("title", Map.of("a", "b"), true));

        chat.does(update(null, Map.of()));

        assertThat(chat.state().details()).isEqualTo(new Details("title", Map.of(), true));
        assertThat(chat.does(update("title", null)).last()).isEmpty();
    }

    @Test
    void doesNotHoldAnOldTitleToANewLimit() {
        ChatState old =
                TestChat.idle().does(update("a title of the old days", null)).state();
        var strict = new Decider(new ChatLimits(1, 1, 1, 10, 5));

        assertThat(strict.decide(old, update(null, Map.of("k", "v")), new Here(Samples.NODE, Samples.START)))
                .isInstanceOf(Decision.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "dot.ted", "é"})
    void refusesToolNamesThatProvidersDoNotTake(String name) {
        assertThat(codeOfNew(newChatWith(Details.NONE, tool(name)))).isEqualTo(ErrorCode.TOOLS_INVALID);
    }

    @Test
    void refusesToolsThatAreTooManyOrTooLongOrTwice() {
        ClientTool[] five =
                IntStream.range(0, 5).mapToObj(i -> tool("tool_" + i)).toArray(ClientTool[]::new);

        assertThat(codeOfNew(newChatWith(Details.NONE, five))).isEqualTo(ErrorCode.TOOLS_INVALID);
        assertThat(codeOfNew(newChatWith(Details.NONE, tool("x".repeat(65))))).isEqualTo(ErrorCode.TOOLS_INVALID);
        assertThat(codeOfNew(newChatWith(Details.NONE, tool("look"), tool("look"))))
                .isEqualTo(ErrorCode.TOOLS_INVALID);
        new TestChat().does(newChatWith(Details.NONE, tool("look"), tool("Look-2")));
    }

    @Test
    void refusesLimitsThatAllowNothing() {
        assertThatThrownBy(() -> new ChatLimits(20, 250, 0, 100, 200))
                .hasMessage("baton.limits.labels (0) must be at least 1");
    }

    private static ErrorCode codeOfSending(List<Part> content) {
        return TestChat.idle().codeOf(new ChatCommand.SendMessage(new NewMessage(content, null, null), Busy.QUEUE));
    }

    private static ErrorCode codeOfNew(ChatCommand.Create create) {
        return new TestChat().codeOf(create);
    }

    private static ChatCommand update(@Nullable String title, @Nullable Map<String, String> labels) {
        return new ChatCommand.UpdateDetails(title, labels, null);
    }

    private static ClientTool tool(String name) {
        return new ClientTool(name, "looks", "{}");
    }
}
