package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.json.LedgerJson;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.ledger.CallFilter;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.Grouping;
import dev.baton.persistence.ledger.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Usage and audit: operators see all calls, users their own. */
final class LedgerEndpoints {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final CallLedger ledger;
    private final ChatAccess chats;
    private final Readiness readiness;

    LedgerEndpoints(CallLedger ledger, ChatAccess chats, Readiness readiness) {
        this.ledger = ledger;
        this.chats = chats;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/chats/{chat}/usage", this::ofChat),
                Endpoint.get("/usage", this::usage),
                Endpoint.get("/audit", this::audit),
                Endpoint.get("/audit/{call}", this::call));
    }

    private CompletionStage<HttpResponse> ofChat(Call call) {
        readiness.requireDatabase();
        ChatId chat = call.chat();
        return chats.read(call.caller(), chat)
                .thenCompose(state -> ledger.usage(CallFilter.ofChat(chat), Grouping.MODEL))
                .thenApply(sums -> {
                    ObjectNode json = Json.object().put("chat_id", chat.toString());
                    return Answers.ok(LedgerJson.addSums(json, Grouping.MODEL, sums));
                });
    }

    private CompletionStage<HttpResponse> usage(Call call) {
        readiness.requireDatabase();
        Grouping by = call.query("group_by")
                .map(text -> Grouping.parse(text)
                        .orElseThrow(() -> Call.invalid(
                                "group_by is \"%s\"; it must be owner, model, provider or day".formatted(text))))
                .orElse(Grouping.MODEL);
        return ledger.usage(filter(call), by)
                .thenApply(sums -> Answers.ok(LedgerJson.addSums(Json.object(), by, sums)));
    }

    private CompletionStage<HttpResponse> audit(Call call) {
        readiness.requireDatabase();
        return ledger.page(filter(call), call.query("cursor"), call.queryNumber("limit", DEFAULT_LIMIT, MAX_LIMIT))
                .thenApply(page -> {
                    ObjectNode json = Json.object();
                    ArrayNode all = json.putArray("calls");
                    page.calls().forEach(row -> all.add(LedgerJson.call(row)));
                    page.nextCursor().ifPresent(cursor -> json.put("next_cursor", cursor));
                    return Answers.ok(json);
                });
    }

    private CompletionStage<HttpResponse> call(Call call) {
        readiness.requireDatabase();
        String id = call.value("call");
        CallId known = CallId.parse(id).orElseThrow(() -> notFound(id));
        return ledger.call(known)
                .thenApply(found -> found.filter(detail ->
                                call.caller().reaches(detail.call().asker().owner()))
                        .map(detail -> Answers.ok(LedgerJson.detail(detail)))
                        .orElseThrow(() -> notFound(id)));
    }

    private static ChatException notFound(String id) {
        return new ChatException(ErrorCode.CALL_NOT_FOUND, "call " + id + " does not exist");
    }

    private static CallFilter filter(Call call) {
        return new CallFilter(
                call.ownerFilter(),
                call.query("chat")
                        .map(text -> ChatId.parse(text)
                                .orElseThrow(
                                        () -> Call.invalid("chat is \"%s\"; it must be a chat's id".formatted(text)))),
                text(call, "provider"),
                text(call, "model"),
                call.query("outcome")
                        .map(text -> Outcome.parse(text)
                                .orElseThrow(() -> Call.invalid(
                                        "outcome is \"%s\"; it must be running, done, failed, cancelled or orphaned"
                                                .formatted(text)))),
                time(call, "from"),
                time(call, "to"));
    }

    private static Optional<String> text(Call call, String name) {
        return call.query(name).map(text -> Fields.wellFormed(name, text));
    }

    /** A moment, or a day, which is its beginning in UTC. */
    private static Optional<Instant> time(Call call, String name) {
        return call.query(name).map(text -> {
            try {
                return text.length() <= "2026-01-01".length()
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            } catch (DateTimeException noTime) {
                throw Call.invalid("%s is \"%s\"; it must be a day (2026-01-31) or a time (2026-01-31T12:00:00Z)"
                        .formatted(name, text));
            }
        });
    }
}
