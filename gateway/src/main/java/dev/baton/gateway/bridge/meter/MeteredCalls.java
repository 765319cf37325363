package dev.baton.gateway.bridge.meter;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.AroundCalls;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.CallAttempt;
import dev.baton.persistence.ledger.Target;
import dev.baton.runner.model.Attempt;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Meters the calls of runners, each at one target: where another one goes on, that is a call of its own.
 *
 * <p>That an answer is whole is passed on when the ledger has it: nobody can have committed an answer whose end the ledger
 * does not know. A call whose stream is given up, in whatever way, is cancelled.
 */
public record MeteredCalls(Meter meter) implements AroundCalls {

    @Override
    public Source<ModelEvent, NotUsed> around(
            ModelTarget target, ModelRequest request, Source<ModelEvent, NotUsed> call) {
        return Source.fromMaterializer((materializer, attributes) -> metered(opening(request, target), call))
                .mapMaterializedValue(started -> NotUsed.getInstance());
    }

    private Source<ModelEvent, NotUsed> metered(Opening opening, Source<ModelEvent, NotUsed> call) {
        CompletionStage<MeteredCall> begun = meter.begin(opening);
        return Source.completionStageSource(begun.thenApply(metered -> observed(metered, call)))
                .mapError(CompletionException.class, MeteredCalls::cause)
                .watchTermination((started, over) -> {
                    var unused =
                            over.whenComplete((done, failure) -> begun.thenAccept(metered -> over(metered, failure)));
                    return NotUsed.getInstance();
                });
    }

    private static Source<ModelEvent, NotUsed> observed(MeteredCall metered, Source<ModelEvent, NotUsed> call) {
        return call.via(new EndOnDisk(event -> hear(metered, event), finished -> metered.ended(finished.usage())));
    }

    private static void hear(MeteredCall call, ModelEvent event) {
        if (event instanceof ModelEvent.Used used) {
            call.used(used.soFar());
        } else if (event instanceof ModelEvent.Forgotten) {
            var unused = call.failed("forgotten", "the provider does not have the answer any more");
        } else if (event instanceof ModelEvent.Streamed streamed) {
            if (streamed.part() instanceof Part.ToolCall tool) {
                call.toolCall(tool.id(), tool.name(), tool.arguments());
            } else if (streamed.part() instanceof Part.Reasoning thought) {
                call.reasoning(thought.text());
            }
        }
    }

    private static void over(MeteredCall call, @Nullable Throwable failure) {
        var unused = failure instanceof ModelException known ? call.failed(known.failure()) : call.cancelled();
    }

    private static Throwable cause(Throwable failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    private static Opening opening(ModelRequest request, ModelTarget target) {
        Attempt made = request.attempt();
        CallAttempt attempt = made == null ? null : new CallAttempt(made.historyVersion(), made.number(), made.epoch());
        return new Opening(
                new Asker(request.owner(), null, Asker.CHAT, request.chat(), attempt),
                new Target(
                        request.model(),
                        target.provider(),
                        target.model(),
                        target.settings().price()),
                prompt(request.history()),
                () -> characters(request),
                OptionalLong.empty());
    }

    private static Optional<String> prompt(List<Message> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).role() == Role.USER) {
                var text = new StringBuilder();
                history.get(i).content().forEach(part -> text.append(text(part)));
                return Optional.of(text.toString());
            }
        }
        return Optional.empty();
    }

    private static String text(Part part) {
        return part instanceof Part.Text piece ? piece.text() : "";
    }

    /** Of all that is sent, roughly: a reservation is made of it. */
    private static long characters(ModelRequest request) {
        long characters =
                request.systemPrompt() == null ? 0 : request.systemPrompt().length();
        for (Message message : request.history()) {
            characters +=
                    message.content().stream().mapToLong(MeteredCalls::length).sum();
        }
        characters += request.said().stream().mapToLong(MeteredCalls::length).sum();
        return characters
                + request.tools().stream()
                        .mapToLong(tool -> tool.toString().length())
                        .sum();
    }

    private static long length(Part part) {
        if (part instanceof Part.Text text) {
            return text.text().length();
        }
        if (part instanceof Part.Reasoning thought) {
            return thought.text().length();
        }
        if (part instanceof Part.ToolCall call) {
            return call.arguments().length() + (long) call.name().length();
        }
        return ((Part.ToolResult) part).output().length();
    }
}
