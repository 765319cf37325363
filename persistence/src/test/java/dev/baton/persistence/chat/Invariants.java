package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is true of every chat after every command. */
final class Invariants {

    private Invariants() {}

    static void hold(ChatState before, List<ChatEvent> events, ChatState after, ChatLimits limits, Here here) {
        assertThat(after.state()).as("a state of the table").isPresent();
        countsGrow(before, events, after);
        messagesAreInOrder(after);
        noCallIsLeftOpenByWhatFollows(after.history().messages());
        assertThat(after.queue().messages()).as("queue").hasSizeLessThanOrEqualTo(limits.queuedMessages());
        statusAndTurnAgree(after);
        runnerFitsWork(after, events, here);
    }

    private static void countsGrow(ChatState before, List<ChatEvent> events, ChatState after) {
        assertThat(after.version()).as("version").isEqualTo(before.version() + events.size());
        assertThat(after.hold().epoch())
                .as("epoch")
                .isGreaterThanOrEqualTo(before.hold().epoch());
        assertThat(after.nextNumber()).as("next number").isGreaterThanOrEqualTo(before.nextNumber());
        assertThat(after.history().version())
                .as("history version")
                .isBetween(before.history().version(), after.version());
        assertThat(after.queue().version())
                .as("queue version")
                .isBetween(before.queue().version(), after.version());
        if (!after.history().messages().equals(before.history().messages())) {
            assertThat(after.history().version())
                    .as("version of a changed history")
                    .isGreaterThan(before.version());
        }
        if (!after.queue().messages().equals(before.queue().messages())) {
            assertThat(after.queue().version()).as("version of a changed queue").isGreaterThan(before.version());
        }
    }

    private static void messagesAreInOrder(ChatState chat) {
        long number = 0;
        long version = 0;
        for (Message message : chat.history().messages()) {
            assertThat(message.id().number()).as("number of %s", message.id()).isGreaterThan(number);
            assertThat(message.version())
                    .as("version of %s", message.id())
                    .isBetween(version, chat.history().version());
            number = message.id().number();
            version = message.version();
        }
        assertThat(chat.nextNumber()).as("next number").isGreaterThan(number);
        Set<Long> queued = new HashSet<>();
        for (QueuedMessage message : chat.queue().messages()) {
            assertThat(queued.add(message.id().number()))
                    .as("%s is queued once", message.id())
                    .isTrue();
            assertThat(message.id().number()).isLessThan(chat.nextNumber());
        }
    }

    private static void noCallIsLeftOpenByWhatFollows(List<Message> messages) {
        Set<String> open = new HashSet<>();
        for (Message message : messages) {
            if (message.role() != Role.TOOL) {
                assertThat(open).as("calls open when %s entered", message.id()).isEmpty();
            }
            for (Part part : message.content()) {
                if (part instanceof Part.ToolCall call) {
                    open.add(call.id());
                } else if (part instanceof Part.ToolResult result) {
                    open.remove(result.callId());
                }
            }
        }
    }

    private static void statusAndTurnAgree(ChatState chat) {
        Turn turn = chat.turn();
        Status status = chat.status();
        if (!status.hasWork()) {
            assertThat(turn).as("turn of an idle chat").isEqualTo(Turn.NONE);
        }
        if (status == Status.RUNNING || status == Status.INTERRUPTING) {
            assertThat(turn.attempt()).as("attempt").isPositive();
        }
        if (turn.retry() != null) {
            assertThat(status).as("an attempt has failed").isIn(Status.RUNNING, Status.INTERRUPTING);
        }
        assertThat(turn.action() != null).as("an action is pending").isEqualTo(status == Status.REQUIRES_ACTION);
        if (turn.action() != null) {
            assertThat(turn.action().calls())
                    .isNotEmpty()
                    .isEqualTo(chat.history().unanswered());
        }
        assertThat(chat.failure() != null).as("a failure is kept").isEqualTo(status == Status.ERROR);
    }

    /** An idle chat has no runner; one with work lacks it only after a release, or when nobody could run it. */
    private static void runnerFitsWork(ChatState chat, List<ChatEvent> events, Here here) {
        if (!chat.status().hasWork()) {
            assertThat(chat.hold().node()).as("runner of an idle chat").isNull();
        }
        boolean startsWork = events.stream().anyMatch(ChatEvent.AttemptStarted.class::isInstance);
        if (startsWork && here.node() != null) {
            assertThat(chat.hold().node()).as("runner of a started attempt").isNotNull();
        }
    }
}
