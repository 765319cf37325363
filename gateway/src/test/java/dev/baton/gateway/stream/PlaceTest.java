package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.journal.ChatJournal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));

    private final ActorTestKit kit = ActorTestKit.create();
    private final MemoryChats chats = new MemoryChats(kit);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** One of everything that can happen to a chat, and after each event the chat's word against the stream's. */
    @Test
    void knowsTheEpisodeThatTheChatKnows() {
        aLongLife();
        ChatState state = ChatState.none(CHAT);
        Place place = Place.at(Cursor.START, chats.state(CHAT)).orElseThrow();
        for (Entry entry : chats.journal(CHAT)) {
            state = state.apply(entry.event());
            place.enter(entry.event());
            place.leave();
            assertThat(place.episode())
                    .as("after %s", entry)
                    .isEqualTo(state.turn().attempt() == 0 ? Optional.empty() : Optional.of(state.episode()));
        }
    }

    private void aLongLife() {
        execute(MemoryChats.create());
        execute(MemoryChats.send("one"));
        var failure = new Failure("no", null, FailureKind.TIMEOUT, null, true, null);
        execute(new ChatCommand.ScheduleRetry(MemoryChats.fence(state()), failure, Duration.ofSeconds(1)));
        execute(new ChatCommand.StartAttempt(MemoryChats.fence(state()), 1));
        execute(new ChatCommand.FailTurn(MemoryChats.fence(state()), failure));
        execute(MemoryChats.send("two"));
        execute(MemoryChats.send("steer", Busy.STEER));
        var call = new Step(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "look", "{}")), null, 1);
        execute(new ChatCommand.RequireAction(MemoryChats.fence(state()), call, MemoryChats.NOW.plusSeconds(60)));
        execute(new ChatCommand.CompleteAction(List.of(new Part.ToolResult("c1", "{}", false))));
        execute(MemoryChats.send("next", Busy.INTERRUPT));
        execute(new ChatCommand.FinishInterruption(MemoryChats.fence(state()), MemoryChats.step("half", 3)));
        execute(MemoryChats.send("queued"));
        execute(new ChatCommand.FinishTurn(MemoryChats.fence(state()), MemoryChats.step("whole", 2)));
        MessageId first = state().history().messages().get(0).id();
        execute(new ChatCommand.EditMessage(first, MemoryChats.message("again")));
        execute(new ChatCommand.FinishTurn(MemoryChats.fence(state()), MemoryChats.step("answer", 2)));
        execute(new ChatCommand.Compact());
        execute(new ChatCommand.FinishTurn(MemoryChats.fence(state()), MemoryChats.step("summary", 2)));
        execute(new ChatCommand.Clear());
        execute(new ChatCommand.Archive());
        execute(new ChatCommand.Unarchive());
    }

    private ChatState state() {
        return chats.state(CHAT);
    }

    private void execute(ChatCommand command) {
        chats.execute(CHAT, command);
    }
}
