package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.journal.ChatJournal.Entry;
import java.util.ArrayList;
import java.util.List;

/** What clients were told of events in the journal, without the parts that came before them. */
public final class PastFrames {

    private PastFrames() {}

    /** The same as those who watched were told, under the same cursors. */
    public static List<Frame> of(ChatId chat, Entry entry) {
        var frames = new ArrayList<Frame>();
        for (WireEvent event : WireEvents.of(entry.event()).told()) {
            frames.add(Frame.of(chat, Cursor.within(entry.version(), frames.size() + 1), event));
        }
        return frames;
    }
}
