package dev.baton.runner.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatEvent.HistoryTruncated;
import dev.baton.persistence.chat.ChatEvent.InterruptRequested;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatEvent.TurnEnded;
import dev.baton.persistence.chat.ChatEvent.TurnFailed;
import dev.baton.persistence.chat.ChatEvent.UserMessageAdded;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.List;

/** Reads a chat's events and holds every turn to its rules. */
final class TurnCheck {
    private boolean open;
    private boolean interrupted;
    private int answers;
    private String asked = "";
    private long epoch;
    private int whole;

    /** Returns how many turns had a whole answer. */
    static int of(List<ChatEvent> events) {
        var check = new TurnCheck();
        events.forEach(check::next);
        assertThat(check.open).as("the last turn has ended").isFalse();
        return check.whole;
    }

    private void next(ChatEvent event) {
        if (event instanceof UserMessageAdded added) {
            endTurn();
            open = true;
            interrupted = false;
            answers = 0;
            asked = FleetModel.text(added.message());
        } else if (event instanceof StepCommitted step) {
            step.messages().forEach(this::committed);
        } else if (event instanceof InterruptRequested) {
            interrupted = true;
        } else if (event instanceof TurnEnded) {
            endTurn();
        } else if (event instanceof TurnFailed) {
            assertThat(answers).as("answers of a failed turn").isZero();
            open = false;
        } else if (event instanceof HistoryTruncated) {
            open = false;
        } else if (event instanceof RunnerAssigned assigned) {
            assertThat(assigned.epoch()).isEqualTo(epoch + 1);
            epoch = assigned.epoch();
        }
    }

    private void committed(Message message) {
        if (message.role() != Role.ASSISTANT) {
            return;
        }
        assertThat(open).as("a turn is open for " + message).isTrue();
        String text = FleetModel.text(message);
        boolean callsTool = message.content().stream().anyMatch(Part.ToolCall.class::isInstance);
        if (message.interrupted()) {
            assertThat(FleetModel.answerTo(asked)).startsWith(text);
        } else if (!callsTool) {
            assertThat(text).isEqualTo(FleetModel.answerTo(asked));
        }
        answers += callsTool ? 0 : 1;
    }

    private void endTurn() {
        if (open && !interrupted) {
            assertThat(answers).as("answers to " + asked).isEqualTo(1);
            whole++;
        }
        assertThat(answers).isLessThanOrEqualTo(1);
        open = false;
        answers = 0;
    }
}
