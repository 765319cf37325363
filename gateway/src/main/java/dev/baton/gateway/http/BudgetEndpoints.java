package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.json.LedgerJson;
import dev.baton.persistence.budget.Amount;
import dev.baton.persistence.budget.Budget;
import dev.baton.persistence.budget.Budgets.Standing;
import dev.baton.persistence.budget.Limit;
import dev.baton.persistence.budget.Payer;
import dev.baton.persistence.budget.Window;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Sets and shows budgets, for operators. */
final class BudgetEndpoints {
    private static final int MOST_NAME = 64;
    private static final int MOST_MEMBERS = 10_000;
    private static final int MOST_DIGITS = 12;

    private final BudgetDesk desk;
    private final Readiness readiness;

    BudgetEndpoints(BudgetDesk desk, Readiness readiness) {
        this.desk = desk;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/budgets", this::list).forOperators(),
                Endpoint.get("/budgets/{kind}/{name}", this::show).forOperators(),
                Endpoint.put("/budgets/{kind}/{name}", this::put).forOperators(),
                Endpoint.delete("/budgets/{kind}/{name}", this::remove).forOperators());
    }

    private CompletionStage<HttpResponse> list(Call call) {
        readiness.requireDatabase();
        return desk.all().thenApply(standings -> {
            ObjectNode json = Json.object();
            ArrayNode all = json.putArray("budgets");
            standings.forEach(standing -> all.add(json(standing)));
            return Answers.ok(json);
        });
    }

    private CompletionStage<HttpResponse> show(Call call) {
        readiness.requireDatabase();
        Payer payer = payer(call);
        return desk.of(payer).thenApply(found -> Answers.ok(json(found.orElseThrow(() -> notFound(payer)))));
    }

    private CompletionStage<HttpResponse> put(Call call) {
        readiness.requireDatabase();
        Payer payer = payer(call);
        return call.body().thenCompose(fields -> {
            Budget budget = budget(payer, fields);
            fields.end();
            return desk.put(budget).thenApply(standing -> Answers.ok(json(standing)));
        });
    }

    private CompletionStage<HttpResponse> remove(Call call) {
        readiness.requireDatabase();
        Payer payer = payer(call);
        return desk.remove(payer).thenApply(removed -> {
            if (!removed) {
                throw notFound(payer);
            }
            return Answers.ok(Json.object()
                    .put("kind", payer.kind().toString())
                    .put("name", payer.name())
                    .put("removed", true));
        });
    }

    private static Payer payer(Call call) {
        String kind = call.value("kind");
        String name = Fields.wellFormed("name", call.value("name"));
        if (name.isBlank() || name.length() > MOST_NAME) {
            throw Call.invalid(
                    "the payer's name has %d characters; it must have 1 to %d".formatted(name.length(), MOST_NAME));
        }
        return new Payer(
                Arrays.stream(Payer.Kind.values())
                        .filter(each -> each.toString().equals(kind))
                        .findFirst()
                        .orElseThrow(() -> new ChatException(
                                ErrorCode.BUDGET_NOT_FOUND, "budgets are of kind owner or group, not " + kind)),
                name);
    }

    private static Budget budget(Payer payer, Fields fields) {
        String window = fields.requiredText("window");
        BigDecimal cost =
                fields.any("cost_limit").map(value -> cost(fields, value)).orElse(null);
        Long tokens =
                fields.any("token_limit").map(value -> tokens(fields, value)).orElse(null);
        if (cost == null && tokens == null) {
            throw fields.missing("cost_limit", "a decimal number, unless there is a token_limit");
        }
        Set<String> members =
                fields.any("members").map(value -> members(fields, value)).orElse(Set.of());
        if ((payer.kind() == Payer.Kind.GROUP) == members.isEmpty()) {
            throw Call.invalid("members are for groups, which must have at least one");
        }
        return new Budget(
                payer,
                Window.parse(window).orElseThrow(() -> fields.wrong("window", "day, month or total")),
                new Limit(cost, tokens),
                members);
    }

    /** As text or as a number: both are exact. */
    private static BigDecimal cost(Fields fields, JsonNode value) {
        try {
            BigDecimal cost = new BigDecimal(value.asText());
            if (cost.signum() >= 0 && cost.scale() <= MOST_DIGITS && cost.precision() - cost.scale() <= MOST_DIGITS) {
                return cost;
            }
        } catch (NumberFormatException notANumber) {
            throw fields.wrong("cost_limit", "a decimal number");
        }
        throw fields.wrong("cost_limit", "not negative, and have at most 12 digits on either side of its point");
    }

    private static long tokens(Fields fields, JsonNode value) {
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
            throw fields.wrong("token_limit", "a whole number that is not negative");
        }
        return value.longValue();
    }

    private static Set<String> members(Fields fields, JsonNode value) {
        var members = new TreeSet<String>();
        for (JsonNode each : value) {
            if (!each.isTextual() || each.textValue().isBlank()) {
                throw fields.wrong("members", "a list of owners");
            }
            members.add(Fields.wellFormed("members", each.textValue()));
        }
        if (!value.isArray() || members.size() > MOST_MEMBERS) {
            throw fields.wrong("members", "a list of at most " + MOST_MEMBERS + " owners");
        }
        return members;
    }

    private static ChatException notFound(Payer payer) {
        return new ChatException(ErrorCode.BUDGET_NOT_FOUND, "there is no budget of " + payer);
    }

    private static ObjectNode json(Standing standing) {
        Budget budget = standing.budget();
        ObjectNode json = Json.object()
                .put("kind", budget.payer().kind().toString())
                .put("name", budget.payer().name())
                .put("window", budget.window().toString());
        if (budget.limit().cost() != null) {
            json.put("cost_limit", LedgerJson.money(budget.limit().cost()));
        }
        if (budget.limit().tokens() != null) {
            json.put("token_limit", budget.limit().tokens());
        }
        if (!budget.members().isEmpty()) {
            ArrayNode members = json.putArray("members");
            new TreeSet<>(budget.members()).forEach(members::add);
        }
        json.put("now", standing.window());
        json.set("spent", json(standing.spent()));
        json.set("reserved", json(standing.reserved()));
        return json;
    }

    private static ObjectNode json(Amount amount) {
        return Json.object().put("cost", LedgerJson.money(amount.cost())).put("tokens", amount.tokens());
    }
}
