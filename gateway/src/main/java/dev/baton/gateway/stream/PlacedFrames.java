package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Part;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Words for a client at its {@link Place}. Each frame is made when it is told, since its cursor counts it. */
final class PlacedFrames {
    private final ChatId chat;
    private final Place place;

    PlacedFrames(ChatId chat, Place place) {
        this.chat = chat;
        this.place = place;
    }

    /** {@code event} is no event of the journal and moves nobody. */
    Iterator<Frame> aside(WireEvent event) {
        return List.of(Frame.of(chat, place.cursor(), event)).iterator();
    }

    Iterator<Frame> events(Iterator<WireEvent> events) {
        return frames(events, event -> Frame.of(chat, place.deliverEvent(), event));
    }

    Iterator<Frame> parts(List<Part> parts) {
        return frames(parts.iterator(), part -> {
            WireEvent event = WireEvent.part(place.deliverPart(), part);
            return Frame.of(chat, place.cursor(), event);
        });
    }

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
}
