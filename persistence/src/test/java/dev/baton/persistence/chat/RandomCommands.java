package dev.baton.persistence.chat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Commands as they may come from many clients and from runners that are late, by one seed. */
final class RandomCommands {
    private static final Transition[] TRANSITIONS = Transition.values();
    private static final int FENCES_REMEMBERED = 3;

    private final Random random;
    private final Deque<Fence> oldFences = new ArrayDeque<>();
    private int count;

    RandomCommands(long seed) {
        random = new Random(seed);
    }

    @Nullable
    NodeId node() {
        if (oneIn(20)) {
            return null;
        }
        return oneIn(4) ? Samples.OTHER_NODE : Samples.NODE;
    }

    /** Mostly what is allowed, so that chats get somewhere. */
    ChatCommand next(ChatState chat) {
        Transition transition = any();
        for (int i = 0; i < 5 && !isAllowed(chat, transition); i++) {
            transition = any();
        }
        return next(transition, chat);
    }

    private static boolean isAllowed(ChatState chat, Transition transition) {
        return !Transitions.outcomes(chat.state().orElseThrow(), transition).isEmpty();
    }

    private ChatCommand next(Transition transition, ChatState chat) {
        return switch (transition) {
            case CREATE -> Samples.newChat(oneIn(2) ? "key" : null, oneIn(2) ? message() : null);
            case SEND_QUEUE -> new ChatCommand.SendMessage(message(), Busy.QUEUE);
            case SEND_INTERRUPT -> new ChatCommand.SendMessage(message(), Busy.INTERRUPT);
            case SEND_REJECT -> new ChatCommand.SendMessage(message(), Busy.REJECT);
            case SEND_ROLLBACK -> new ChatCommand.SendMessage(message(), Busy.ROLLBACK);
            case SEND_STEER -> new ChatCommand.SendMessage(message(), Busy.STEER);
            case EDIT_MESSAGE -> new ChatCommand.EditMessage(messageId(chat), message());
            case DELETE_QUEUED -> new ChatCommand.DeleteQueued(queueId(chat));
            case PROMOTE_QUEUED -> new ChatCommand.PromoteQueued(queueId(chat));
            case INTERRUPT -> new ChatCommand.Interrupt();
            case COMPLETE_ACTION -> new ChatCommand.CompleteAction(results(chat));
            case COMPACT -> new ChatCommand.Compact();
            case CLEAR -> new ChatCommand.Clear();
            case ARCHIVE -> new ChatCommand.Archive();
            case UNARCHIVE -> new ChatCommand.Unarchive();
            case UPDATE_DETAILS -> new ChatCommand.UpdateDetails(oneIn(5) ? " " : "t", Map.of("k", "v"), oneIn(2));
            case RECONCILE -> new ChatCommand.Reconcile();
            case ASSIGN_RUNNER -> new ChatCommand.AssignRunner(epoch(chat));
            case RELEASE_RUNNER -> new ChatCommand.ReleaseRunner(epoch(chat));
            case HAND_OVER -> new ChatCommand.HandOver(epoch(chat), oneIn(2) ? Samples.START : null);
            case START_ATTEMPT ->
                new ChatCommand.StartAttempt(fence(chat), chat.turn().attempt() - (oneIn(4) ? 1 : 0));
            case SCHEDULE_RETRY ->
                new ChatCommand.ScheduleRetry(fence(chat), Samples.FAILURE, Duration.ofMillis(random.nextInt(5000)));
            case COMMIT_STEP -> new ChatCommand.CommitStep(fence(chat), step(chat));
            case REQUIRE_ACTION ->
                new ChatCommand.RequireAction(fence(chat), oneIn(4) ? null : step(chat), Samples.DEADLINE);
            case FINISH_INTERRUPTION -> new ChatCommand.FinishInterruption(fence(chat), step(chat));
            case FINISH_TURN -> new ChatCommand.FinishTurn(fence(chat), oneIn(4) ? null : step(chat));
            case FAIL_TURN -> new ChatCommand.FailTurn(fence(chat), Samples.FAILURE);
            case CANCEL_ACTION -> new ChatCommand.CancelAction(fence(chat));
        };
    }

    private NewMessage message() {
        String text = oneIn(20) ? " " : "message " + ++count;
        return new NewMessage(
                Samples.content(text), oneIn(5) ? "model " + random.nextInt(2) : null, oneIn(2) ? clientId() : null);
    }

    private String clientId() {
        return "client " + random.nextInt(50);
    }

    private Step step(ChatState chat) {
        return switch (random.nextInt(6)) {
            case 0 -> Samples.nothing();
            case 1, 2 -> Samples.calls(callIds());
            case 3, 4 ->
                new Step(Role.TOOL, List.copyOf(Samples.resultsOf(chat.history().unanswered())), null, 0);
            default -> Samples.answer("answer " + ++count);
        };
    }

    private String[] callIds() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> "call " + ++count)
                .toArray(String[]::new);
    }

    private List<Part.ToolResult> results(ChatState chat) {
        List<Part.ToolResult> all = Samples.resultsOf(chat.history().unanswered());
        return oneIn(5) && !all.isEmpty() ? all.subList(1, all.size()) : all;
    }

    private MessageId messageId(ChatState chat) {
        List<Message> messages = chat.history().messages();
        List<Message> users =
                messages.stream().filter(message -> message.role() == Role.USER).toList();
        if (users.isEmpty() || oneIn(10)) {
            return new MessageId(1 + random.nextInt(20));
        }
        int newest = users.size() - 1;
        return users.get(Math.max(0, newest - random.nextInt(3))).id();
    }

    private QueueId queueId(ChatState chat) {
        List<QueuedMessage> queue = chat.queue().messages();
        return queue.isEmpty() || oneIn(10)
                ? new QueueId(1 + random.nextInt(20))
                : queue.get(random.nextInt(queue.size())).id();
    }

    private long epoch(ChatState chat) {
        return Math.max(0, chat.hold().epoch() - (oneIn(5) ? 1 : 0));
    }

    private Fence fence(ChatState chat) {
        var fence = new Fence(chat.hold().epoch(), chat.history().version());
        oldFences.addLast(fence);
        if (oldFences.size() > FENCES_REMEMBERED) {
            oldFences.removeFirst();
        }
        return oneIn(8) ? oldFences.getFirst() : fence;
    }

    private Transition any() {
        return TRANSITIONS[random.nextInt(TRANSITIONS.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
