package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Turn;
import dev.baton.runner.RunnerSupervisor.Explanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a chat is where it is, in sentences for people and as data. {@code known}: what its runner's node says. */
record Diagnosis(ChatState chat, Optional<Explanation> known, NodeId here, Instant now) {

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("chat_id", chat.id().toString());
        json.put("status", ChatJson.name(chat.status()));
        json.put("archived", chat.archived());
        chat.state().ifPresent(state -> json.put("state", state.name()));
        json.put("version", chat.version());
        ArrayNode explanation = json.putArray("explanation");
        sentences().forEach(explanation::add);
        putRunner(json.putObject("runner"));
        json.put("queued_messages", chat.queue().messages().size());
        json.put("attempt", chat.turn().attempt());
        json.put("steps", chat.turn().steps());
        if (chat.turn().retry() != null) {
            json.set("retry", ChatJson.retry(chat.turn().retry()));
        }
        if (chat.turn().action() != null) {
            json.set("action_required", ChatJson.action(chat.turn().action()));
        }
        if (chat.failure() != null) {
            json.set("error", ChatJson.failure(chat.failure()));
        }
        known.ifPresent(explained -> putCapacity(json.putObject("capacity"), explained));
        return json;
    }

    private void putRunner(ObjectNode runner) {
        runner.put("epoch", chat.hold().epoch());
        NodeId node = chat.hold().node();
        if (node != null) {
            runner.put("node", node.toString());
            runner.put("here", node.equals(here));
        }
        known.filter(explained -> explained.epoch() > 0)
                .ifPresent(explained -> runner.put("activity", explained.activity()));
    }

    private static void putCapacity(ObjectNode capacity, Explanation explained) {
        capacity.put("queue_position", explained.position());
        capacity.put("running", explained.running());
        capacity.put("max_running", explained.maxRunning());
        capacity.put("draining", explained.draining());
    }

    private List<String> sentences() {
        if (chat.state().isEmpty()) {
            return List.of("The chat is in an impossible state: status %s with %d queued messages, archived %s."
                            .formatted(ChatJson.name(chat.status()), queued(), chat.archived())
                    + " Reconcile it (POST .../reconcile) to go on.");
        }
        var sentences = new ArrayList<String>();
        sentences.add(aboutStatus());
        if (chat.status().hasWork()) {
            sentences.add(aboutRunner());
            known.ifPresent(explained -> aboutCapacity(explained).ifPresent(sentences::add));
        }
        if (queued() > 0) {
            sentences.add(
                    queued() == 1
                            ? "One message waits in the queue."
                            : "%d messages wait in the queue.".formatted(queued()));
        }
        if (chat.archived()) {
            sentences.add("The chat is archived; it takes no messages until it is unarchived.");
        }
        return sentences;
    }

    private int queued() {
        return chat.queue().messages().size();
    }

    private String aboutStatus() {
        return switch (chat.status()) {
            case WAITING -> "The chat is idle; the next message starts a turn.";
            case RUNNING -> aboutTurn();
            case INTERRUPTING -> "The answer is being cut off; what was said so far will be kept.";
            case REQUIRES_ACTION -> aboutAction();
            case ERROR -> aboutFailure();
        };
    }

    private String aboutTurn() {
        Turn turn = chat.turn();
        String what = turn.compaction() ? "The context is being compacted" : "A turn is under way";
        Retry retry = turn.retry();
        if (retry != null) {
            return "%s, but attempt %d failed (%s: %s); the next one starts %s."
                    .formatted(
                            what,
                            retry.attempt(),
                            ChatJson.name(retry.failure().kind()),
                            retry.failure().message(),
                            when(retry.until()));
        }
        return "%s: attempt %d at step %d.".formatted(what, turn.attempt(), turn.steps() + 1);
    }

    private String aboutAction() {
        PendingAction action = chat.turn().action();
        if (action == null) {
            return "The turn waits for the results of client-side tools.";
        }
        return "The turn waits for the client to hand in the results of %d tool calls; they are cancelled %s."
                .formatted(action.calls().size(), when(action.deadline()));
    }

    private String aboutFailure() {
        Failure failure = chat.failure();
        if (failure == null) {
            return "The last turn failed; the next message clears that.";
        }
        return "The last turn failed (%s: %s); the next message clears that. Trying again %s."
                .formatted(
                        ChatJson.name(failure.kind()),
                        failure.message(),
                        failure.retryable() ? "may help" : "will not help before something is changed");
    }

    private String aboutRunner() {
        NodeId node = chat.hold().node();
        if (node == null) {
            return "No node holds the chat although it has work; the next sweep gives it one.";
        }
        String holds = "%s holds it (epoch %d)"
                .formatted(
                        node.equals(here) ? "This node" : "Node " + node,
                        chat.hold().epoch());
        if (known.isEmpty()) {
            return holds + ", but does not answer; if it is down, another one takes the chat over.";
        }
        return known.filter(explained -> explained.epoch() == chat.hold().epoch())
                .map(explained -> "%s: %s.".formatted(holds, explained.activity()))
                .orElse(holds + ", but has no runner for it yet.");
    }

    private static Optional<String> aboutCapacity(Explanation explained) {
        if (explained.draining()) {
            return Optional.of("The node is leaving; its chats are on their way to others.");
        }
        return explained.position() == 0
                ? Optional.empty()
                : Optional.of("It waits for capacity: number %d in line, %d of at most %d chats run there."
                        .formatted(explained.position(), explained.running(), explained.maxRunning()));
    }

    private String when(Instant instant) {
        long seconds = Duration.between(now, instant).toSeconds();
        return seconds <= 0 ? "now" : "in %d s (%s)".formatted(seconds, instant);
    }
}
