package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/** How a dialect words errors. */
public enum ErrorShape {
    OPENAI {
        @Override
        public ObjectNode of(int status, String code, String message, @Nullable String param) {
            ObjectNode json = Json.object();
            json.putObject("error")
                    .put("message", message)
                    .put("type", type(status))
                    .put("param", param)
                    .put("code", code);
            return json;
        }

        private String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 402 -> "insufficient_quota";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 409 -> "conflict_error";
                case 429 -> "rate_limit_error";
                default -> status < 500 ? "invalid_request_error" : "server_error";
            };
        }
    },
    ANTHROPIC {
        @Override
        public ObjectNode of(int status, String code, String message, @Nullable String param) {
            ObjectNode json = Json.object().put("type", "error");
            json.putObject("error")
                    .put("type", type(status))
                    .put("message", param == null ? message : param + ": " + message)
                    .put("code", code);
            return json;
        }

        private String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 402 -> "billing_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 503 -> "overloaded_error";
                case 504 -> "timeout_error";
                default -> status < 500 ? "invalid_request_error" : "api_error";
            };
        }
    },
    /** Clients show people the body as it is. */
    UI_STREAM {
        @Override
        public ObjectNode of(int status, String code, String message, @Nullable String param) {
            return Json.object()
                    .put("error", param == null ? message : param + ": " + message)
                    .put("code", code);
        }
    };

    public abstract ObjectNode of(int status, String code, String message, @Nullable String param);

    public ObjectNode of(Refused refused) {
        return of(refused.status(), refused.code(), refused.text(), refused.param());
    }
}
