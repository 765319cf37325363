package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChatViewTest {
    private static final String STATUS = "{'id':'%s','type':'status','status':'%s'}";
    private static final String ANSWER = "{'id':'%s','type':'message','message':{'id':'%s','role':'assistant'}}";

    private final ChatView view = new ChatView("c");
    private int ids;

    @Test
    void thePauseIsFromTheSignalToTheFirstWordOfTheNewRunner() {
        view.expectTurn(at(0));
        part(1, 1, 50);
        view.signalled(at(100));
        moved(700);
        part(2, 1, 800);
        part(2, 2, 850);
        assertThat(view.moves())
                .containsExactly(new ChatView.MovedAway(
                        "akka://baton@127.0.0.1:1#7",
                        Duration.ofMillis(600),
                        Duration.ofMillis(700),
                        Duration.ofMillis(700),
                        Duration.ofMillis(100)));
        assertThat(view.movedFrom("127.0.0.1:1")).isPresent();
        assertThat(view.faults()).isEmpty();
    }

    @Test
    void aWordThatComesAfterTheSignalShortensThePause() {
        view.expectTurn(at(0));
        part(1, 1, 50);
        view.signalled(at(100));
        part(1, 2, 300);
        moved(400);
        part(2, 1, 450);
        assertThat(view.moves()).extracting(ChatView.MovedAway::pause).containsExactly(Duration.ofMillis(150));
    }

    @Test
    void nobodyWorksOnAChatFromTheCutToTheNextWord() {
        view.expectTurn(at(0));
        part(1, 1, 50);
        event("{'id':'m','type':'moved','from':'n#7','to':'x','cause':'handover','pause_ms':30}", 700);
        part(1, 2, 760);
        assertThat(view.moves()).extracting(ChatView.MovedAway::idle).containsExactly(Duration.ofMillis(90));
    }

    @Test
    void aPartOutOfOrderIsAFault() {
        view.expectTurn(at(0));
        part(1, 1, 10);
        part(1, 3, 20);
        assertThat(view.faults()).singleElement().asString().contains("part 3 of 4/1 came after part 1");
    }

    @Test
    void anEventThatComesTwiceIsAFault() {
        view.expectTurn(at(0));
        event("{'id':'9','type':'message_part','history_version':4,'attempt':1,'seq':1}", 10);
        event("{'id':'9','type':'message_part','history_version':4,'attempt':2,'seq':1}", 20);
        assertThat(view.faults()).containsExactly("chat c: event 9 came twice");
    }

    @Test
    void aTurnEndsWithItsOneAnswer() {
        view.expectTurn(at(0));
        event(STATUS.formatted("1", "waiting"), 5);
        assertThat(view.isRunning()).isTrue();
        event(ANSWER.formatted("2", "m1"), 10);
        event(STATUS.formatted("3", "waiting"), 15);
        assertThat(view.isRunning()).isFalse();
        event(ANSWER.formatted("4", "m2"), 20);
        assertThat(view.faults()).containsExactly("chat c: answer number 2 in one turn");
    }

    private void part(int attempt, int seq, long millis) {
        event(
                "{'id':'p%d','type':'message_part','history_version':4,'attempt':%d,'seq':%d}"
                        .formatted(ids++, attempt, seq),
                millis);
    }

    private void moved(long millis) {
        event("{'id':'m','type':'moved','from':'akka://baton@127.0.0.1:1#7','to':'x','cause':'takeover'}", millis);
    }

    private void event(String json, long millis) {
        try {
            view.event(Api.JSON.readTree(json.replace('\'', '"')), at(millis));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
