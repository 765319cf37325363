package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatCommand.CompleteAction;
import dev.baton.persistence.chat.ChatCommand.Create;
import dev.baton.persistence.chat.ChatCommand.DeleteQueued;
import dev.baton.persistence.chat.ChatCommand.EditMessage;
import dev.baton.persistence.chat.ChatCommand.PromoteQueued;
import dev.baton.persistence.chat.ChatCommand.SendMessage;
import dev.baton.persistence.chat.ChatCommand.UpdateDetails;
import dev.baton.persistence.chat.ChatEvent.ActionEnded;
import dev.baton.persistence.chat.ChatEvent.ChatArchived;
import dev.baton.persistence.chat.ChatEvent.ChatCreated;
import dev.baton.persistence.chat.ChatEvent.ChatUnarchived;
import dev.baton.persistence.chat.ChatEvent.CompactionRequested;
import dev.baton.persistence.chat.ChatEvent.ContextCleared;
import dev.baton.persistence.chat.ChatEvent.DetailsChanged;
import dev.baton.persistence.chat.ChatEvent.HistoryTruncated;
import dev.baton.persistence.chat.ChatEvent.InterruptRequested;
import dev.baton.persistence.chat.ChatEvent.QueueChanged;
import dev.baton.persistence.chat.ChatEvent.Reconciled;
import dev.baton.persistence.chat.ChatEvent.TurnEnded;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What clients may do, once the table has allowed it. */
final class ClientDecisions {
    private final Draft draft;
    private final ChatLimits limits;

    ClientDecisions(Draft draft, ChatLimits limits) {
        this.draft = draft;
        this.limits = limits;
    }

    void create(Create command) {
        Checks.newDetails(command.details(), limits);
        Checks.tools(command.tools(), limits);
        draft.add(new ChatCreated(
                command.owner(),
                command.details(),
                command.model(),
                command.systemPrompt(),
                command.tools(),
                command.requestKey(),
                draft.now()));
        command.earlier().forEach(this::recall);
        NewMessage first = command.first();
        if (first != null) {
            start(first);
        } else if (!command.earlier().isEmpty()) {
            goOnFrom(command.earlier().get(command.earlier().size() - 1).role());
        }
    }

    private void recall(Earlier message) {
        switch (message.role()) {
            case USER -> {
                var said = new NewMessage(message.content(), null, null);
                Checks.message(said);
                draft.enter(said, /* steers= */ false);
            }
            case ASSISTANT -> draft.commit(new Step(Role.ASSISTANT, message.content(), null, 0));
            case TOOL -> {
                Checks.answers(results(message.content()), callIdsPending());
                draft.addResults(message.content());
            }
            case SYSTEM ->
                throw new ChatException(
                        ErrorCode.REQUEST_INVALID,
                        "an earlier message is of role SYSTEM; the system prompt is for that");
        }
    }

    private static List<Part.ToolResult> results(List<Part> content) {
        return content.stream()
                .filter(Part.ToolResult.class::isInstance)
                .map(Part.ToolResult.class::cast)
                .toList();
    }

    /** What tools gave is for the model to go on with; after anything else it is somebody's turn to say something. */
    private void goOnFrom(Role last) {
        if (last == Role.TOOL) {
            draft.run();
        } else {
            draft.answerOpenCalls(Draft.CANCELLED);
            draft.add(new TurnEnded(draft.now()));
        }
    }

    void send(SendMessage command) {
        NewMessage message = command.message();
        Checks.message(message);
        Status status = draft.state().status();
        if (command.busy() == Busy.ROLLBACK && status.hasWork()) {
            rollback(message);
        } else if (draft.state().queue().isEmpty() && !status.hasWork()) {
            start(message);
        } else {
            enqueue(command);
        }
    }

    private void start(NewMessage message) {
        Checks.message(message);
        draft.sent(new Sent(draft.enter(message, /* steers= */ false), null));
        draft.run();
    }

    private void rollback(NewMessage message) {
        MessageId turnsMessage = draft.state().turn().userMessage();
        if (turnsMessage == null) {
            throw new ChatException(ErrorCode.CHAT_BUSY, "the running turn has no user message that could be replaced");
        }
        replace(turnsMessage, message);
    }

    private void enqueue(SendMessage command) {
        int queued = draft.state().queue().messages().size();
        Status status = draft.state().status();
        boolean promotesOne = status == Status.ERROR;
        if (queued >= limits.queuedMessages() && !promotesOne) {
            throw new ChatException(
                    ErrorCode.MESSAGE_QUEUE_FULL,
                    "the queue holds %d messages; at most %d may wait".formatted(queued, limits.queuedMessages()));
        }
        boolean steers = command.busy() == Busy.STEER && status == Status.RUNNING;
        draft.sent(new Sent(null, draft.enqueue(command.message(), steers)));
        if (status == Status.ERROR) {
            draft.promoteHead();
            draft.run();
        } else if (command.busy() == Busy.INTERRUPT) {
            interruptActiveWork();
        }
    }

    void edit(EditMessage command) {
        History history = draft.state().history();
        Optional<Message> old = history.find(command.id());
        if (old.isEmpty()) {
            draft.sent(firstOutcome(command));
            return;
        }
        if (old.get().role() != Role.USER) {
            throw new ChatException(
                    ErrorCode.MESSAGE_NOT_EDITABLE,
                    "message %s is of role %s; only user messages can be edited"
                            .formatted(command.id(), old.get().role()));
        }
        replace(command.id(), command.message());
    }

    /** The message is gone because this very command has replaced it before, or was never there. */
    private Sent firstOutcome(EditMessage command) {
        ChatState chat = draft.state();
        return chat.sent()
                .find(command.message().clientMessageId())
                .filter(sent -> sent.message() != null
                        && chat.history().find(sent.message()).isPresent())
                .orElseThrow(() -> new ChatException(
                        ErrorCode.MESSAGE_NOT_FOUND, "message " + command.id() + " is not in this chat's history"));
    }

    private void replace(MessageId first, NewMessage message) {
        if (!draft.state().queue().isEmpty()) {
            draft.add(new QueueChanged(List.of(), draft.now()));
        }
        draft.add(new HistoryTruncated(first, draft.now()));
        start(message);
    }

    void deleteQueued(DeleteQueued command) {
        QueuedMessage queued = queued(command.id());
        draft.add(new QueueChanged(draft.state().queue().without(queued.id()), draft.now()));
    }

    /** The message goes next; what runs is cut off for it. */
    void promoteQueued(PromoteQueued command) {
        QueuedMessage queued = queued(command.id());
        Status status = draft.state().status();
        draft.add(new QueueChanged(draft.state().queue().withFirst(queued), draft.now()));
        if (status == Status.RUNNING) {
            interruptActiveWork();
        } else if (status == Status.ERROR) {
            draft.promoteHead();
            draft.run();
        } else if (status == Status.REQUIRES_ACTION) {
            draft.answerOpenCalls(Draft.CANCELLED);
            draft.add(new ActionEnded(draft.now()));
            draft.promoteHead();
            draft.run();
        }
    }

    void interrupt() {
        interruptActiveWork();
    }

    private void interruptActiveWork() {
        Status status = draft.state().status();
        if (status == Status.RUNNING) {
            draft.add(new InterruptRequested(draft.now()));
            draft.requireRunner();
        } else if (status == Status.REQUIRES_ACTION) {
            draft.answerOpenCalls(Draft.CANCELLED);
            draft.add(new ActionEnded(draft.now()));
            draft.goOn();
        }
    }

    void completeAction(CompleteAction command) {
        Checks.answers(command.results(), callIdsPending());
        draft.addResults(List.copyOf(command.results()));
        draft.add(new ActionEnded(draft.now()));
        draft.goOn();
    }

    private Set<String> callIdsPending() {
        var ids = new HashSet<String>();
        draft.state().history().unanswered().forEach(call -> ids.add(call.id()));
        return ids;
    }

    /** A compaction is a turn of its own; queued messages wait for its end. */
    void compact() {
        if (draft.state().history().context().isEmpty()) {
            throw new ChatException(ErrorCode.CONTENT_EMPTY, "the context is empty; there is nothing to compact");
        }
        draft.answerOpenCalls(Draft.CANCELLED);
        draft.add(new CompactionRequested(draft.now()));
        draft.run();
    }

    void clear() {
        draft.answerOpenCalls(Draft.CANCELLED);
        draft.add(new ContextCleared(draft.now()));
    }

    void archive() {
        draft.add(new ChatArchived(draft.now()));
    }

    void unarchive() {
        draft.add(new ChatUnarchived(draft.now()));
    }

    void updateDetails(UpdateDetails command) {
        Details old = draft.state().details();
        var changed = new Details(
                command.title() == null ? old.title() : command.title(),
                command.labels() == null ? old.labels() : command.labels(),
                command.pinned() == null ? old.pinned() : command.pinned());
        if (command.title() != null) {
            Checks.title(command.title(), limits);
        }
        if (command.labels() != null) {
            Checks.labels(command.labels(), limits);
        }
        if (!changed.equals(old)) {
            draft.add(new DetailsChanged(changed, draft.now()));
        }
    }

    void reconcile() {
        var failure = new Failure(
                "the chat was in an impossible state and has been reconciled",
                "status %s, archived=%s"
                        .formatted(draft.state().status(), draft.state().archived()),
                FailureKind.GENERIC,
                null,
                false,
                null);
        draft.add(new Reconciled(failure, draft.now()));
    }

    private QueuedMessage queued(QueueId id) {
        return draft.state()
                .queue()
                .find(id)
                .orElseThrow(() -> new ChatException(
                        ErrorCode.QUEUED_MESSAGE_NOT_FOUND, "queued message " + id + " is not in this chat's queue"));
    }
}
