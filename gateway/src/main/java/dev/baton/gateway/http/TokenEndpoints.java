package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.auth.Tokens;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.token.ApiToken;
import dev.baton.persistence.token.TokenPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes tokens. Only the answer that makes one holds it. */
final class TokenEndpoints {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final int MAX_NAME = 100;
    private static final int MAX_OWNER = 200;
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private final Tokens tokens;
    private final Readiness readiness;
    private final Clock clock;

    TokenEndpoints(Tokens tokens, Readiness readiness, Clock clock) {
        this.tokens = tokens;
        this.readiness = readiness;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/tokens", this::create).forOperators(),
                Endpoint.get("/tokens", this::list).forOperators(),
                Endpoint.delete("/tokens/{token}", this::revoke).forOperators());
    }

    private CompletionStage<HttpResponse> create(Call call) {
        readiness.requireDatabase();
        return call.body()
                .thenCompose(fields -> tokens.create(wish(fields), call.caller()))
                .thenApply(made -> Answers.created(json(made.token()).put("token", made.text())));
    }

    private Tokens.NewToken wish(Fields fields) {
        String name = word(fields, "name", MAX_NAME);
        Role role = role(fields);
        String owner = fields.text("owner").isPresent() ? word(fields, "owner", MAX_OWNER) : name;
        Instant expires = expires(fields);
        fields.end();
        return new Tokens.NewToken(name, role, owner, expires);
    }

    private static String word(Fields fields, String field, int most) {
        String text = fields.requiredText(field);
        if (text.isBlank()
                || !text.equals(text.strip())
                || text.length() > most
                || text.chars().anyMatch(Character::isISOControl)) {
            throw fields.wrong(field, "1 to %d characters, none of them for control, no blanks around".formatted(most));
        }
        return text;
    }

    private static Role role(Fields fields) {
        String name = fields.requiredText("role");
        return Arrays.stream(Role.values())
                .filter(role -> ChatJson.name(role).equals(name))
                .findFirst()
                .orElseThrow(() -> fields.wrong(
                        "role",
                        "one of "
                                + Arrays.stream(Role.values())
                                        .map(ChatJson::name)
                                        .collect(Collectors.joining(", "))));
    }

    private @Nullable Instant expires(Fields fields) {
        String text = fields.text("expires_in").orElse(null);
        if (text == null) {
            return null;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw fields.wrong("expires_in", "a number with s, m, h or d behind it, as in 90d");
        }
        long number = Long.parseLong(time.group(1));
        Duration left = switch (time.group(2).charAt(0)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return clock.instant().plus(left).truncatedTo(ChronoUnit.MILLIS);
    }

    private CompletionStage<HttpResponse> list(Call call) {
        readiness.requireDatabase();
        return tokens.list(call.query("cursor"), call.queryNumber("limit", DEFAULT_LIMIT, MAX_LIMIT))
                .thenApply(page -> Answers.ok(json(page)));
    }

    private CompletionStage<HttpResponse> revoke(Call call) {
        readiness.requireDatabase();
        UUID id = call.token();
        return call.body().thenCompose(fields -> {
            fields.end();
            return tokens.revoke(id, call.caller())
                    .thenApply(revoked -> revoked.map(TokenEndpoints::json)
                            .map(Answers::ok)
                            .orElseThrow(() ->
                                    new ChatException(ErrorCode.TOKEN_NOT_FOUND, "token " + id + " does not exist")));
        });
    }

    private static ObjectNode json(TokenPage page) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("tokens");
        page.tokens().forEach(token -> all.add(json(token)));
        page.nextCursor().ifPresent(cursor -> json.put("next_cursor", cursor));
        return json;
    }

    private static ObjectNode json(Tokens.Revoked revoked) {
        ObjectNode json = json(revoked.token());
        ArrayNode nodes = json.putArray("unconfirmed");
        revoked.unconfirmed().forEach(nodes::add);
        return json;
    }

    private static ObjectNode json(ApiToken token) {
        ObjectNode json = Json.object()
                .put("id", token.id().toString())
                .put("name", token.name())
                .put("role", token.role().toLowerCase(Locale.ROOT))
                .put("owner", token.owner())
                .put("created_by", token.createdBy())
                .put("created_at", token.createdAt().toString());
        put(json, "expires_at", token.expiresAt());
        put(json, "revoked_at", token.revokedAt());
        put(json, "last_used_at", token.lastUsedAt());
        return json;
    }

    private static void put(ObjectNode json, String field, @Nullable Instant time) {
        if (time != null) {
            json.put(field, time.toString());
        }
    }
}
