package dev.baton.gateway.bridge;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.Exchange;
import dev.baton.gateway.bridge.provider.PassStage;
import dev.baton.gateway.bridge.provider.PassThrough;
import dev.baton.gateway.bridge.provider.PassedAnswer;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that is passed on as it is, and its answer back. Until the first byte of an answer it goes from key to key
 * and from target to target, as the calls of runners do.
 *
 * <p>One attempt is under way at a time, and what happens in it happens one after the other. From any thread it can be
 * given up: its connection then ends at once, and whoever waits for it finds out why.
 */
final class RelayCall implements Relay {
    private static final int MOST = 16;
    private static final int MOST_BODY = 32 << 20;
    private static final long MOST_TOGETHER = 32 << 10;

    private final Setup setup;
    private final RelayRequest request;
    private final Candidates candidates;
    private final AroundRelays around;
    private final ActorSystem<?> system;
    private final Consumer<CompletionStage<Done>> watch;
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final CompletableFuture<Done> over = new CompletableFuture<>();
    private final Patience patience = new Patience();
    private int attempts;

    RelayCall(
            Setup setup,
            RelayRequest request,
            Candidates candidates,
            AroundRelays around,
            ActorSystem<?> system,
            Consumer<CompletionStage<Done>> watch) {
        this.setup = setup;
        this.request = request;
        this.candidates = candidates;
        this.around = around;
        this.system = system;
        this.watch = watch;
    }

    @Override
    public CompletionStage<HttpResponse> answer() {
        return answer;
    }

    @Override
    public CompletionStage<Done> over() {
        return over;
    }

    @Override
    public void giveUp(ModelException why) {
        answer.completeExceptionally(why);
        patience.end(why);
    }

    /** Ends the attempt that has been silent for too long. */
    void look(long now) {
        patience.look(now);
    }

    void refuse(ModelException why) {
        answer.completeExceptionally(why);
        over.complete(Done.getInstance());
    }

    void start() {
        next().ifPresentOrElse(this::run, () -> refuse(candidates.nobody(this::speaks, misfit())));
    }

    private Optional<Attempt> next() {
        return candidates.next(this::speaks);
    }

    private boolean speaks(ModelTarget target) {
        return setup.providerOf(target).flatMap(provider -> provider.passThrough()).stream()
                .anyMatch(way -> way.dialect() == request.dialect());
    }

    private String misfit() {
        return "%s does not speak %s".formatted(request.model(), request.dialect());
    }

    private void run(Attempt attempt) {
        candidates.begin(attempt);
        attempts++;
        var unused = around.begin(attempt.target(), request).whenComplete((account, refused) -> {
            if (refused == null) {
                ask(new Try(attempt, attempt.provider().passThrough().orElseThrow(), account));
            } else {
                attempt.ended(null);
                refuse(Refusals.classified(Patience.causeOf(refused)));
            }
        });
    }

    /** One attempt and who keeps account of it. */
    private record Try(Attempt attempt, PassThrough way, AroundRelays.Account account) {
        ProviderHttp http() {
            return way.http();
        }
    }

    private void ask(Try made) {
        var asked = new PassThrough.Request(
                request.below(),
                request.body().to(made.attempt().target().model()),
                request.headers(),
                made.attempt().key().key(),
                request.usageAdded());
        Exchange exchange = patience.begin(made.http(), () -> made.way().send(asked));
        if (exchange == null) {
            cancelled(made);
            return;
        }
        watch.accept(exchange.gone());
        var unused = exchange.response().whenComplete((response, failure) -> {
            patience.waits(false);
            if (failure != null) {
                failed(made, patience.failureOf(made.http(), failure, /* heard= */ false), null);
            } else {
                answered(new Answered(made, exchange, response));
            }
        });
    }

    /** The head of an answer. */
    private record Answered(Try made, Exchange exchange, HttpResponse response) {
        boolean isStream() {
            return response.entity().getContentType().mediaType().subType().equals("event-stream");
        }
    }

    private void answered(Answered head) {
        if (patience.isOver()) {
            head.exchange().end();
            cancelled(head.made());
        } else if (!head.response().status().isSuccess()) {
            refused(head);
        } else if (head.isStream()) {
            stream(head);
        } else {
            whole(head);
        }
    }

    private void refused(Answered head) {
        ProviderHttp http = head.made().http();
        var unused = http.refused(head.response()).whenComplete((refused, broken) -> {
            head.exchange().end();
            if (broken != null) {
                failed(head.made(), patience.failureOf(http, broken, /* heard= */ true), null);
                return;
            }
            ModelException failure = http.failureIn(refused);
            boolean own = RelayedAnswer.isAboutTheRequest(refused, failure.failure());
            failed(head.made(), failure, own ? RelayedAnswer.inItsWords(refused, http.failures()) : null);
        });
    }

    private void whole(Answered head) {
        HttpEntity entity = head.response().entity();
        if (entity instanceof HttpEntity.Strict strict) {
            whole(head, strict.getData());
            return;
        }
        patience.waits(true);
        var unused = head.response()
                .entity()
                .getDataBytes()
                .limitWeighted(MOST_BODY, bytes -> (long) bytes.size())
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
                .whenComplete((bytes, broken) -> {
                    patience.waits(false);
                    if (broken != null) {
                        head.exchange().end();
                        failed(head.made(), patience.failureOf(head.made().http(), broken, /* heard= */ true), null);
                    } else {
                        whole(head, bytes);
                    }
                });
    }

    private void whole(Answered head, ByteString bytes) {
        Try made = head.made();
        Optional<WholeAnswer> read = WholeAnswer.read(bytes, request.dialect());
        if (read.isEmpty()) {
            failed(made, patience.failureOf(made.http(), null, /* heard= */ true), null);
            return;
        }
        var error = read.get().error().map(made.http().failures()::ofError);
        if (error.isPresent()) {
            failed(made, error.get(), null);
            return;
        }
        made.attempt().heard();
        made.attempt().answered();
        JsonNode told = read.get().usage();
        Usage usage =
                told == null ? Usage.NONE : made.way().readers().apply(false).usage(told);
        var unused = made.account().ended(usage).whenComplete((done, failure) -> {
            answer.complete(RelayedAnswer.of(head.response(), made.attempt().target(), bytes));
            over.complete(Done.getInstance());
        });
    }

    private void stream(Answered head) {
        var stage = new PassStage(head.made().way().readers().apply(request.usageAdded()), new Listening(head));
        var unused = head.response()
                .entity()
                .getDataBytes()
                .via(stage)
                // What comes while the client's side is busy goes there together: each crossing costs, whatever its
                // size.
                .batchWeighted(MOST_TOGETHER, bytes -> (long) bytes.size(), bytes -> bytes, ByteString::concat)
                .prefixAndTail(1)
                .runWith(Sink.head(), system)
                .whenComplete((begun, broken) -> {
                    if (broken != null) {
                        head.exchange().end();
                        failed(head.made(), patience.failureOf(head.made().http(), broken, /* heard= */ true), null);
                    } else {
                        Source<ByteString, ?> bytes = Source.from(begun.first()).concat(begun.second());
                        answer.complete(RelayedAnswer.of(
                                head.response(), head.made().attempt().target(), bytes));
                    }
                });
    }

    /** {@code words}: what the client is told in the provider's own words, when it is the client's to mend. */
    private void failed(Try made, ModelException failure, @Nullable HttpResponse words) {
        if (patience.isOver()) {
            cancelled(made);
            return;
        }
        made.attempt().failed(failure);
        made.account().failed(failure);
        if (Candidates.isWorthMoving(failure.failure()) && attempts < MOST) {
            candidates.leave(made.attempt(), failure.failure());
            Optional<Attempt> next = next();
            if (next.isPresent()) {
                run(next.get());
                return;
            }
        }
        if (words == null) {
            refuse(failure);
        } else {
            answer.complete(words);
            over.complete(Done.getInstance());
        }
    }

    /** Nobody waited any more, or all was said before. */
    private void cancelled(Try made) {
        made.account().cancelled();
        made.attempt().ended(null);
        over.complete(Done.getInstance());
    }

    /** Hears how the stream of one attempt fares. */
    private final class Listening implements PassStage.Listener {
        private final Answered head;
        private boolean begun;

        Listening(Answered head) {
            this.head = head;
        }

        @Override
        public void waits(boolean waiting) {
            patience.waits(waiting);
        }

        @Override
        public void begun() {
            begun = true;
            head.made().attempt().heard();
        }

        @Override
        public void used(PassedAnswer soFar) {
            Usage usage = soFar.usage();
            if (usage != null) {
                head.made().account().used(usage);
            }
        }

        @Override
        public CompletionStage<Done> whole(PassedAnswer all) {
            head.made().attempt().answered();
            Usage usage = all.usage();
            return head.made().account().ended(usage == null ? Usage.NONE : usage);
        }

        @Override
        public PassStage.Broken broke(@Nullable Throwable cause) {
            ModelException failure = patience.failureOf(head.made().http(), cause, /* heard= */ true);
            if (begun && !patience.isOver()) {
                failed(failure);
            }
            return new PassStage.Broken(failure, request.broken().apply(failure));
        }

        @Override
        public void failed(ModelException failure) {
            head.made().attempt().failed(failure);
            head.made().account().failed(failure);
        }

        /** Before it has begun another attempt may come. */
        @Override
        public void over() {
            patience.waits(false);
            head.exchange().end();
            if (begun) {
                cancelled(head.made());
            }
        }
    }
}
