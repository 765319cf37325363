package dev.baton.persistence.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The committed messages, in order of their numbers. {@code version}: the chat's version at which they last changed;
 * {@code boundaries}: the numbers at which a model's view was made to begin, by clearing or compacting, in order.
 */
public record History(List<Message> messages, long version, List<Long> boundaries) {
    static final History EMPTY = new History(List.of(), 0, List.of());

    public History {
        messages = ChunkedList.copyOf(messages);
        boundaries = List.copyOf(boundaries);
    }

    /** The number of the first message that a model still gets to see; 0 when it sees all. */
    public long contextStart() {
        return boundaries.isEmpty() ? 0 : boundaries.get(boundaries.size() - 1);
    }

    /** The messages that a model gets to see. */
    public List<Message> context() {
        int first = indexFrom(contextStart());
        return messages.subList(first, messages.size());
    }

    public Optional<Message> find(MessageId id) {
        int index = indexFrom(id.number());
        return index < messages.size() && messages.get(index).id().equals(id)
                ? Optional.of(messages.get(index))
                : Optional.empty();
    }

    /** The tool calls of the newest assistant message that have no result yet, in order. */
    public List<Part.ToolCall> unanswered() {
        var calls = new LinkedHashMap<String, Part.ToolCall>();
        for (int i = indexOfNewestAssistant(); i >= 0 && i < messages.size(); i++) {
            for (Part part : messages.get(i).content()) {
                if (part instanceof Part.ToolCall call) {
                    calls.put(call.id(), call);
                } else if (part instanceof Part.ToolResult result) {
                    calls.remove(result.callId());
                }
            }
        }
        return List.copyOf(calls.values());
    }

    private int indexOfNewestAssistant() {
        int i = messages.size() - 1;
        while (i >= 0 && messages.get(i).role() != Role.ASSISTANT) {
            i--;
        }
        return i;
    }

    History with(List<Message> more, long atVersion) {
        return new History(ChunkedList.copyOf(messages).with(more), atVersion, boundaries);
    }

    /** The same messages under a new version, so that attempts at something else with them are not taken for old ones. */
    History regardedAnew(long atVersion) {
        return new History(messages, atVersion, boundaries);
    }

    /** Going back to before a boundary of the context takes the boundary away; an older one holds again. */
    History truncatedFrom(MessageId first, long atVersion) {
        List<Long> kept =
                boundaries.stream().filter(start -> start <= first.number()).toList();
        return new History(ChunkedList.copyOf(messages).first(indexFrom(first.number())), atVersion, kept);
    }

    History withContextFrom(long number, long atVersion) {
        if (number == contextStart()) {
            return regardedAnew(atVersion);
        }
        List<Long> more = Stream.concat(boundaries.stream(), Stream.of(number)).toList();
        return new History(messages, atVersion, more);
    }

    /** The index of the first message whose number is not below {@code number}. */
    public int indexFrom(long number) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).id().number() < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
