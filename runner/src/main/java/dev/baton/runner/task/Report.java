package dev.baton.runner.task;

import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task tells of itself: to its runner while it works, to the log when its write was refused against all rules. */
record Report(Work work) {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    void doing(String what, Duration patience) {
        work.runner().tell(new ChatRunner.Doing(what, patience));
    }

    void doing(String what) {
        doing(what, Duration.ZERO);
    }

    void observed(Chat.Reply reply) {
        if (reply instanceof Chat.Done done) {
            work.runner().tell(new ChatRunner.Observed(done.state().hint()));
        } else if (isUnexpected(reply)) {
            LOG.warn("chat {}: a task's write was refused: {}", work.chat(), reply);
        } else {
            LOG.debug("chat {}: has moved on: {}", work.chat(), reply);
        }
    }

    /** A refusal that does not mean that the chat has moved on or gone. */
    static boolean isUnexpected(Chat.Reply reply) {
        if (!(reply instanceof Chat.Refused refused)) {
            return false;
        }
        ErrorCode code = refused.code();
        return code != ErrorCode.FENCED
                && code != ErrorCode.TRANSITION_NOT_ALLOWED
                && code != ErrorCode.CHAT_NOT_FOUND
                && code != ErrorCode.CHAT_ARCHIVED;
    }
}
