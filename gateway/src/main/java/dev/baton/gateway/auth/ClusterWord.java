package dev.baton.gateway.auth;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells every node of the cluster that a token is revoked, and waits until they know. */
final class ClusterWord {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ActorSystem<?> system;

    ClusterWord(ActorSystem<?> system) {
        this.system = system;
    }

    /** The addresses of the nodes that did not confirm it in time. */
    CompletionStage<List<String>> revoked(UUID token) {
        CompletionStage<List<String>> unconfirmed = CompletableFuture.completedFuture(List.of());
        for (Member member : Cluster.get(system).state().getMembers()) {
            if (member.status() != MemberStatus.down() && member.status() != MemberStatus.removed()) {
                String address = member.address().toString();
                unconfirmed = unconfirmed.thenCombine(
                        tell(address, token), (some, heard) -> heard ? some : with(some, address));
            }
        }
        return unconfirmed;
    }

    private CompletionStage<Boolean> tell(String address, UUID token) {
        ActorRef<TokenNews.Command> news =
                ActorRefResolver.get(system).resolveActorRef(address + "/system/" + TokenNews.NAME);
        return AskPattern.<TokenNews.Command, TokenNews.Heard>ask(
                        news, replyTo -> new TokenNews.Revoked(token, replyTo), LIMIT, system.scheduler())
                .handle((heard, failure) -> failure == null);
    }

    private static List<String> with(List<String> some, String more) {
        var all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }
}
