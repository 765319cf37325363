package dev.baton.gateway.stream;

import static dev.baton.gateway.stream.StreamScene.ids;
import static dev.baton.gateway.stream.StreamScene.inShort;
import static dev.baton.gateway.stream.StreamScene.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import dev.baton.runner.RunnerSupervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
    private final StreamScene scene = new StreamScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void tellsATurnAsItHappens() {
        scene.execute(MemoryChats.create());
        var client = scene.follow("0");
        assertThat(inShort(client.next())).isEqualTo("status waiting");
        scene.execute(MemoryChats.send("hello"));
        assertThat(inShort(client.until(status("running")))).containsExactly("message m1", "status running");
        scene.say("one ", "two ");
        assertThat(inShort(List.of(client.next(), client.next()))).containsExactly("part 1", "part 2");
        scene.say("three");
        scene.finish("one ", "two ", "three");
        assertThat(inShort(client.until(status("waiting")))).containsExactly("part 3", "message m2", "status waiting");
    }

    @Test
    void goesOnExactlyAfterEachEventOfATurn() {
        scene.execute(MemoryChats.create());
        var watching = scene.follow("0");
        watching.next();
        scene.execute(MemoryChats.send("hello"));
        List<JsonNode> all = new ArrayList<>(watching.until(status("running")));
        scene.say("a ", "b ", "c");
        for (int i = 0; i < 3; i++) {
            all.add(watching.next());
        }
        scene.finish("a ", "b ", "c");
        all.addAll(watching.until(status("waiting")));

        assertThat(inShort(all))
                .containsExactly(
                        "message m1", "status running", "part 1", "part 2", "part 3", "message m2", "status waiting");
        assertThat(ids(all)).doesNotHaveDuplicates();
        for (int i = 0; i < all.size() - 1; i++) {
            var back = scene.follow(all.get(i).path("id").asText());
            assertThat(back.until(status("waiting"))).isEqualTo(all.subList(i + 1, all.size()));
            back.leave();
        }
    }

    @Test
    void tellsANewcomerTheChatAsItIsAndThenGoesOn() {
        scene.running();
        scene.say("well");
        scene.finish("well");
        scene.execute(MemoryChats.send("more"));
        scene.execute(MemoryChats.send("and more"));
        scene.say("so ");
        var client = scene.follow();
        List<JsonNode> snapshot = client.until(status("running"));
        assertThat(inShort(snapshot))
                .containsExactly("message m1", "message m2", "message m3", "queue 1", "status running");
        assertThat(inShort(client.next())).isEqualTo("part 1");

        for (JsonNode event : snapshot) {
            var back = scene.follow(event.path("id").asText());
            List<String> rest = inShort(
                    back.until(each -> each.path("part").path("text").asText().equals("so ")));
            assertThat(rest).last().isEqualTo("part 1");
            if (!inShort(event).startsWith("status")) {
                assertThat(rest).contains("queue 1", "status running");
            }
            back.leave();
        }
    }

    @Test
    void tellsWhatHoldsAChatUp() {
        scene.running();
        var failure = new Failure("too much", null, FailureKind.OVERLOADED, "simulated", true, 529);
        scene.execute(new ChatCommand.ScheduleRetry(MemoryChats.fence(scene.state()), failure, Duration.ofSeconds(3)));
        assertThat(inShort(scene.follow().until(status("running"))))
                .containsExactly("message m1", "retry", "status running");
        scene.execute(new ChatCommand.FailTurn(MemoryChats.fence(scene.state()), failure));
        assertThat(inShort(scene.follow().until(status("error"))))
                .containsExactly("message m1", "error", "status error");
    }

    @Test
    void forgetsThePreviewWhenAnotherAttemptBegins() {
        scene.running();
        var client = scene.follow("0");
        client.until(status("running"));
        scene.say("bad");
        assertThat(inShort(client.next())).isEqualTo("part 1");
        scene.execute(new ChatCommand.StartAttempt(MemoryChats.fence(scene.state()), 1));
        assertThat(inShort(client.next())).isEqualTo("preview_reset");
        scene.say("good");
        JsonNode part = client.next();
        assertThat(part.path("attempt").asInt()).isEqualTo(2);
        assertThat(part.path("part").path("text").asText()).isEqualTo("good");
    }

    @Test
    void saysSoWhenThePartsItToldAreGone() {
        scene.running();
        String cursor = "%d:%d.1.40"
                .formatted(scene.state().version(), scene.state().history().version());
        scene.say("from the start");
        assertThat(inShort(scene.follow(cursor).until(event -> inShort(event).equals("part 1"))))
                .containsExactly("preview_reset", "part 1");
    }

    @Test
    void tellsTheMessageAloneWhenItsPartsAreGone() {
        scene.running();
        scene.execute(
                new ChatCommand.FinishTurn(MemoryChats.fence(scene.state()), MemoryChats.step("said elsewhere", 9)));
        assertThat(inShort(scene.follow("0").until(event -> inShort(event).equals("message m2"))))
                .containsExactly("status waiting", "message m1", "status running", "message m2");
    }

    @Test
    void beginsAnewAfterAnEdit() {
        scene.running();
        scene.finish("first");
        scene.execute(MemoryChats.send("second"));
        var client = scene.follow("0");
        client.until(event -> inShort(event).equals("message m3"));
        client.until(status("running"));
        scene.execute(new ChatCommand.EditMessage(new MessageId(3), MemoryChats.message("better")));
        List<JsonNode> after = client.until(status("running"));
        assertThat(inShort(after))
                .containsExactly("history_reset", "message m1", "message m2", "message m4", "status running");
        for (int i = 0; i < after.size() - 1; i++) {
            assertThat(scene.follow(after.get(i).path("id").asText()).until(status("running")))
                    .isEqualTo(after.subList(i + 1, after.size()));
        }
    }

    @Test
    void losesNothingWhenTheChatMovesToAnotherNode() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        scene.chats.restart(scene.chat);
        scene.finish("done");
        assertThat(inShort(client.until(status("waiting")))).containsExactly("message m2", "status waiting");
    }

    @Test
    void losesNothingWhenTheJournalCannotBeReadForAWhile() {
        scene.running();
        scene.finish("done");
        scene.chats.failReads(2);
        assertThat(inShort(scene.follow("1").until(status("waiting"))))
                .containsExactly("message m1", "status running", "message m2", "status waiting");
    }

    @Test
    void keepsASlowClientInOrderWithoutKeepingEverythingForIt() {
        scene.running();
        var client = scene.follow("0");
        client.until(status("running"));
        for (int i = 0; i < 500; i++) {
            scene.execute(MemoryChats.send("m" + i));
            var queued = scene.state().queue().messages().get(0);
            scene.execute(new ChatCommand.DeleteQueued(queued.id()));
        }
        scene.finish("done");
        List<JsonNode> all = client.until(status("waiting"));
        assertThat(all.stream().filter(event -> inShort(event).equals("queue 1")))
                .hasSize(500);
        assertThat(inShort(all))
                .endsWith("queue 0", "message m502", "status waiting")
                .hasSize(1002);
    }

    @Test
    void saysHowLongTheLineIsWhileTheChatWaitsForCapacity() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        var watch = scene.supervisor.expectMessageClass(RunnerSupervisor.WatchPosition.class);
        watch.watcher().tell(new RunnerSupervisor.Position(scene.chat, 2));
        assertThat(inShort(client.next())).isEqualTo("status running 2");
        watch.watcher().tell(new RunnerSupervisor.Position(scene.chat, 0));
        assertThat(inShort(client.next())).isEqualTo("status running");
        client.leave();
        scene.supervisor.expectMessageClass(RunnerSupervisor.UnwatchPosition.class);
    }

    @Test
    void refusesACursorOfAnotherChat() {
        scene.running();
        String cursor = Cursor.START.textFor(new ChatId(new UUID(1, 2)));
        assertThatThrownBy(() -> scene.source(Optional.of(cursor)))
                .isInstanceOfSatisfying(ChatException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN);
                    assertThat(refusal.text()).contains("another chat");
                });
    }

    @Test
    void tellsWhoComesLaterWhatTheChatWaitsFor() {
        scene.running();
        var call = new Step(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "look", "{}")), null, 1);
        scene.execute(
                new ChatCommand.RequireAction(MemoryChats.fence(scene.state()), call, MemoryChats.NOW.plusSeconds(60)));
        for (var client : List.of(scene.follow(), scene.follow("0"))) {
            List<JsonNode> all = client.until(status("requires_action"));
            assertThat(inShort(all)).endsWith("message m2", "action_required", "status requires_action");
            assertThat(all.get(all.size() - 2).path("tool_calls")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "99", "4.2.1", "5:9.1.1", "5:3.7.1", "5:2.1.1"})
    void refusesACursorThatLeadsNowhere(String cursor) {
        scene.running();
        assertThat(scene.state().version()).isEqualTo(5);
        assertThatThrownBy(() -> scene.source(Optional.of(cursor)))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN));
    }

    @Test
    void leavesNothingBehindWhenItsClientGoes() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        assertThat(scene.chats.subscribers(scene.chat)).isEqualTo(1);
        client.leave();
        scene.supervisor.expectMessageClass(RunnerSupervisor.WatchPosition.class);
        scene.supervisor.expectMessageClass(RunnerSupervisor.UnwatchPosition.class);
        assertThat(scene.chats.subscribers(scene.chat)).isZero();
    }
}
