package dev.baton.runner.episode;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.Chunk;
import dev.baton.persistence.parts.PartLog;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.runner.episode.PartBuffer.Ack;
import dev.baton.runner.episode.PartBuffer.Append;
import dev.baton.runner.episode.PartBuffer.Claimed;
import dev.baton.runner.episode.PartBuffer.Command;
import dev.baton.runner.episode.PartBuffer.Flush;
import dev.baton.runner.episode.PartBuffer.Logged;
import dev.baton.runner.episode.PartBuffer.Open;
import dev.baton.runner.episode.PartBuffer.Opening;
import dev.baton.runner.episode.PartBuffer.Sealed;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * How parts get into an episode: through the log, whose answers come to the buffer's mailbox.
 *
 * <p>{@code appended}: hears how many were added.
 */
record Adding(PartLog log, Publish publish, long maxBytes, IntConsumer appended, ActorRef<Command> buffer) {

    Episode begin(EpisodeKey key) {
        return new Episode(key, publish == Publish.IMMEDIATE);
    }

    void open(Episode episode, Open open) {
        Logging logging = episode.logging();
        long turn = logging.claiming(open);
        log.claim(open.key(), open.epoch(), logging.isAhead())
                .whenComplete((claim, failure) ->
                        buffer.tell(new Claimed(open, turn, failure == null ? claim : new PartLog.Claim.Fenced())));
    }

    Opening claimed(Episode episode, Claimed claimed) {
        if (!episode.logging().isTurn(claimed.turn())) {
            return new Opening.Taken(episode.key());
        }
        if (episode.isClosed() || !(claimed.claim() instanceof PartLog.Claim.Claimed done)) {
            episode.logging().lost();
            return new Opening.Taken(episode.key());
        }
        episode.logging().claimed(done.episode().lastChunk());
        if (done.episode().exact()) {
            episode.open(done.episode().parts());
        }
        return new Opening.Opened(episode.key(), done.episode());
    }

    void append(Episode episode, Append append) {
        if (!episode.isOpen() || episode.logging().isBusy()) {
            append.replyTo().tell(new Ack.NotOpen(append.key()));
            return;
        }
        if (!episode.hasRoomFor(append.parts(), maxBytes)) {
            append.replyTo().tell(new Ack.Full(append.key()));
            return;
        }
        Chunk chunk = episode.logging().next(append, episode.nextSeq());
        if (publish == Publish.IMMEDIATE) {
            show(episode, append.parts());
        }
        long turn = episode.logging().turn();
        log.append(chunk)
                .whenComplete((done, failure) -> buffer.tell(
                        new Logged(append.key(), turn, outcome(failure == null, Boolean.TRUE.equals(done)))));
    }

    private static Logged.Outcome outcome(boolean answered, boolean done) {
        if (!answered) {
            return Logged.Outcome.REFUSED;
        }
        return done ? Logged.Outcome.DONE : Logged.Outcome.FENCED;
    }

    /** What is in the log may be shown, also when the one who said it has been stopped meanwhile. */
    void logged(Episode episode, Logged logged) {
        if (!episode.logging().isTurn(logged.turn())) {
            return;
        }
        Optional<Append> append = episode.logging().arrived();
        if (append.isPresent() && !episode.isClosed()) {
            append.get().replyTo().tell(ack(episode, append.get(), logged.outcome()));
        }
        flush(episode);
    }

    private Ack ack(Episode episode, Append append, Logged.Outcome outcome) {
        return switch (outcome) {
            case DONE -> {
                if (publish == Publish.DURABLE) {
                    show(episode, append.parts());
                }
                yield new Ack.Appended(append.key(), episode.nextSeq() - 1);
            }
            case FENCED -> {
                episode.logging().lost();
                episode.rest();
                yield new Ack.NotOpen(append.key());
            }
            case REFUSED -> new Ack.Refused(append.key());
        };
    }

    private void show(Episode episode, List<Part> parts) {
        episode.show(parts);
        appended.accept(parts.size());
    }

    void flush(Episode episode, Flush flush) {
        episode.rest();
        episode.logging().flush(flush.replyTo());
        flush(episode);
    }

    private void flush(Episode episode) {
        if (!episode.logging().canFlush()) {
            return;
        }
        Optional<Chunk> seal = episode.logging().seal(episode.nextSeq());
        if (seal.isEmpty()) {
            episode.logging().flushed();
            return;
        }
        log.append(seal.get()).whenComplete((done, failure) -> buffer.tell(new Sealed(episode.key())));
    }

    void delete(EpisodeKey key) {
        log.delete(key.chat(), key.historyVersion());
    }
}
