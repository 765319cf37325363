package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.ChatEvent.DetailsChanged;
import dev.baton.persistence.chat.ChatEvent.ModelChosen;
import dev.baton.persistence.chat.ChatEvent.QueueChanged;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatEvent.TurnEnded;
import dev.baton.persistence.chat.ChatEvent.UserMessageAdded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision in the making: each event is applied as it is added, so what follows sees its effect. */
final class Draft {
    private static final int TITLE_FROM_MESSAGE = 60;
    /** What a model reads in place of a result that never came. */
    static final String CANCELLED = "{\"error\":\"cancelled\"}";

    static final String TIMED_OUT = "{\"error\":\"timed out\"}";

    private final Here here;
    private final List<ChatEvent> events = new ArrayList<>();
    private ChatState state;
    private @Nullable Sent sent;

    Draft(ChatState state, Here here) {
        this.state = state;
        this.here = here;
    }

    ChatState state() {
        return state;
    }

    Here here() {
        return here;
    }

    Instant now() {
        return here.now();
    }

    Decision decision() {
        return new Decision.Accepted(events, sent);
    }

    void add(ChatEvent event) {
        events.add(event);
        state = state.apply(event);
    }

    void sent(Sent outcome) {
        sent = outcome;
    }

    MessageId nextMessageId() {
        return new MessageId(state.nextNumber());
    }

    /** The message takes the place it is given now: the next number, and the version of the event that brings it. */
    Message message(Role role, List<Part> content, @Nullable Usage usage, @Nullable String clientMessageId) {
        return new Message(nextMessageId(), role, content, state.version() + 1, now(), false, usage, clientMessageId);
    }

    /** A user message enters the history and starts a turn, or joins the running one when it steers. */
    MessageId enter(NewMessage message, boolean steers) {
        answerOpenCalls(CANCELLED);
        if (message.model() != null && !message.model().equals(state.model())) {
            add(new ModelChosen(message.model(), now()));
        }
        if (state.details().title().isEmpty()) {
            Details details = state.details();
            add(new DetailsChanged(
                    new Details(Titles.from(message.content(), TITLE_FROM_MESSAGE), details.labels(), details.pinned()),
                    now()));
        }
        Message entered = message(Role.USER, message.content(), null, message.clientMessageId());
        add(new UserMessageAdded(entered, steers, now()));
        return entered.id();
    }

    /** Every open tool call gets {@code output} as an error, since no user message may come between call and result. */
    void answerOpenCalls(String output) {
        List<Part.ToolCall> open = state.history().unanswered();
        if (open.isEmpty()) {
            return;
        }
        List<Part> results = open.stream()
                .<Part>map(call -> new Part.ToolResult(call.id(), output, true))
                .toList();
        add(new StepCommitted(List.of(message(Role.TOOL, results, null, null)), 0, now()));
    }

    QueueId enqueue(NewMessage message, boolean steer) {
        var queued = new QueuedMessage(
                new QueueId(state.nextNumber()),
                message.content(),
                message.model(),
                steer,
                message.clientMessageId(),
                now());
        add(new QueueChanged(state.queue().with(queued), now()));
        return queued.id();
    }

    void commit(Step step) {
        add(new StepCommitted(
                List.of(message(step.role(), step.content(), step.usage(), null)), step.lastSeq(), now()));
    }

    /** The head of the queue becomes the message of a new turn. */
    void promoteHead() {
        QueuedMessage head = state.queue().messages().get(0);
        add(new QueueChanged(state.queue().without(head.id()), now()));
        enterQueued(head, false);
    }

    /** Messages that steer join the history, unless a tool call is open: then they wait for the next boundary. */
    void joinSteering() {
        List<QueuedMessage> steering = state.queue().steering();
        if (steering.isEmpty() || !state.history().unanswered().isEmpty()) {
            return;
        }
        add(new QueueChanged(state.queue().notSteering(), now()));
        steering.forEach(message -> enterQueued(message, true));
    }

    /** The turn goes on with its next step. */
    void goOn() {
        joinSteering();
        run();
    }

    /** The turn is over: the next message in the queue starts one, or the chat is idle. */
    void endTurn() {
        if (state.queue().isEmpty()) {
            add(new TurnEnded(now()));
            return;
        }
        promoteHead();
        run();
    }

    /** A step is tried for the first time, by the runner there is or a new one here. */
    void run() {
        if (state.hold().node() == null) {
            add(new RunnerAssigned(state.hold().epoch() + 1, here.node(), now()));
        }
        add(new AttemptStarted(1, now()));
    }

    private void enterQueued(QueuedMessage message, boolean steers) {
        enter(new NewMessage(message.content(), message.model(), message.clientMessageId()), steers);
    }
}
