package dev.baton.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.CallAttempt;
import dev.baton.persistence.ledger.CallDetail;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.CallRow;
import dev.baton.persistence.ledger.Grouping;
import dev.baton.persistence.ledger.Price;
import dev.baton.persistence.ledger.UsageSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ledger as clients see it. Money is text, since it is exact. */
public final class LedgerJson {

    private LedgerJson() {}

    /** Adds {@code sums} to {@code json}, and what they make together in each currency. */
    public static ObjectNode addSums(ObjectNode json, Grouping by, List<UsageSum> sums) {
        json.put("group_by", by.name().toLowerCase(Locale.ROOT));
        ArrayNode groups = json.putArray("groups");
        Map<String, UsageSum> totals = new TreeMap<>();
        for (UsageSum sum : sums) {
            groups.add(Json.object().put("group", sum.group()).setAll(sum(sum)));
            totals.merge(sum.currency(), sum, LedgerJson::plus);
        }
        ArrayNode all = json.putArray("totals");
        totals.values().forEach(total -> all.add(sum(total)));
        return json;
    }

    private static UsageSum plus(UsageSum one, UsageSum other) {
        return new UsageSum(
                "",
                one.currency(),
                one.calls() + other.calls(),
                one.running() + other.running(),
                one.unknown() + other.unknown(),
                one.usage().plus(other.usage()),
                one.cost().add(other.cost()));
    }

    private static ObjectNode sum(UsageSum sum) {
        ObjectNode json = Json.object()
                .put("calls", sum.calls())
                .put("running", sum.running())
                .put("unknown_usage", sum.unknown());
        json.set("usage", ChatJson.usage(sum.usage()));
        return json.put("cost", money(sum.cost())).put("currency", sum.currency());
    }

    /** A call without what was asked and said. */
    public static ObjectNode call(CallRow call) {
        ObjectNode json = Json.object().put("id", call.id().toString());
        addAsker(json, call.asker());
        json.put("model", call.target().model())
                .put("provider", call.target().provider())
                .put("target", call.target().name())
                .put("node", call.node().value())
                .put("started_at", call.startedAt().toString());
        if (call.endedAt() != null) {
            json.put("ended_at", call.endedAt().toString());
        }
        json.put("outcome", call.outcome().toString());
        put(json, "failure_kind", call.failureKind());
        put(json, "failure_text", call.failureText());
        json.put("usage_known", call.usageKnown());
        Usage usage = call.usage();
        json.set("usage", ChatJson.usage(usage));
        Price price = call.target().price();
        if (price != null) {
            json.putObject("price")
                    .put("input", money(price.input()))
                    .put("output", money(price.output()))
                    .put("cached", money(price.cached()))
                    .put("cache_write", money(price.cacheWrite()));
        }
        return json.put("cost", money(call.cost())).put("currency", call.currency());
    }

    private static void addAsker(ObjectNode json, Asker asker) {
        json.put("owner", asker.owner());
        put(json, "token", asker.token());
        json.put("door", asker.door());
        if (asker.chat() != null) {
            json.put("chat_id", asker.chat().toString());
        }
        CallAttempt attempt = asker.attempt();
        if (attempt != null) {
            json.put("history_version", attempt.historyVersion())
                    .put("attempt", attempt.number())
                    .put("epoch", attempt.epoch());
        }
    }

    /** A call with all that is recorded of it. */
    public static ObjectNode detail(CallDetail detail) {
        ObjectNode json = call(detail.call());
        ArrayNode records = json.putArray("records");
        for (CallRecord each : detail.records()) {
            ObjectNode record = Json.object().put("kind", each.kind().toString());
            put(record, "name", each.name());
            put(record, "reference", each.reference());
            record.put("length", each.length());
            put(record, "content", each.content());
            records.add(record);
        }
        return json;
    }

    /** As a decimal number without an exponent. */
    public static String money(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
