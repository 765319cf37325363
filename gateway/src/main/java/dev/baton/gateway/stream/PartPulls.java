package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for the running episode's parts, one pull at a time, and holds what the last one brought. */
final class PartPulls {
    private final ActorRef<PartBuffer.Command> buffer;
    private final ActorRef<Pulled> replyTo;
    private @Nullable EpisodeKey pulling;
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
            buffer.tell(new PartBuffer.Pull(key, seq, replyTo));
        }
        return List.of();
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
