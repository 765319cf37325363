package dev.baton.gateway.stream;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatLimits;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.Decision;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.Here;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal;
import dev.baton.persistence.journal.Chats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chats that decide as real ones do and keep their journal in memory. Each has an entity that can be stopped. */
public final class MemoryChats implements Chats, ChatJournal {
    public static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:25520#1");
    public static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final ChatLimits LIMITS = new ChatLimits(20, 250, 50, 100, 200);

    private final ActorTestKit kit;
    private final Decider decider = new Decider(LIMITS);
    private final Map<ChatId, Kept> chats = new HashMap<>();
    private boolean silent;
    private int failingReads;

    public MemoryChats(ActorTestKit kit) {
        this.kit = kit;
    }

    private static final class Kept {
        private final List<Entry> journal = new ArrayList<>();
        private final Set<ActorRef<Chat.Update>> subscribers = new LinkedHashSet<>();
        private ActorRef<Chat.Command> entity;
        private ChatState state;

        Kept(ChatState state, ActorRef<Chat.Command> entity) {
            this.state = state;
            this.entity = entity;
        }
    }

    @Override
    public synchronized void tell(ChatId chat, Chat.Command command) {
        if (silent) {
            return;
        }
        Kept kept = kept(chat);
        if (command instanceof Chat.Execute execute) {
            execute.replyTo().tell(decide(kept, execute.command()));
        } else if (command instanceof Chat.Get get) {
            get.replyTo().tell(new Chat.Current(kept.state));
        } else if (command instanceof Chat.Subscribe subscribe) {
            kept.subscribers.add(subscribe.subscriber());
            subscribe.subscriber().tell(new Chat.Subscribed(kept.state, kept.entity));
        } else if (command instanceof Chat.Unsubscribe unsubscribe) {
            kept.subscribers.remove(unsubscribe.subscriber());
        }
    }

    @Override
    public synchronized Source<Entry, NotUsed> read(ChatId chat, long first, long last) {
        if (failingReads > 0) {
            failingReads--;
            return Source.failed(new IllegalStateException("the database is away"));
        }
        return Source.from(List.copyOf(kept(chat).journal.subList((int) first - 1, (int) last)));
    }

    private Kept kept(ChatId chat) {
        return chats.computeIfAbsent(chat, id -> new Kept(ChatState.none(id), entity()));
    }

    private ActorRef<Chat.Command> entity() {
        return kit.spawn(Behaviors.empty());
    }

    private Chat.Reply decide(Kept kept, ChatCommand command) {
        Decision decision = decider.decide(kept.state, command, new Here(NODE, NOW));
        if (decision instanceof Decision.Refused refused) {
            return new Chat.Refused(refused.code(), refused.detail(), refused.state());
        }
        var accepted = (Decision.Accepted) decision;
        commit(kept, accepted.events());
        return new Chat.Done(kept.state, accepted.sent());
    }

    private static void commit(Kept kept, List<ChatEvent> events) {
        long first = kept.state.version() + 1;
        for (ChatEvent event : events) {
            kept.state = kept.state.apply(event);
            kept.journal.add(new Entry(kept.state.version(), event));
        }
        if (!events.isEmpty()) {
            var committed = new Chat.Committed(kept.state.id(), first, events);
            kept.subscribers.forEach(subscriber -> subscriber.tell(committed));
        }
    }

    /** Carries out what must be allowed. */
    public synchronized ChatState execute(ChatId chat, ChatCommand command) {
        Chat.Reply reply = decide(kept(chat), command);
        if (reply instanceof Chat.Done done) {
            return done.state();
        }
        throw new AssertionError(reply);
    }

    /** Another runner gets the chat, on {@code node}, and goes on with what the one before was at. */
    public synchronized void assign(ChatId chat, NodeId node) {
        Kept kept = kept(chat);
        var move = new Move(NODE, Move.Cause.TAKEOVER, null);
        commit(kept, List.of(new ChatEvent.RunnerAssigned(kept.state.hold().epoch() + 1, node, move, NOW)));
    }

    public synchronized ChatState state(ChatId chat) {
        return kept(chat).state;
    }

    public synchronized List<Entry> journal(ChatId chat) {
        return List.copyOf(kept(chat).journal);
    }

    /** The entity stops without a word to its subscribers, as on a node that dies, and stands again elsewhere. */
    public synchronized void restart(ChatId chat) {
        Kept kept = kept(chat);
        ActorRef<Chat.Command> old = kept.entity;
        kept.subscribers.clear();
        kept.entity = entity();
        kit.stop(old);
    }

    public synchronized int subscribers(ChatId chat) {
        return kept(chat).subscribers.size();
    }

    /** Nobody is answered any more, or again. */
    public synchronized void silent(boolean isSilent) {
        silent = isSilent;
    }

    public synchronized void failReads(int times) {
        failingReads = times;
    }

    public static ChatCommand create() {
        return new ChatCommand.Create(
                "local", new Details("", Map.of(), false), "simulated/default", null, List.of(), null, null);
    }

    public static ChatCommand send(String text) {
        return send(text, Busy.QUEUE);
    }

    public static ChatCommand send(String text, Busy busy) {
        return new ChatCommand.SendMessage(message(text), busy);
    }

    public static NewMessage message(String text) {
        return new NewMessage(List.of(new Part.Text(text)), null, null);
    }

    public static Fence fence(ChatState state) {
        return new Fence(state.hold().epoch(), state.history().version());
    }

    public static Step step(String text, long lastSeq) {
        return new Step(Role.ASSISTANT, List.of(new Part.Text(text)), Usage.NONE, lastSeq);
    }
}
