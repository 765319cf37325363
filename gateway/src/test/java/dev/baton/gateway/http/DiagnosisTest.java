package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatLimits;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.Decision;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Here;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.RunnerSupervisor.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A chat that runs on another node than the one that is asked. */
class DiagnosisTest {
    private static final NodeId ELSEWHERE = new NodeId("akka://baton@127.0.0.1:25521#2");
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));

    @Test
    void saysWhatTheRunnerDoesOnItsNode() {
        assertThat(sentences(new Explanation(CHAT, 1, "streaming", 0, 7, 10, false)))
                .contains("Node " + ELSEWHERE + " holds it (epoch 1): streaming.");
    }

    @Test
    void saysThatTheRunnersNodeDoesNotAnswer() {
        assertThat(sentences(null))
                .contains("Node " + ELSEWHERE
                        + " holds it (epoch 1), but does not answer; if it is down, another one takes the chat over.");
    }

    @Test
    void saysThatTheRunnersNodeIsLeaving() {
        assertThat(sentences(new Explanation(CHAT, 0, "no runner here", 0, 7, 10, true)))
                .contains("Node " + ELSEWHERE + " holds it (epoch 1), but has no runner for it yet.")
                .contains("The node is leaving; its chats are on their way to others.");
    }

    private static String sentences(@Nullable Explanation known) {
        return new Diagnosis(running(), Optional.ofNullable(known), MemoryChats.NODE, MemoryChats.NOW)
                .json()
                .path("explanation")
                .toString();
    }

    private static ChatState running() {
        var first = new NewMessage(List.of(new Part.Text("hi")), null, null);
        var decision = (Decision.Accepted) new Decider(new ChatLimits(20, 250, 50, 200, 200))
                .decide(
                        ChatState.none(CHAT),
                        new ChatCommand.Create(
                                "ann", new Details("", Map.of(), false), "fake/one", null, List.of(), null, first),
                        new Here(ELSEWHERE, MemoryChats.NOW));
        return decision.events().stream().reduce(ChatState.none(CHAT), ChatState::apply, (one, other) -> other);
    }
}
