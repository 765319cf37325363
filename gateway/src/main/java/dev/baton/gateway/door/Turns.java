package dev.baton.gateway.door;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.http.ChatAccess;
import dev.baton.gateway.http.Models;
import dev.baton.gateway.http.Readiness;
import dev.baton.gateway.stream.Frame;
import dev.baton.gateway.stream.PastFrames;
import dev.baton.gateway.stream.Socket;
import dev.baton.gateway.stream.Sockets;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Earlier;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Begins turns of chats in the name of callers, and follows them. */
public final class Turns {
    /** For a message that puts itself in the place of a running turn. */
    private static final Duration ENTERS_WITHIN = Duration.ofSeconds(30);

    private final ChatAccess chats;
    private final ChatJournal journal;
    private final Sockets sockets;
    private final Models models;
    private final Readiness readiness;
    private final Supplier<ChatId> ids;
    private final ActorSystem<?> system;

    /** {@code ids}: new chats' ids, in the order of time. */
    public Turns(
            ChatAccess chats,
            ChatJournal journal,
            Sockets sockets,
            Models models,
            Readiness readiness,
            Supplier<ChatId> ids,
            ActorSystem<?> system) {
        this.chats = chats;
        this.journal = journal;
        this.sockets = sockets;
        this.models = models;
        this.readiness = readiness;
        this.ids = ids;
        this.system = system;
    }

    /** A chat at the time when {@code input} had entered its history and was to be answered. */
    public record Started(ChatState chat, Message input) {
        public TurnId id() {
            return TurnId.of(chat.id(), input.id());
        }

        /** What words its answer. */
        public TurnTeller teller() {
            return Turns.teller(chat);
        }
    }

    private static TurnTeller teller(ChatState chat) {
        Set<String> tools = chat.origin().tools().stream().map(ClientTool::name).collect(Collectors.toSet());
        return new TurnTeller(tools);
    }

    public Models models() {
        return models;
    }

    public CompletionStage<ChatState> read(Caller caller, ChatId chat) {
        return chats.read(caller, chat);
    }

    public CompletionStage<ChatState> execute(Caller caller, ChatId chat, ChatCommand command) {
        return chats.execute(caller, chat, command).thenApply(Chat.Done::state);
    }

    /** The turn that {@code id} names, also one that was edited away; fails with CHAT_NOT_FOUND when there is none. */
    public CompletionStage<Started> find(Caller caller, TurnId id) {
        return chats.read(caller, id.chat())
                .thenCompose(state -> state.history()
                        .find(new MessageId(id.message()))
                        .filter(Turns::isAnswered)
                        .map(message -> CompletableFuture.completedStage(new Started(state, message)))
                        .orElseGet(() -> editedAway(state, id)));
    }

    private static boolean isAnswered(Message message) {
        return message.role() == Role.USER || message.role() == Role.TOOL;
    }

    private CompletionStage<Started> editedAway(ChatState state, TurnId id) {
        return journal.read(state.id(), 1, state.version())
                .mapConcat(entry -> messages(entry.event()))
                .filter(message -> message.id().number() == id.message() && isAnswered(message))
                .runWith(Sink.headOption(), system)
                .thenApply(found -> found.map(message -> new Started(state, message))
                        .orElseThrow(() -> new ChatException(
                                ErrorCode.CHAT_NOT_FOUND, "chat " + id.chat() + " has no message m" + id.message())));
    }

    private static List<Message> messages(ChatEvent event) {
        if (event instanceof ChatEvent.UserMessageAdded added) {
            return List.of(added.message());
        }
        return event instanceof ChatEvent.StepCommitted committed ? committed.messages() : List.of();
    }

    /** A new chat of what {@code turn} tells. One of the same caller and key is not made again. */
    public CompletionStage<Started> begin(Caller caller, NewTurn turn) {
        String key = turn.key();
        return begin(caller, key == null ? ids.get() : named(caller, "", key), turn);
    }

    /** The same, with {@code id} for the chat's. */
    public CompletionStage<Started> begin(Caller caller, ChatId id, NewTurn turn) {
        List<Earlier> all = turn.messages();
        if (all.isEmpty() || all.get(all.size() - 1).role() == Role.ASSISTANT) {
            throw Refused.field("messages", "the last message must be the user's or what a tool gave");
        }
        Earlier last = all.get(all.size() - 1);
        boolean said = last.role() == Role.USER;
        NewMessage first = said ? new NewMessage(last.content(), null, turn.key()) : null;
        return create(caller, id, turn, said ? all.subList(0, all.size() - 1) : all, first)
                .thenApply(done -> said ? sent(done) : answered(done.state(), last.content()));
    }

    /** A new chat with a history that nobody answers yet. */
    public CompletionStage<ChatState> remember(Caller caller, NewTurn turn) {
        List<Earlier> all = turn.messages();
        if (!all.isEmpty() && all.get(all.size() - 1).role() == Role.TOOL) {
            throw Refused.field("items", "the last item must be a message, not what a tool gave");
        }
        String key = turn.key();
        ChatId id = key == null ? ids.get() : named(caller, "", key);
        return create(caller, id, turn, all, null).thenApply(Chat.Done::state);
    }

    private CompletionStage<Chat.Done> create(
            Caller caller, ChatId id, NewTurn turn, List<Earlier> earlier, @Nullable NewMessage first) {
        readiness.requireNotDraining();
        Models.Model model = turn.model() == null ? models.defaultModel() : models.named(turn.model());
        var command = new ChatCommand.Create(
                caller.owner(),
                new Details("", turn.labels(), /* pinned= */ false),
                model.id(),
                turn.instructions(),
                turn.tools() == null ? List.of() : turn.tools(),
                turn.key(),
                earlier,
                first);
        return chats.create(caller, id, command);
    }

    /**
     * The chat that {@code caller} calls {@code key}: the same owner's same name means the same chat, on every node and
     * after every restart. {@code kind}: of names, so that those of one do not meet those of another.
     */
    public static ChatId named(Caller caller, String kind, String key) {
        String name = "baton/door" + kind + "\0" + caller.owner() + "\0" + key;
        return new ChatId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static Started sent(Chat.Done done) {
        ChatState state = done.state();
        return Optional.ofNullable(done.sent())
                .flatMap(sent -> Optional.ofNullable(sent.message()))
                .flatMap(state.history()::find)
                .map(message -> new Started(state, message))
                .orElseThrow(() -> new ChatException(
                        ErrorCode.CHAT_BUSY, "other messages wait in the chat's queue, and this one now behind them"));
    }

    /**
     * Has {@code command} bring the message that its sender calls {@code key}, and waits until it has entered the chat's
     * history: it may have to wait there for the end of what it interrupts.
     */
    public CompletionStage<Started> say(Caller caller, ChatId chat, ChatCommand command, String key) {
        readiness.requireNotDraining();
        return execute(caller, chat, command)
                .thenCompose(state -> said(state, key)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> enters(caller, state, key)));
    }

    private static Optional<Started> said(ChatState state, String key) {
        return state.history().messages().stream()
                .filter(message -> key.equals(message.clientMessageId()))
                .reduce((one, later) -> later)
                .map(message -> new Started(state, message));
    }

    private CompletionStage<Started> enters(Caller caller, ChatState state, String key) {
        return open(caller, state, Long.toString(state.version()))
                .flatMapConcat(frame -> goingOn(caller, frame))
                .filter(frame -> frame.json()
                        .path("message")
                        .path("client_message_id")
                        .asText()
                        .equals(key))
                .completionTimeout(ENTERS_WITHIN)
                .runWith(Sink.headOption(), system)
                .thenCompose(entered -> chats.read(caller, state.id()))
                .thenApply(now -> said(now, key)
                        .orElseThrow(
                                () -> new ChatException(ErrorCode.CHAT_BUSY, "the message waits in the chat's queue")));
    }

    /** {@code chat} goes on with what {@code turn} tells: one user message, or what its tools gave. */
    public CompletionStage<Started> goOn(Caller caller, ChatId chat, NewTurn turn) {
        readiness.requireNotDraining();
        if (turn.messages().size() != 1) {
            throw Refused.field(
                    "messages", "a chat goes on with a user's message or with what tools gave, one of them");
        }
        Earlier said = turn.messages().get(0);
        return chats.read(caller, chat).thenCompose(state -> {
            requireSame(state, turn);
            if (said.role() == Role.TOOL) {
                return complete(caller, chat, said.content());
            }
            if (said.role() != Role.USER) {
                throw Refused.field("messages", "a chat goes on with a user's message or with what tools gave");
            }
            String model =
                    turn.model() == null ? null : models.named(turn.model()).id();
            var message = new NewMessage(said.content(), model, turn.key());
            return chats.execute(caller, chat, new ChatCommand.SendMessage(message, Busy.REJECT))
                    .thenApply(Turns::sent);
        });
    }

    /** A chat keeps what it was made with; that something else counts must not happen silently. */
    private static void requireSame(ChatState state, NewTurn turn) {
        if (turn.tools() != null && !turn.tools().equals(state.origin().tools())) {
            throw new Refused(
                    400,
                    "tools_invalid",
                    "a chat keeps the tools it was made with; send the same ones or none",
                    "tools");
        }
        String prompt = state.origin().systemPrompt();
        if (turn.instructions() != null && !turn.instructions().equals(prompt)) {
            throw new Refused(
                    400,
                    "request_invalid",
                    "a chat keeps the instructions it was made with; send the same ones or none",
                    "instructions");
        }
    }

    private CompletionStage<Started> complete(Caller caller, ChatId chat, List<Part> results) {
        var command = new ChatCommand.CompleteAction(
                results.stream().map(Part.ToolResult.class::cast).toList());
        return chats.execute(caller, chat, command)
                .thenApply(done -> answered(done.state(), results))
                .exceptionallyCompose(failure -> again(caller, chat, results, failure));
    }

    /** Who hands the same results in again, since no answer came, gets the first answer. */
    private CompletionStage<Started> again(Caller caller, ChatId chat, List<Part> results, Throwable failure) {
        return chats.read(caller, chat)
                .thenApply(state -> find(state, results)
                        .map(message -> new Started(state, message))
                        .orElseThrow(() -> failure instanceof CompletionException wrapped
                                ? wrapped
                                : new CompletionException(failure)));
    }

    private static Started answered(ChatState state, List<Part> results) {
        return find(state, results)
                .map(message -> new Started(state, message))
                .orElseThrow(() -> new IllegalStateException("chat " + state.id() + " has no such results"));
    }

    private static Optional<Message> find(ChatState state, List<Part> results) {
        return state.history().messages().stream()
                .filter(message ->
                        message.role() == Role.TOOL && message.content().equals(results))
                .reduce((one, later) -> later);
    }

    /** The frames behind the message that {@code turn} answers, those of the past and those to come. */
    public Source<Frame, NotUsed> follow(Caller caller, Started turn) {
        String cursor = Long.toString(turn.input().version());
        return open(caller, turn.chat(), cursor).flatMapConcat(frame -> goingOn(caller, frame));
    }

    private Source<Frame, NotUsed> open(Caller caller, ChatState chat, String after) {
        return Source.completionStageSource(
                        sockets.follow(caller, chat, Optional.of(after)).thenApply(Socket::frames))
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    /** A socket that is sent away for its age is opened anew, which the node refuses only when it leaves itself. */
    private Source<Frame, NotUsed> goingOn(Caller caller, Frame frame) {
        if (!frame.type().equals("reconnect")) {
            return Source.single(frame);
        }
        ChatId chat = ChatId.parse(frame.json().path("chat_id").asText()).orElseThrow();
        CompletionStage<Source<Frame, NotUsed>> next = chats.read(caller, chat)
                .thenCompose(state -> sockets.follow(caller, state, Optional.of(frame.id())))
                .thenApply(socket -> socket.frames().flatMapConcat(each -> goingOn(caller, each)))
                .exceptionally(leaving -> Source.single(frame));
        return Source.completionStageSource(next).mapMaterializedValue(later -> NotUsed.getInstance());
    }

    /** What the journal has of {@code turn} up to the chat as it is there. */
    public CompletionStage<List<Said>> past(Started turn) {
        ChatState chat = turn.chat();
        long first = turn.input().version() + 1;
        if (first > chat.version()) {
            return CompletableFuture.completedFuture(List.of());
        }
        TurnTeller teller = turn.teller();
        return journal.read(chat.id(), first, chat.version())
                .mapConcat(entry -> PastFrames.of(chat.id(), entry))
                .mapConcat(teller::on)
                .takeWhile(said -> !said.isLast(), /* inclusive= */ true)
                .runWith(Sink.seq(), system);
    }
}
