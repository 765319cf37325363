package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.calls;
import static dev.baton.persistence.chat.Samples.results;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that steers joins the running turn between two steps. */
class SteeringTest {

    @Test
    void joinsAtTheNextStepBoundary() {
        TestChat chat = TestChat.running().sends(Busy.STEER, "shorter").commits(answer("so"));

        assertThat(texts(chat)).containsExactly("hello", "so", "shorter");
        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().turn().userMessage()).isEqualTo(MessageId.FIRST);
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void waitsWhileACallIsOpen() {
        TestChat chat = TestChat.running().sends(Busy.STEER, "shorter").commits(calls("c1"));
        assertThat(chat.at()).isEqualTo(State.R1);

        chat.commits(results("c1"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(texts(chat)).endsWith("shorter");
    }

    @Test
    void joinsOnceTheClientHasAnswered() {
        TestChat chat = TestChat.running().sends(Busy.STEER, "shorter").requiresAction(calls("c1"));

        chat.does(new ChatCommand.CompleteAction(List.of(Samples.result("c1"))));

        assertThat(texts(chat)).endsWith("shorter");
    }

    @Test
    void overtakesWhatIsQueued() {
        TestChat chat = TestChat.running()
                .sends(Busy.QUEUE, "later")
                .sends(Busy.STEER, "shorter")
                .commits(answer("so"));

        assertThat(texts(chat)).containsExactly("hello", "so", "shorter");
        assertThat(chat.state().queue().messages()).hasSize(1);
    }

    @Test
    void startsTheNextTurnWhenItComesTooLate() {
        TestChat chat = TestChat.running().sends(Busy.STEER, "shorter").finishesTurn(answer("so"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().turn().userMessage())
                .isEqualTo(chat.lastMessage().id());
    }

    @Test
    void joinsTheNextTurnAtOnceWhenItComesTooLateAndAnotherIsFirst() {
        TestChat chat = TestChat.running()
                .sends(Busy.QUEUE, "next")
                .sends(Busy.QUEUE, "later")
                .sends(Busy.STEER, "shorter")
                .finishesTurn(answer("so"));

        assertThat(texts(chat)).containsExactly("hello", "so", "next", "shorter");
        assertThat(chat.state().queue().messages())
                .extracting(QueuedMessage::steer)
                .containsExactly(false);
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void isAnOrdinaryMessageToAChatThatDoesNotRun() {
        TestChat waiting = TestChat.waitingFor("c1").sends(Busy.STEER, "shorter");
        TestChat interrupting = TestChat.running().interrupted().sends(Busy.STEER, "shorter");

        assertThat(waiting.state().queue().steering()).isEmpty();
        assertThat(interrupting.state().queue().steering()).isEmpty();
        assertThat(texts(TestChat.idle().sends(Busy.STEER, "shorter"))).endsWith("shorter");
    }

    @Test
    void doesNotSteerACompaction() {
        TestChat chat = TestChat.idle()
                .does(new ChatCommand.Compact())
                .sends(Busy.STEER, "shorter")
                .commits(calls("c1"))
                .commits(results("c1"));
        assertThat(chat.at()).isEqualTo(State.R1);

        chat.finishesTurn(answer("summary"));

        assertThat(texts(chat)).endsWith("summary", "shorter");
        assertThat(chat.state().turn().compaction()).isFalse();
    }

    private static List<String> texts(TestChat chat) {
        return chat.state().history().messages().stream()
                .flatMap(message -> message.content().stream())
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .toList();
    }
}
