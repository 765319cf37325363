package dev.baton.gateway.stream;

import static dev.baton.gateway.stream.StreamScene.inShort;
import static dev.baton.gateway.stream.StreamScene.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.stream.StreamScene.Follower;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients see of a chat whose runner is, or comes to be, on another node. */
class MovingChatTest {
    private final StreamScene scene = new StreamScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void goesOnWithTheNextPartWhenAnotherNodeGoesOnWithTheAnswer() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        scene.say("a ", "b ");
        assertThat(inShort(take(client, 2))).containsExactly("part 1", "part 2");
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        assertThat(inShort(client.next())).isEqualTo("moved");
        scene.say(scene.otherParts, "a ", "b ", "c ");
        assertThat(inShort(client.next())).isEqualTo("part 3");
        scene.say(scene.otherParts, "d");
        scene.finish("a ", "b ", "c ", "d");
        assertThat(inShort(client.until(status("waiting")))).containsExactly("part 4", "message m2", "status waiting");
    }

    @Test
    void goesOnAfterTheOldRunnerHasClosedTheEpisode() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        scene.say("a ", "b ");
        take(client, 2);
        scene.parts.tell(new PartBuffer.Close(scene.state().episode()));
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        scene.say(scene.otherParts, "a ", "b ", "c ");
        assertThat(inShort(take(client, 2))).containsExactly("moved", "part 3");
    }

    @Test
    void waitsForTheNewRunnerToSayWhatItKnows() {
        scene.running();
        scene.say("a ", "b ");
        var client = scene.follow();
        client.until(status("running"));
        String cursor = take(client, 2).get(1).path("id").asText();
        client.leave();
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        var back = scene.follow(cursor);
        assertThat(inShort(back.next())).isEqualTo("moved");
        scene.say(scene.otherParts, "a ", "b ", "c ");
        assertThat(inShort(back.next())).isEqualTo("part 3");
    }

    @Test
    void beginsThePreviewAgainWhenTheNewRunnerKnowsLessThanWasTold() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        scene.say("a ", "b ", "c ");
        take(client, 3);
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        scene.say(scene.otherParts, "a ");
        assertThat(inShort(take(client, 3))).containsExactly("moved", "preview_reset", "part 1");
        scene.say(scene.otherParts, "B ");
        assertThat(inShort(client.next())).isEqualTo("part 2");
    }

    @Test
    void resumesOnAnotherNodeExactlyAfterEachEventOfAnAnswerThatMoves() {
        scene.running();
        var watching = scene.follow("0");
        List<JsonNode> all = new ArrayList<>(watching.until(status("running")));
        scene.say("a ", "b ");
        all.addAll(take(watching, 2));
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        all.add(watching.next());
        scene.say(scene.otherParts, "a ", "b ", "c ");
        all.add(watching.next());

        assertThat(inShort(all))
                .containsExactly(
                        "status waiting", "message m1", "status running", "part 1", "part 2", "moved", "part 3");
        for (int i = 0; i < all.size() - 1; i++) {
            var back = scene.follow(all.get(i).path("id").asText());
            List<String> rest = inShort(back.until(event -> inShort(event).equals("part 3")));
            List<String> missed = inShort(all.subList(i + 1, all.size()));
            assertThat(rest).filteredOn(MovingChatTest::isPart).isEqualTo(parts(missed));
            assertThat(rest).containsExactlyInAnyOrderElementsOf(missed);
            back.leave();
        }
    }

    private static List<String> parts(List<String> events) {
        return events.stream().filter(MovingChatTest::isPart).toList();
    }

    private static boolean isPart(String event) {
        return event.startsWith("part");
    }

    @Test
    void tellsEverybodyHereWhatAnotherNodeSaysWhoeverIsSlow() {
        scene.running();
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        var slow = scene.follow();
        var one = scene.follow();
        var other = scene.follow();
        slow.until(status("running"));
        one.until(status("running"));
        other.until(status("running"));
        var words = new ArrayList<String>();
        for (int i = 1; i <= 3_000; i++) {
            scene.say(scene.otherParts, "w" + i);
            words.add("w" + i);
            if (i % 500 == 0) {
                assertThat(inShort(take(one, 500))).endsWith("part " + i);
            }
        }
        scene.finish(words.toArray(String[]::new));
        assertThat(inShort(one.until(status("waiting")))).containsExactly("message m2", "status waiting");
        for (Follower late : List.of(slow, other)) {
            List<JsonNode> all = late.until(status("waiting"));
            assertThat(all.stream()
                            .map(event -> event.path("part").path("text").asText())
                            .filter(text -> !text.isEmpty()))
                    .containsExactlyElementsOf(words);
        }
    }

    @Test
    void forgetsThePreviewWhenTheNewRunnerBeginsAgain() {
        scene.running();
        var client = scene.follow();
        client.until(status("running"));
        scene.say("a ", "b ");
        take(client, 2);
        scene.chats.assign(scene.chat, StreamScene.OTHER);
        scene.execute(new ChatCommand.StartAttempt(MemoryChats.fence(scene.state()), 1));
        scene.say(scene.otherParts, "other ");
        assertThat(inShort(take(client, 3))).containsExactly("moved", "preview_reset", "part 1");
    }

    /** With a limit for answers that nobody lives to see. */
    @Test
    void isToldTheMessageWhenTheNodeThatHadItsLastWordsIsGone() {
        try (var patient = new StreamScene(StreamScene.patient(Duration.ofDays(1)))) {
            patient.running();
            patient.chats.assign(patient.chat, StreamScene.OTHER);
            var client = patient.follow();
            client.until(status("running"));
            patient.say(patient.otherParts, "a ", "b ");
            assertThat(inShort(take(client, 2))).containsExactly("part 1", "part 2");
            patient.kit.stop(patient.otherParts);
            patient.finish("a ", "b ", "c ");
            assertThat(inShort(client.until(status("waiting")))).containsExactly("message m2", "status waiting");
        }
    }

    private static List<JsonNode> take(Follower client, int count) {
        var events = new ArrayList<JsonNode>();
        for (int i = 0; i < count; i++) {
            events.add(client.next());
        }
        return events;
    }
}
