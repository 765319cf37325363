package dev.baton.gateway.door.pass;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.Relay;
import dev.baton.gateway.bridge.RelayRequest;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.http.Departure;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Passes requests on that name a model and no chat. */
public final class Passing {
    private static final List<String> HEADERS =
            List.of("anthropic-beta", "anthropic-version", "idempotency-key", "openai-beta", "x-client-request-id");
    private static final String VERSION = "anthropic-version";
    private static final HttpHeader OLDEST_VERSION = RawHeader.create(VERSION, "2023-06-01");

    private final Bridge bridge;
    private final TokenEnds ends;

    public Passing(Bridge bridge, TokenEnds ends) {
        this.bridge = bridge;
        this.ends = ends;
    }

    /** A request that is to be passed on. */
    public static final class Passed {
        private final Envelope envelope;
        private final String model;

        private Passed(Envelope envelope, String model) {
            this.envelope = envelope;
            this.model = model;
        }

        public String model() {
            return model;
        }
    }

    /** {@code call}, when it names a model that is no chat's; empty when it is for a chat, or names nothing. */
    public Optional<Passed> asked(DoorCall call) {
        if (call.header(DoorCall.CHAT).isPresent()) {
            return Optional.empty();
        }
        Envelope envelope = Envelope.of(call.bytes());
        return envelope.model()
                .filter(model -> !model.startsWith(ModelNames.PREFIX))
                .map(model -> new Passed(envelope, model));
    }

    public CompletionStage<HttpResponse> completions(DoorCall call, Passed passed) {
        boolean adds = passed.envelope.isTrue("stream") && !passed.envelope.asksForUsage();
        Envelope sent = adds ? passed.envelope.askingForUsage() : passed.envelope;
        return pass(call, new Passed(sent, passed.model), Dialect.COMPLETIONS, "", adds);
    }

    /** What a provider keeps is everybody's who may use its key, so it is to keep nothing. */
    public CompletionStage<HttpResponse> responses(DoorCall call, Passed passed) {
        for (String field : List.of("background", "store")) {
            if (passed.envelope.isTrue(field)) {
                throw onlyForChats(field, passed.model);
            }
        }
        for (String field : List.of("conversation", "previous_response_id")) {
            if (passed.envelope.has(field)) {
                throw onlyForChats(field, passed.model);
            }
        }
        Envelope sent = passed.envelope.with("store", "false");
        return pass(call, new Passed(sent, passed.model), Dialect.RESPONSES, "", false);
    }

    private static Refused onlyForChats(String field, String model) {
        return Refused.field(
                field,
                "%s is for responses that are kept, and those of \"%s\" are not; \"%s\" is a durable chat with it"
                        .formatted(field, model, ModelNames.of(model)));
    }

    public CompletionStage<HttpResponse> messages(DoorCall call, Passed passed) {
        return pass(call, passed, Dialect.MESSAGES, "", false);
    }

    /** Empty when nobody but the model's own tokenizer could count, and that is not to be asked in this dialect. */
    public Optional<CompletionStage<HttpResponse>> countTokens(DoorCall call, Passed passed) {
        return dialects(passed).contains(Dialect.MESSAGES)
                ? Optional.of(pass(call, passed, Dialect.MESSAGES, "/count_tokens", false))
                : Optional.empty();
    }

    private Set<Dialect> dialects(Passed passed) {
        return bridge.dialects(passed.model).orElseThrow(() -> unknown(passed.model));
    }

    private static Refused unknown(String model) {
        return new Refused(
                404,
                "model_unknown",
                "there is no model named \"%s\"; GET /v1/models lists them".formatted(model),
                "model");
    }

    private CompletionStage<HttpResponse> pass(
            DoorCall call, Passed passed, Dialect dialect, String below, boolean usageAdded) {
        Set<Dialect> spoken = dialects(passed);
        if (!spoken.contains(dialect)) {
            throw otherDialect(passed.model, spoken);
        }
        Relay relay = bridge.relay(new RelayRequest(
                new RelayRequest.Client(call.caller().owner(), call.caller().token(), "v1" + dialect.path()),
                passed.model,
                dialect,
                below + query(call),
                passed.envelope,
                headers(call, dialect),
                usageAdded,
                failure -> broken(dialect, Refused.failure(failure))));
        Runnable unwatched = ends.watch(call.caller(), ending -> relay.giveUp(gone("the token has ended")));
        var unusedDeparture = Departure.of(call.request()).thenRun(() -> relay.giveUp(gone("the client went away")));
        var unused = relay.over().thenRun(unwatched);
        return relay.answer();
    }

    private static Refused otherDialect(String model, Set<Dialect> spoken) {
        String where = spoken.isEmpty()
                ? "nobody's to be passed on to"
                : "asked in "
                        + spoken.stream()
                                .map(each -> "%s (/v1%s)".formatted(each, each.path()))
                                .sorted()
                                .collect(Collectors.joining(" or "));
        return new Refused(
                400,
                "dialect_differs",
                "\"%s\" is %s; \"%s\" is a durable chat with it in every dialect"
                        .formatted(model, where, ModelNames.of(model)),
                "model");
    }

    private static ModelException gone(String why) {
        return new ModelException(new Failure(why, null, FailureKind.GENERIC, null, false, null), null, null);
    }

    /** The one word in a query that providers know. */
    private static String query(DoorCall call) {
        return call.query("beta").filter("true"::equals).isPresent() ? "?beta=true" : "";
    }

    private static List<HttpHeader> headers(DoorCall call, Dialect dialect) {
        var headers = new ArrayList<HttpHeader>();
        for (String name : HEADERS) {
            call.header(name).ifPresent(value -> headers.add(RawHeader.create(name, value)));
        }
        if (dialect == Dialect.MESSAGES && call.header(VERSION).isEmpty()) {
            headers.add(OLDEST_VERSION);
        }
        return headers;
    }

    private static ByteString broken(Dialect dialect, Refused refused) {
        String event = switch (dialect) {
            case COMPLETIONS -> Answering.event("", ErrorShape.OPENAI.of(refused));
            case MESSAGES -> Answering.event("error", ErrorShape.ANTHROPIC.of(refused));
            case RESPONSES -> Answering.event("error", responsesError(refused));
        };
        return ByteString.fromString(event);
    }

    private static ObjectNode responsesError(Refused refused) {
        ObjectNode event = ErrorShape.OPENAI.of(refused);
        return event.put("type", "error")
                .put("code", refused.code())
                .put("message", refused.text())
                .putNull("param");
    }
}
