package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chat driven by commands, as its entity drives it: decide, keep the events, apply them. Each command is a second
 * after the one before and is held to the {@link Invariants}.
 */
final class TestChat {
    static final ChatLimits LIMITS = new ChatLimits(3, 4, 3, 10, 80);

    private final Decider decider = new Decider(LIMITS);
    private final List<ChatEvent> journal = new ArrayList<>();
    private final Set<EpisodeKey> episodes = new HashSet<>();
    private ChatState state = ChatState.none(new ChatId(new UUID(0, 1)));
    private @Nullable NodeId node = Samples.NODE;
    private Instant now = Samples.START;
    private List<ChatEvent> last = List.of();
    private @Nullable Sent sent;

    /** A running chat with one user message. */
    static TestChat running() {
        return new TestChat().does(Samples.newChat("hello"));
    }

    /** A chat whose first turn is over. */
    static TestChat idle() {
        return running().finishesTurn(Samples.answer("hi"));
    }

    /** A chat that waits for the results of these calls. */
    static TestChat waitingFor(String... calls) {
        return running().requiresAction(Samples.calls(calls));
    }

    ChatState state() {
        return state;
    }

    @Nullable
    State at() {
        return state.state().orElse(null);
    }

    List<ChatEvent> journal() {
        return journal;
    }

    /** The events of the last command. */
    List<ChatEvent> last() {
        return last;
    }

    @Nullable
    Sent sent() {
        return sent;
    }

    Instant now() {
        return now;
    }

    Message lastMessage() {
        List<Message> messages = state.history().messages();
        return messages.get(messages.size() - 1);
    }

    QueueId queued(int index) {
        return state.queue().messages().get(index).id();
    }

    Fence fence() {
        return new Fence(state.hold().epoch(), state.history().version());
    }

    /** From now on runners are put on this node; on none when it is null. */
    TestChat on(@Nullable NodeId other) {
        node = other;
        return this;
    }

    /** The same chat after its entity was started again: all there is comes from the journal. */
    TestChat restarted() {
        var again = new TestChat();
        again.now = now;
        journal.forEach(again::keep);
        assertThat(again.state).isEqualTo(state);
        return again;
    }

    /** The chat put where commands could never bring it. */
    TestChat forcedTo(Status status, boolean archived) {
        state = new ChatState(
                state.id(),
                state.origin(),
                state.details(),
                state.model(),
                archived,
                state.updatedAt(),
                status,
                state.history(),
                state.queue(),
                state.turn(),
                state.failure(),
                state.hold(),
                state.sent(),
                state.nextNumber(),
                state.version());
        return this;
    }

    /** Decides the command and keeps what follows from it, which must be as table and invariants say. */
    Decision meets(ChatCommand command) {
        now = now.plus(Duration.ofSeconds(1));
        ChatState before = state;
        var here = new Here(node, now);
        Decision decision = decider.decide(before, command, here);
        assertThat(decider.decide(before, command, here))
                .as("the same decision again")
                .isEqualTo(decision);
        last = List.of();
        sent = null;
        if (decision instanceof Decision.Accepted accepted) {
            last = accepted.events();
            sent = accepted.sent();
            last.forEach(this::keep);
            Invariants.hold(before, last, state, LIMITS, here);
            if (!last.isEmpty() && command.transition() != Transition.RECONCILE) {
                assertThat(at()).isIn(Transitions.outcomes(before.state().orElseThrow(), command.transition()));
            }
        } else if (decision instanceof Decision.Refused refused) {
            assertThat(refused.state()).isEqualTo(at());
        }
        return decision;
    }

    TestChat does(ChatCommand command) {
        State from = at();
        assertThat(meets(command)).as("%s from %s", command, from).isInstanceOf(Decision.Accepted.class);
        return this;
    }

    Decision.Refused refuses(ChatCommand command) {
        Decision decision = meets(command);
        assertThat(decision).as("%s from %s", command, at()).isInstanceOf(Decision.Refused.class);
        return (Decision.Refused) decision;
    }

    ErrorCode codeOf(ChatCommand command) {
        return refuses(command).code();
    }

    TestChat sends(Busy busy, String text) {
        return does(Samples.send(busy, text));
    }

    TestChat commits(Step step) {
        return does(new ChatCommand.CommitStep(fence(), step));
    }

    TestChat finishesTurn(@Nullable Step step) {
        return does(new ChatCommand.FinishTurn(fence(), step));
    }

    TestChat failsTurn() {
        return does(new ChatCommand.FailTurn(fence(), Samples.FAILURE));
    }

    TestChat requiresAction(@Nullable Step step) {
        return does(new ChatCommand.RequireAction(fence(), step, Samples.DEADLINE));
    }

    TestChat interrupted() {
        return does(new ChatCommand.Interrupt());
    }

    TestChat finishesInterruption(Step partial) {
        return does(new ChatCommand.FinishInterruption(fence(), partial));
    }

    TestChat schedulesRetry() {
        return does(new ChatCommand.ScheduleRetry(fence(), Samples.FAILURE, Duration.ofSeconds(2)));
    }

    TestChat startsAttempt() {
        return does(new ChatCommand.StartAttempt(fence(), state.turn().attempt()));
    }

    TestChat releasesRunner() {
        return does(new ChatCommand.ReleaseRunner(state.hold().epoch()));
    }

    /** The work was cut {@code ago} before the chat is handed over. */
    TestChat handsOver(Duration ago) {
        return does(new ChatCommand.HandOver(
                state.hold().epoch(), now.plusSeconds(1).minus(ago)));
    }

    TestChat getsRunner() {
        return does(new ChatCommand.AssignRunner(state.hold().epoch()));
    }

    private void keep(ChatEvent event) {
        journal.add(event);
        state = state.apply(event);
        if (event instanceof ChatEvent.AttemptStarted) {
            assertThat(episodes.add(state.episode()))
                    .as("%s is begun once", state.episode())
                    .isTrue();
        }
    }
}
