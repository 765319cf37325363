package dev.baton.persistence.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The committed messages. {@code version}: the chat's version at which they last changed; {@code contextStart}: the
 * number of the first message that a model still gets to see.
 */
public record History(List<Message> messages, long version, long contextStart) {
    static final History EMPTY = new History(List.of(), 0, 0);

    public History {
        messages = List.copyOf(messages);
    }

    /** The messages that a model gets to see. */
    public List<Message> context() {
        int first = indexFrom(contextStart);
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
        var all = new ArrayList<Message>(messages.size() + more.size());
        all.addAll(messages);
        all.addAll(more);
        return new History(all, atVersion, contextStart);
    }

    /** Going back to before a boundary of the context takes the boundary away. */
    History truncatedFrom(MessageId first, long atVersion) {
        long start = first.number() < contextStart ? 0 : contextStart;
        return new History(messages.subList(0, indexFrom(first.number())), atVersion, start);
    }

    History withContextFrom(long number, long atVersion) {
        return new History(messages, atVersion, number);
    }

    /** The index of the first message whose number is not below {@code number}; messages are in order of number. */
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
