package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the running episode's parts, one pull at a time, and holds what the last one brought. A pull may get lost
 * between nodes, so it can be asked again; two answers to it do no harm, for one that does not come next is not used.
 */
final class PartPulls {
    private ActorRef<PartBuffer.Command> buffer;
    private final ActorRef<Pulled> replyTo;
    private @Nullable EpisodeKey pulling;
    private long pullingAfter;
    private @Nullable EpisodeKey ended;
    private Pulled.@Nullable Parts held;

    PartPulls(ActorRef<PartBuffer.Command> buffer, ActorRef<Pulled> replyTo) {
        this.buffer = buffer;
        this.replyTo = replyTo;
    }

    void on(Pulled pulled) {
        if (!pulled.key().equals(pulling)) {
            return;
        }
        pulling = null;
        if (pulled instanceof Pulled.Ended) {
            ended = pulled.key();
        } else if (pulled instanceof Pulled.Parts parts && !parts.parts().isEmpty()) {
            held = parts;
        }
    }

    /** The parts that come next after {@code seq}; none while there are none, but then they were asked for. */
    List<Part> after(EpisodeKey key, long seq) {
        Pulled.Parts parts = held;
        held = null;
        if (parts != null && parts.key().equals(key) && parts.firstSeq() == seq + 1) {
            return parts.parts();
        }
        if (!key.equals(ended) && !key.equals(pulling)) {
            pulling = key;
            pullingAfter = seq;
            again();
        }
        return List.of();
    }

    boolean waits() {
        return pulling != null;
    }

    /** Asks again for what is waited for. */
    void again() {
        if (pulling != null) {
            buffer.tell(new PartBuffer.Pull(pulling, pullingAfter, replyTo));
        }
    }

    /** From now on parts come from {@code other}. */
    void from(ActorRef<PartBuffer.Command> other) {
        cancel();
        buffer = other;
    }

    /** Nothing that was asked for is wanted any more. */
    void cancel() {
        held = null;
        if (pulling != null) {
            pulling = null;
            buffer.tell(new PartBuffer.CancelPull(replyTo));
        }
    }
}
