package dev.baton.persistence.view;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.History;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.journal.CommitListener;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Tells the node's writer what each commit of a chat means for the read side. */
public final class ViewFeed implements CommitListener {
    private final ActorRef<ChatRowWriter.Command> writer;

    public ViewFeed(ActorRef<ChatRowWriter.Command> writer) {
        this.writer = writer;
    }

    @Override
    public void committed(ChatState state, List<ChatEvent> events) {
        long since = state.version() - events.size();
        OptionalLong from = firstChange(events);
        writer.tell(new ChatRowWriter.Update(new ChatUpdate(
                ChatRow.of(state), new MessageChanges(since, state.version(), from, messages(state, from)))));
    }

    @Override
    public void announced(ChatState state) {
        writer.tell(new ChatRowWriter.Update(new ChatUpdate(
                ChatRow.of(state),
                MessageChanges.all(state.version(), state.history().messages()))));
    }

    private static List<Message> messages(ChatState state, OptionalLong from) {
        History history = state.history();
        List<Message> all = history.messages();
        return from.isEmpty() ? List.of() : all.subList(history.indexFrom(from.getAsLong()), all.size());
    }

    /** The lowest number of a message that {@code events} took away or added: everything below it is as it was. */
    private static OptionalLong firstChange(List<ChatEvent> events) {
        return events.stream()
                .flatMapToLong(event -> {
                    if (event instanceof ChatEvent.HistoryTruncated truncated) {
                        return LongStream.of(truncated.first().number());
                    }
                    if (event instanceof ChatEvent.UserMessageAdded added) {
                        return LongStream.of(added.message().id().number());
                    }
                    if (event instanceof ChatEvent.StepCommitted step) {
                        return step.messages().stream()
                                .mapToLong(message -> message.id().number());
                    }
                    return LongStream.empty();
                })
                .min();
    }
}
