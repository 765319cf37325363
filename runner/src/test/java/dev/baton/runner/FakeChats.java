package dev.baton.runner;

import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatLimits;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.Decision;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Here;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chats in memory, decided by the real decider and answered at once by whoever tells them. Faults are scripted: the next
 * commands fail, get lost, or are done without an answer.
 */
public final class FakeChats implements Chats {
    private final Decider decider = new Decider(new ChatLimits(20, 250, 50, 200, 200));
    private final Map<ChatId, ChatState> chats = new HashMap<>();
    private final Map<ChatId, List<ChatEvent>> events = new HashMap<>();
    private final List<ChatCommand> accepted = new ArrayList<>();
    private final Consumer<ChatHint> hints;
    private Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private @Nullable NodeId home;
    private int toFail;
    private int toRefuse;
    private int toLose;
    private int toAnswerNothing;

    /** Chats that stand on {@code home} and tell {@code hints} what they are after each write. */
    public FakeChats(NodeId home, Consumer<ChatHint> hints) {
        this.home = home;
        this.hints = hints;
    }

    public FakeChats(NodeId home) {
        this(home, hint -> {});
    }

    @Override
    public synchronized void tell(ChatId chat, Chat.Command command) {
        if (toLose > 0) {
            toLose--;
            return;
        }
        if (command instanceof Chat.Execute execute) {
            Chat.Reply reply = execute(chat, execute.command());
            if (toAnswerNothing > 0) {
                toAnswerNothing--;
            } else {
                execute.replyTo().tell(reply);
            }
        } else if (command instanceof Chat.Get get) {
            get.replyTo().tell(new Chat.Current(state(chat)));
        } else if (command instanceof Chat.TakeOver takeOver) {
            takeOver(chat, takeOver.epochSeen());
        } else if (command instanceof Chat.Announce) {
            hints.accept(state(chat).hint());
        }
    }

    /** Whoever asks has found out that the runner is gone, unless it should be on this very node. */
    private void takeOver(ChatId chat, long epochSeen) {
        ChatState state = state(chat);
        if (!state.status().hasWork() || state.hold().epoch() != epochSeen) {
            return;
        }
        if (Objects.equals(home, state.hold().node())) {
            hints.accept(state.hint());
        } else {
            execute(chat, new ChatCommand.AssignRunner(epochSeen));
        }
    }

    /** Does {@code command} now, as a client would have it done. */
    public synchronized Chat.Reply execute(ChatId chat, ChatCommand command) {
        if (toFail > 0) {
            toFail--;
            return new Chat.Refused(ErrorCode.DATABASE_UNAVAILABLE, "the database is away", null);
        }
        if (toRefuse > 0) {
            toRefuse--;
            return new Chat.Refused(ErrorCode.REQUEST_INVALID, "against all rules", null);
        }
        ChatState state = state(chat);
        Decision decision = decider.decide(state, command, new Here(home, clock.instant()));
        if (decision instanceof Decision.Refused refused) {
            return new Chat.Refused(refused.code(), refused.detail(), refused.state());
        }
        var done = (Decision.Accepted) decision;
        for (ChatEvent event : done.events()) {
            state = state.apply(event);
        }
        accepted.add(command);
        chats.put(chat, state);
        events.computeIfAbsent(chat, any -> new ArrayList<>()).addAll(done.events());
        if (!done.events().isEmpty()) {
            hints.accept(state.hint());
        }
        return new Chat.Done(state, done.sent());
    }

    public synchronized ChatState state(ChatId chat) {
        return chats.getOrDefault(chat, ChatState.none(chat));
    }

    /** All that happened to the chat. */
    public synchronized List<ChatEvent> events(ChatId chat) {
        return List.copyOf(events.getOrDefault(chat, List.of()));
    }

    /** All commands that were accepted, in order. */
    public synchronized List<ChatCommand> accepted() {
        return List.copyOf(accepted);
    }

    /** From now on {@code node} runs what needs a runner; nobody when it is null. */
    public synchronized void moveTo(@Nullable NodeId node) {
        home = node;
    }

    public synchronized void setClock(Clock newClock) {
        clock = newClock;
    }

    /** The next {@code commands} are refused, since the database is away. */
    public synchronized void failing(int commands) {
        toFail = commands;
    }

    /** The next {@code commands} are refused for no good reason. */
    public synchronized void refusing(int commands) {
        toRefuse = commands;
    }

    /** The next {@code messages} never arrive. */
    public synchronized void losing(int messages) {
        toLose = messages;
    }

    /** The next {@code commands} are done, but nobody is told. */
    public synchronized void losingAnswers(int commands) {
        toAnswerNothing = commands;
    }
}
