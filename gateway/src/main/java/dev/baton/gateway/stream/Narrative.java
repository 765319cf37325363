package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatEvent.HistoryTruncated;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told next, one frame at a time, in the chat's order:
 *
 * <ol>
 *   <li>the events after {@link Place#done()}, from the page that was read or from what was committed meanwhile; a gap
 *       asks for the next page;
 *   <li>before a step's message the parts of its episode that were not told yet, as long as they are to be had;
 *   <li>after a truncation's reset the messages that are left;
 *   <li>when all that was told and the chat streams, its parts. Only a runner that has the episode open can say that
 *       parts which were told are lost; while nobody does, between two runners too, there is nothing to tell.
 * </ol>
 *
 * <p>At most one answer is waited for at a time; until it comes {@link #hasNext()} is false.
 */
final class Narrative implements Iterator<Frame> {

    /** What a narrative cannot get by itself. Each asks for one answer. */
    interface Needs {
        void read(long first, long last);

        void state();
    }

    private enum Waiting {
        NOT,
        FOR_PAGE,
        FOR_STATE
    }

    private final ChatId chat;
    private final Place place;
    private final PlacedFrames frames;
    private final Upcoming upcoming;
    private final PartPulls pulls;
    private final Needs needs;
    private Iterator<Frame> pending;
    private String told;
    private Waiting waiting = Waiting.NOT;
    /** What is told now, or as soon as the answer that is waited for has come. */
    private @Nullable Entry current;

    private boolean entered;
    private @Nullable Mark mark;
    private @Nullable Status status;
    private int position;
    private int positionTold;

    Narrative(StreamStart start, int buffer, PartPulls pulls, Needs needs) {
        this.chat = start.chat();
        this.place = start.place();
        this.frames = new PlacedFrames(chat, place);
        this.upcoming = new Upcoming(start.version(), buffer);
        this.pulls = pulls;
        this.needs = needs;
        this.pending = start.first();
        this.told = start.cursor().textFor(chat);
    }

    void subscribed(ChatState state) {
        upcoming.exists(state.version());
        mark = new Mark(state.version(), state.episode(), state.status());
        agreeWithMark();
    }

    void committed(Chat.Committed committed) {
        upcoming.committed(committed);
    }

    /** How many chats get capacity before and including this one; 0 when it does not wait. */
    void position(int newest) {
        position = newest;
    }

    /** False when the page is not the one that was asked for; then it has to be read again. */
    boolean pageRead(List<Entry> read) {
        if (waiting != Waiting.FOR_PAGE) {
            return true;
        }
        if (!upcoming.read(read, place.done() + 1)) {
            return false;
        }
        waiting = Waiting.NOT;
        return true;
    }

    void readAgain() {
        if (waiting == Waiting.FOR_PAGE) {
            needs.read(place.done() + 1, upcoming.lastMissing());
        }
    }

    /** A truncation leaves the messages before its first; a later one, which comes next then, may have left fewer. */
    void stateTold(ChatState state) {
        Entry entry = current;
        if (waiting == Waiting.FOR_STATE
                && entry != null
                && entry.event() instanceof HistoryTruncated truncated
                && state.version() >= entry.version()) {
            waiting = Waiting.NOT;
            int left = state.history().indexFrom(truncated.first().number());
            enter(entry, state.history().messages().subList(0, left));
        }
    }

    /** The chat's answer did not come in time; it is asked again. */
    void stateUntold() {
        if (waiting == Waiting.FOR_STATE) {
            needs.state();
        }
    }

    /** The last word; the cursor is that of what was told last. */
    Frame farewell(WireEvent word) {
        return Frame.of(chat, told, word);
    }

    @Override
    public boolean hasNext() {
        while (!pending.hasNext()) {
            pending = Collections.emptyIterator();
            if (waiting != Waiting.NOT || !step()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Frame next() {
        Frame frame = pending.next();
        told = frame.id();
        return frame;
    }

    /** False when there is nothing to tell before something else happens. */
    private boolean step() {
        if (current != null && entered) {
            leave();
            return true;
        }
        if (current != null) {
            return begin(current);
        }
        long version = place.done() + 1;
        Optional<Entry> following = upcoming.take(version);
        if (following.isPresent()) {
            current = following.get();
            return true;
        }
        if (upcoming.has(version)) {
            waiting = Waiting.FOR_PAGE;
            needs.read(version, upcoming.lastMissing());
            return false;
        }
        return tellWhatIsLive();
    }

    /** Again for each piece of the rest of a step's parts, until there is none. */
    private boolean begin(Entry entry) {
        Optional<EpisodeKey> episode = place.episode();
        if (episode.isPresent() && place.next() == 0 && hasPartsAfter(place.seq(), entry.event())) {
            Optional<Pulled> rest = pulls.rest(episode.get(), place.seq());
            if (rest.isEmpty()) {
                return false;
            }
            if (rest.get() instanceof Pulled.Parts more && !more.parts().isEmpty()) {
                pending = frames.parts(more.parts());
                return true;
            }
        }
        if (entry.event() instanceof HistoryTruncated) {
            waiting = Waiting.FOR_STATE;
            needs.state();
            return false;
        }
        enter(entry, List.of());
        return true;
    }

    private static boolean hasPartsAfter(long seq, ChatEvent event) {
        return event instanceof StepCommitted step && step.lastSeq() > seq;
    }

    private void enter(Entry entry, List<Message> left) {
        Optional<EpisodeKey> before = place.episode();
        place.enter(entry.event());
        if (!place.episode().equals(before)) {
            pulls.cancel();
        }
        entered = true;
        WireEvents events = WireEvents.of(entry.event());
        events.status().ifPresent(next -> {
            status = next;
            positionTold = 0;
        });
        pending = frames.events(
                Stream.concat(events.told().stream(), left.stream().map(WireEvent::message))
                        .skip(place.next())
                        .iterator());
    }

    private void leave() {
        place.leave();
        current = null;
        entered = false;
        agreeWithMark();
    }

    /** A stream that began in the middle of an episode learns of it here. */
    private void agreeWithMark() {
        if (mark == null || entered) {
            return;
        }
        if (mark.version() == place.done()) {
            place.agreeWith(mark.episode());
            status = mark.status();
        }
        if (mark.version() <= place.done()) {
            mark = null;
        }
    }

    private boolean tellWhatIsLive() {
        if (status == Status.RUNNING && position != positionTold) {
            positionTold = position;
            pending = frames.aside(WireEvent.waiting(status, position));
            return true;
        }
        Optional<Pulled> came = place.episode().flatMap(episode -> pulls.after(episode, place.seq()));
        if (came.isEmpty()) {
            return false;
        }
        if (came.get() instanceof Pulled.Parts more) {
            pending = frames.parts(more.parts());
        } else {
            place.forgetParts();
            pending = frames.aside(WireEvent.previewReset());
        }
        return true;
    }

    /** How a chat is at one version. */
    private record Mark(long version, EpisodeKey episode, Status status) {}
}
