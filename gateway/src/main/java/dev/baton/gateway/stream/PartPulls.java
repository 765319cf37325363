package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the parts that come next, one question at a time, and holds the answer until it is used. A question may get
 * lost between nodes, so it can be asked again; two answers to it do no harm, for one that does not come next is not used.
 */
final class PartPulls {
    private Consumer<PartBuffer.Command> source;
    private ActorRef<Pulled> replyTo;
    private @Nullable Question asked;
    private @Nullable Question askedAgain;
    private @Nullable Question ended;
    private @Nullable Pulled held;

    PartPulls(Consumer<PartBuffer.Command> source, ActorRef<Pulled> replyTo) {
        this.source = source;
        this.replyTo = replyTo;
    }

    /** {@code waits}: until there is something to say. */
    private record Question(EpisodeKey key, long afterSeq, boolean waits) {}

    void on(Pulled pulled) {
        if (asked == null || !pulled.key().equals(asked.key())) {
            return;
        }
        Question answered = asked;
        asked = null;
        if (!answered.waits()) {
            held = pulled;
        } else if (pulled instanceof Pulled.Ended) {
            ended = answered;
        } else if (!(pulled instanceof Pulled.Parts parts) || !parts.parts().isEmpty()) {
            held = pulled;
        }
    }

    /**
     * The parts that come next after {@code seq}, or that those up to it are lost. Nothing while there is nothing, but then
     * it was asked for; nothing any more once the episode has ended.
     */
    Optional<Pulled> after(EpisodeKey key, long seq) {
        return answer(new Question(key, seq, true));
    }

    /** As {@link #after}, but an answer comes in any case: no parts or the end when there is nothing to be had. */
    Optional<Pulled> rest(EpisodeKey key, long seq) {
        return answer(new Question(key, seq, false));
    }

    private Optional<Pulled> answer(Question question) {
        Pulled answer = held;
        held = null;
        if (answer != null && fits(answer, question)) {
            return Optional.of(answer);
        }
        if (!question.equals(ended) && !question.equals(asked)) {
            cancel();
            asked = question;
            again();
        }
        return Optional.empty();
    }

    private static boolean fits(Pulled answer, Question question) {
        return answer.key().equals(question.key())
                && (!(answer instanceof Pulled.Parts parts) || parts.firstSeq() == question.afterSeq() + 1);
    }

    boolean waits() {
        return asked != null;
    }

    /** Asks again for what is waited for. */
    void again() {
        if (asked == null) {
            return;
        }
        source.accept(
                asked.waits()
                        ? new PartBuffer.Pull(asked.key(), asked.afterSeq(), replyTo)
                        : new PartBuffer.Peek(asked.key(), asked.afterSeq(), replyTo));
    }

    /**
     * Told now and then while it {@link #waits}: what is asked may have got lost and is asked again. The rest of a step is
     * done without when it was so the last time already, since the node that had it may be dead.
     */
    void look() {
        if (asked != null && !asked.waits() && asked.equals(askedAgain)) {
            on(new Pulled.Ended(asked.key(), 0));
        }
        askedAgain = asked;
        again();
    }

    /**
     * Another runner has the chat and may go on with an episode that had ended: parts come from {@code other} now, and to
     * {@code otherReplyTo}, so that a late answer of the runner before is not taken for one of this.
     */
    void from(Consumer<PartBuffer.Command> other, ActorRef<Pulled> otherReplyTo) {
        cancel();
        ended = null;
        source = other;
        replyTo = otherReplyTo;
    }

    /** Nothing that was asked for is wanted any more. */
    void cancel() {
        held = null;
        if (asked != null) {
            boolean parked = asked.waits();
            asked = null;
            if (parked) {
                source.accept(new PartBuffer.CancelPull(replyTo));
            }
        }
    }
}
