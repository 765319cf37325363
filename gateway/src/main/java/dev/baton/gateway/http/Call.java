package dev.baton.gateway.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.QueueId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One request, with the values of its path and who sends it. */
record Call(HttpRequest request, Map<String, String> path, Caller caller, ActorSystem<?> system, ApiSettings settings) {
    private static final int MAX_KEY = 200;

    /** An id that cannot be one belongs to no chat. */
    ChatId chat() {
        String text = value("chat");
        return ChatId.parse(text)
                .orElseThrow(() -> new ChatException(ErrorCode.CHAT_NOT_FOUND, "chat " + text + " does not exist"));
    }

    MessageId message() {
        String text = value("message");
        return MessageId.parse(text)
                .orElseThrow(() -> new ChatException(
                        ErrorCode.MESSAGE_NOT_FOUND, "message " + text + " is not in this chat's history"));
    }

    QueueId queued() {
        String text = value("queued");
        return QueueId.parse(text)
                .orElseThrow(() -> new ChatException(
                        ErrorCode.QUEUED_MESSAGE_NOT_FOUND, "queued message " + text + " is not in this chat's queue"));
    }

    UUID token() {
        String text = value("token");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw new ChatException(ErrorCode.TOKEN_NOT_FOUND, "token " + text + " does not exist", noId);
        }
    }

    String value(String name) {
        return Optional.ofNullable(path.get(name))
                .orElseThrow(() -> new IllegalStateException("the path has no value named " + name));
    }

    Optional<String> query(String name) {
        return request.getUri().query().get(name);
    }

    List<String> queries(String name) {
        return request.getUri().query().getAll(name);
    }

    Optional<Boolean> queryFlag(String name) {
        return query(name).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw invalid("%s is \"%s\"; it must be true or false".formatted(name, text));
            }
            return text.equals("true");
        });
    }

    int queryNumber(String name, int otherwise, int max) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        int number = text.get().matches("[0-9]{1,9}") ? Integer.parseInt(text.get()) : 0;
        if (number < 1 || number > max) {
            throw invalid("%s is \"%s\"; it must be a number from 1 to %d".formatted(name, text.get(), max));
        }
        return number;
    }

    Optional<String> header(String name) {
        return request.getHeader(name).map(header -> header.value());
    }

    /** Whose chats a list shows: a user's own; to operators everybody's, or those of whom they name. */
    Optional<String> ownerFilter() {
        Optional<String> named = query("owner").map(owner -> Fields.wellFormed("owner", owner));
        return caller.isOperator() ? named : Optional.of(caller.owner());
    }

    /** The client's own name for what it asks for, so that it can ask again. */
    Optional<String> idempotencyKey() {
        return header("Idempotency-Key").map(key -> {
            if (key.isBlank() || key.length() > MAX_KEY) {
                throw invalid("Idempotency-Key has %d characters; it must have 1 to %d, not all blank"
                        .formatted(key.length(), MAX_KEY));
            }
            return key;
        });
    }

    /** The body's fields; none when there is no body. */
    CompletionStage<Fields> body() {
        HttpEntity entity = request.entity();
        if (entity.isKnownEmpty()) {
            return CompletableFuture.completedFuture(Fields.none());
        }
        long length = entity.getContentLengthOption().orElse(0);
        if (length > settings.maxBody()) {
            request.discardEntityBytes(system);
            throw new ChatException(
                    ErrorCode.BODY_TOO_LARGE,
                    "the body has %d bytes; it may have at most %d".formatted(length, settings.maxBody()));
        }
        return request.entity()
                .toStrict(settings.bodyLimit().toMillis(), settings.maxBody(), system)
                .thenApply(strict -> fields(strict.getData()));
    }

    private Fields fields(ByteString bytes) {
        if (bytes.isEmpty()) {
            return Fields.none();
        }
        String type = request.entity().getContentType().mediaType().toString();
        if (!type.equals(ContentTypes.APPLICATION_JSON.mediaType().toString())) {
            throw new ChatException(
                    ErrorCode.MEDIA_TYPE_UNSUPPORTED,
                    "Content-Type is %s; it must be application/json".formatted(type));
        }
        try {
            JsonNode json = Json.read(bytes.toArray());
            return json.isMissingNode() ? Fields.none() : Fields.of(json);
        } catch (JsonProcessingException notJson) {
            throw new ChatException(
                    ErrorCode.REQUEST_INVALID, "the body is no JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    static ChatException invalid(String detail) {
        return new ChatException(ErrorCode.REQUEST_INVALID, detail);
    }
}
