package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatEvent.HistoryTruncated;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
 *   <li>when all that was told and the chat streams, its parts.
 * </ol>
 *
 * <p>At most one answer is waited for at a time; until it comes {@link #hasNext()} is false.
 */
final class Narrative implements Iterator<Frame> {

    /** What a narrative cannot get by itself. Each asks for one answer. */
    interface Needs {
        void read(long first, long last);

        void state();

        void collect(EpisodeKey episode);
    }

    private enum Waiting {
        NOT,
        FOR_PAGE,
        FOR_STATE,
        FOR_PARTS_OF_STEP,
        FOR_PARTS_SEEN
    }

    private final ChatId chat;
    private final Place place;
    private final LiveEvents live;
    private final PartPulls pulls;
    private final Needs needs;
    private final Deque<Entry> page = new ArrayDeque<>();
    private Iterator<Frame> pending;
    private String told;
    private Waiting waiting = Waiting.NOT;
    /** What is told now, or as soon as the answer that is waited for has come. */
    private @Nullable Entry current;

    private boolean entered;
    private @Nullable Mark mark;
    private @Nullable Status status;
    private boolean partsSeenAreSure;
    private int position;
    private int positionTold;

    Narrative(StreamStart start, int buffer, PartPulls pulls, Needs needs) {
        this.chat = start.chat();
        this.place = start.place();
        this.live = new LiveEvents(buffer);
        this.pulls = pulls;
        this.needs = needs;
        this.pending = start.first();
        this.told = start.cursor().toString();
        this.partsSeenAreSure = place.seq() == 0;
        live.exists(start.version());
    }

    void subscribed(ChatState state) {
        live.exists(state.version());
        mark = new Mark(state.version(), state.episode(), state.status());
        agreeWithMark();
    }

    void committed(Chat.Committed committed) {
        live.add(committed);
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
        if (read.isEmpty() || read.get(0).version() != place.done() + 1) {
            return false;
        }
        waiting = Waiting.NOT;
        page.addAll(read);
        return true;
    }

    void readAgain() {
        if (waiting == Waiting.FOR_PAGE) {
            needs.read(place.done() + 1, live.lastMissing());
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

    void partsCollected(PartBuffer.Collected collected) {
        if (!Optional.of(collected.key()).equals(place.episode())) {
            return;
        }
        if (waiting == Waiting.FOR_PARTS_OF_STEP) {
            waiting = Waiting.NOT;
            int first = (int) Math.min(place.seq(), collected.parts().size());
            pending = parts(collected.parts().subList(first, collected.parts().size()));
        } else if (waiting == Waiting.FOR_PARTS_SEEN) {
            waiting = Waiting.NOT;
            partsSeenAreSure = true;
            if (collected.parts().size() < place.seq()) {
                place.forgetParts();
                pending = only(WireEvent.previewReset());
            }
        }
    }

    /** The answer did not come in time: what cannot be done without is asked for again. */
    void unanswered() {
        if (waiting == Waiting.FOR_STATE) {
            needs.state();
        } else if (waiting == Waiting.FOR_PARTS_OF_STEP) {
            waiting = Waiting.NOT;
        } else if (waiting == Waiting.FOR_PARTS_SEEN) {
            waiting = Waiting.NOT;
            partsSeenAreSure = true;
        }
    }

    /** The last word; the cursor is that of what was told last. */
    Frame farewell(Duration delay) {
        return Frame.of(chat, told, WireEvent.reconnect(delay));
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
        Entry entry = current;
        if (entry != null && entered) {
            leave();
            return true;
        }
        if (entry != null) {
            enter(entry, List.of());
            return true;
        }
        Optional<Entry> following = take(place.done() + 1);
        if (following.isPresent()) {
            return begin(following.get());
        }
        if (live.newest() > place.done()) {
            waiting = Waiting.FOR_PAGE;
            needs.read(place.done() + 1, live.lastMissing());
            return false;
        }
        return tellWhatIsLive();
    }

    private Optional<Entry> take(long version) {
        while (!page.isEmpty() && page.getFirst().version() < version) {
            page.removeFirst();
        }
        return page.isEmpty() ? live.take(version) : Optional.of(page.removeFirst());
    }

    private boolean begin(Entry entry) {
        current = entry;
        entered = false;
        Optional<EpisodeKey> episode = place.episode();
        if (episode.isPresent() && place.next() == 0 && hasPartsAfter(place.seq(), entry.event())) {
            pulls.cancel();
            waiting = Waiting.FOR_PARTS_OF_STEP;
            needs.collect(episode.get());
            return false;
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
            partsSeenAreSure = true;
        }
        entered = true;
        WireEvents events = WireEvents.of(entry.event());
        events.status().ifPresent(next -> {
            status = next;
            positionTold = 0;
        });
        Iterator<WireEvent> all = Stream.concat(
                        events.told().stream(), left.stream().map(WireEvent::message))
                .skip(place.next())
                .iterator();
        pending = frames(all, event -> Frame.of(chat, place.deliverEvent(), event));
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
            pending = only(WireEvent.waiting(status, position));
            return true;
        }
        Optional<EpisodeKey> episode = place.episode();
        if (episode.isEmpty()) {
            return false;
        }
        if (!partsSeenAreSure) {
            waiting = Waiting.FOR_PARTS_SEEN;
            needs.collect(episode.get());
            return false;
        }
        List<Part> parts = pulls.after(episode.get(), place.seq());
        pending = parts(parts);
        return !parts.isEmpty();
    }

    private Iterator<Frame> only(WireEvent event) {
        return List.of(Frame.of(chat, place.cursor(), event)).iterator();
    }

    private Iterator<Frame> parts(List<Part> parts) {
        return frames(parts.iterator(), part -> {
            WireEvent event = WireEvent.part(place.deliverPart(), part);
            return Frame.of(chat, place.cursor(), event);
        });
    }

    /** Each frame is made when it is told, since its cursor counts it. */
    private static <T> Iterator<Frame> frames(Iterator<T> things, Function<T, Frame> frame) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return things.hasNext();
            }

            @Override
            public Frame next() {
                return frame.apply(things.next());
            }
        };
    }

    /** How a chat is at one version. */
    private record Mark(long version, EpisodeKey episode, Status status) {}
}
