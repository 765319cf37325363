package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.ChatEvent.DetailsChanged;
import dev.baton.persistence.chat.ChatEvent.ModelChosen;
import dev.baton.persistence.chat.ChatEvent.QueueChanged;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatEvent.TurnEnded;
import dev.baton.persistence.chat.ChatEvent.UserMessageAdded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decision in the making: each event is applied as it is added, so what follows sees its effect. */
final class Draft {
    private static final int TITLE_FROM_MESSAGE = 60;
    /** What a model reads in place of a result that never came. */
    static final String CANCELLED = "{\"error\":\"cancelled\"}";

    static final String TIMED_OUT = "{\"error\":\"timed out\"}";

    private final Here here;
    private final ChatLimits limits;
    private final List<ChatEvent> events = new ArrayList<>();
    private ChatState state;
    private @Nullable Sent sent;

    Draft(ChatState state, Here here, ChatLimits limits) {
        this.state = state;
        this.here = here;
        this.limits = limits;
    }

    ChatState state() {
        return state;
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

    /** The message takes the place it is given now: the next number, and the version of the event that brings it. */
    private Message message(
            Role role,
            List<Part> content,
            boolean interrupted,
            @Nullable Usage usage,
            @Nullable String clientMessageId) {
        return new Message(
                new MessageId(state.nextNumber()),
                role,
                content,
                state.version() + 1,
                now(),
                interrupted,
                usage,
                clientMessageId);
    }

    /** A user message enters the history and starts a turn, or joins the running one when it steers. */
    MessageId enter(NewMessage message, boolean steers) {
        answerOpenCalls(CANCELLED);
        if (message.model() != null && !message.model().equals(state.model())) {
            add(new ModelChosen(message.model(), now()));
        }
        if (state.details().title().isEmpty()) {
            Details details = state.details();
            String title = Titles.from(message.content(), Math.min(TITLE_FROM_MESSAGE, limits.titleLength()));
            add(new DetailsChanged(new Details(title, details.labels(), details.pinned()), now()));
        }
        Message entered = message(Role.USER, message.content(), false, null, message.clientMessageId());
        add(new UserMessageAdded(entered, steers, now()));
        return entered.id();
    }

    /** Every open tool call gets {@code output} as an error, since nothing may come between call and result. */
    void answerOpenCalls(String output) {
        List<Part.ToolCall> open = state.history().unanswered();
        if (open.isEmpty()) {
            return;
        }
        List<Part> results = open.stream()
                .<Part>map(call -> new Part.ToolResult(call.id(), output, true))
                .toList();
        addResults(results);
    }

    void addResults(List<Part> results) {
        add(new StepCommitted(List.of(message(Role.TOOL, results, false, null, null)), 0, now()));
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

    /** A step that says nothing leaves no message. */
    Optional<MessageId> commit(Step step) {
        return commit(step, /* interrupted= */ false);
    }

    void commitInterrupted(Step partial) {
        commit(partial, /* interrupted= */ true);
    }

    private Optional<MessageId> commit(Step step, boolean interrupted) {
        List<Part> content = Parts.joined(step.content());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        if (step.role() != Role.TOOL) {
            answerOpenCalls(CANCELLED);
        }
        Message message =
                message(step.role(), content, interrupted, step.usage(), null).endedBy(step.ending());
        add(new StepCommitted(List.of(message), step.lastSeq(), now()));
        return Optional.of(message.id());
    }

    /** The head of the queue becomes the message of a new turn; what came too late to steer the old one joins it. */
    void promoteHead() {
        QueuedMessage head = state.queue().messages().get(0);
        add(new QueueChanged(state.queue().without(head.id()), now()));
        enterQueued(head, false);
        joinSteering();
    }

    /**
     * Messages that steer join the history, unless a tool call is open: then they wait for the next boundary. A
     * compaction cannot be steered; they wait for its end.
     */
    private void joinSteering() {
        List<QueuedMessage> steering = state.queue().steering();
        if (steering.isEmpty()
                || state.turn().compaction()
                || !state.history().unanswered().isEmpty()) {
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

    /** A step is tried for the first time, by the runner there is or a new one. */
    void run() {
        requireRunner();
        add(new AttemptStarted(1, now()));
    }

    /** What has work and no runner gets one, if anybody can run it; the sweeper comes back to what nobody could. */
    void requireRunner() {
        if (state.hold().node() == null) {
            boolean unused = assignRunner();
        }
    }

    /** False when nobody can run the chat. */
    boolean assignRunner() {
        NodeId node = here.node();
        if (node == null) {
            return false;
        }
        assign(node, move(node));
        return true;
    }

    /** Gives the chat to another node than its holder; false when there is none. */
    boolean handOver(@Nullable Instant cutAt) {
        NodeId from = state.hold().node();
        if (from == null) {
            return assignRunner();
        }
        NodeId successor = here.node();
        if (successor == null || successor.equals(from)) {
            return false;
        }
        assign(successor, handover(from, cutAt == null ? state.updatedAt() : cutAt));
        return true;
    }

    private void assign(NodeId node, @Nullable Move move) {
        add(new RunnerAssigned(state.hold().epoch() + 1, node, move, now()));
    }

    /** Nothing moves when work begins, or when it goes on where it was. */
    private @Nullable Move move(NodeId to) {
        Hold hold = state.hold();
        if (hold.node() != null) {
            return hold.node().equals(to) ? null : new Move(hold.node(), Move.Cause.TAKEOVER, null);
        }
        return hold.left() == null || hold.left().equals(to) ? null : handover(hold.left(), state.updatedAt());
    }

    /** Nodes' clocks differ a little, but no pause is shorter than none. */
    private Move handover(NodeId from, Instant since) {
        Duration pause = Duration.between(since, now());
        return new Move(from, Move.Cause.HANDOVER, pause.isNegative() ? Duration.ZERO : pause);
    }

    private void enterQueued(QueuedMessage message, boolean steers) {
        enter(new NewMessage(message.content(), message.model(), message.clientMessageId()), steers);
    }
}
