package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.message;
import static dev.baton.persistence.chat.Samples.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The same client message id twice answers the first outcome and changes nothing. */
class RepeatedSendTest {
    private static final ChatCommand SEND = send(Busy.QUEUE, "more", "mine");

    @Test
    void answersWithTheMessage() {
        TestChat chat = TestChat.idle().does(SEND);

        answersAgain(chat, new Sent(chat.lastMessage().id(), null));
    }

    @Test
    void answersWithTheQueuedMessage() {
        TestChat chat = TestChat.running().does(SEND);

        answersAgain(chat, new Sent(null, chat.queued(0)));
    }

    @Test
    void answersWithTheQueuedMessageAfterItWasPromoted() {
        TestChat chat = TestChat.running().does(SEND);
        var queued = new Sent(null, chat.queued(0));

        answersAgain(chat.finishesTurn(answer("hi")), queued);
        answersAgain(chat.finishesTurn(answer("hi again")), queued);
    }

    @Test
    void answersWithTheQueuedMessageAfterItWasDeleted() {
        TestChat chat = TestChat.running().does(SEND);
        var queued = new Sent(null, chat.queued(0));

        answersAgain(chat.does(new ChatCommand.DeleteQueued(chat.queued(0))), queued);
    }

    @Test
    void answersAlsoWhenTheChatIsArchived() {
        TestChat chat = TestChat.idle().does(SEND);
        var first = new Sent(chat.lastMessage().id(), null);

        answersAgain(chat.finishesTurn(answer("so")).does(new ChatCommand.Archive()), first);
    }

    @Test
    void answersOnceTheChatWasMadeWithTheMessage() {
        TestChat chat = new TestChat().does(Samples.newChat(null, message("more", "mine")));

        answersAgain(chat, new Sent(MessageId.FIRST, null));
    }

    @Test
    void answersARepeatedEditWithItsMessage() {
        var edit = new ChatCommand.EditMessage(MessageId.FIRST, message("other", "mine"));
        TestChat chat = TestChat.idle().does(edit);
        Sent first = chat.sent();

        assertThat(chat.restarted().does(edit).sent()).isEqualTo(first);
        assertThat(chat.does(edit).last()).isEmpty();
    }

    @Test
    void editsAMessageUnderItsOldName() {
        TestChat chat = new TestChat().does(Samples.newChat(null, message("hello", "mine")));

        chat.does(new ChatCommand.EditMessage(MessageId.FIRST, message("other", "mine")));

        assertThat(chat.lastMessage().content()).isEqualTo(Samples.content("other"));
    }

    @Test
    void forgetsTheOldestWhenTooMany() {
        SentMessages sent = SentMessages.NONE;
        for (int i = 0; i <= SentMessages.KEPT; i++) {
            sent = sent.with("id " + i, new Sent(new MessageId(i + 1), null));
        }

        assertThat(sent.byClientId()).hasSize(SentMessages.KEPT);
        assertThat(sent.find("id 0")).isEmpty();
        assertThat(sent.find("id 1")).contains(new Sent(new MessageId(2), null));
        assertThat(sent.with("id 1", new Sent(null, new QueueId(9)))).isSameAs(sent);
        assertThat(sent.find(null)).isEmpty();
    }

    private static void answersAgain(TestChat chat, Sent first) {
        ChatState before = chat.state();
        assertThat(chat.restarted().does(SEND).sent()).isEqualTo(first);
        assertThat(chat.does(SEND).sent()).isEqualTo(first);
        assertThat(chat.last()).isEmpty();
        assertThat(chat.state()).isEqualTo(before);
    }
}
