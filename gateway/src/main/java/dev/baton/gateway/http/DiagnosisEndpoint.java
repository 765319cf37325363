package dev.baton.gateway.http;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.http.javadsl.model.HttpResponse;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.RunnerSupervisor.Explanation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Says why a chat is where it is. */
final class DiagnosisEndpoint {
    /** Whoever asks why something hangs must not be made to wait for what hangs. */
    private static final Duration EXPLANATION_LIMIT = Duration.ofSeconds(1);

    private final ChatAccess chats;
    private final RunnerNodes runners;
    private final ActorSystem<?> system;
    private final NodeId here;
    private final Clock clock;

    DiagnosisEndpoint(ChatAccess chats, RunnerNodes runners, ActorSystem<?> system, NodeId here, Clock clock) {
        this.chats = chats;
        this.runners = runners;
        this.system = system;
        this.here = here;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/chats/{chat}/diagnosis", this::diagnose));
    }

    private CompletionStage<HttpResponse> diagnose(Call call) {
        return chats.read(call.caller(), call.chat())
                .thenCompose(state -> explain(state)
                        .thenApply(explanation ->
                                Answers.ok(new Diagnosis(state, explanation, here, clock.instant()).json())));
    }

    /** Only the node that runs a chat knows what its runner does. */
    private CompletionStage<Optional<Explanation>> explain(ChatState chat) {
        NodeId node = chat.hold().node();
        RunnerNodes.RunnerNode runner = node == null ? runners.here() : runners.at(node);
        return AskPattern.<RunnerSupervisor.Command, Explanation>ask(
                        runner.supervisor(),
                        replyTo -> new RunnerSupervisor.Explain(chat.id(), replyTo),
                        EXPLANATION_LIMIT,
                        system.scheduler())
                .handle((explanation, failure) -> Optional.ofNullable(explanation));
    }
}
