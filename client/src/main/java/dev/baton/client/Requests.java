package dev.baton.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

/** Questions that have one answer. Each may be asked of several nodes, so it is one that may be asked again. */
final class Requests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 64 * 1024 * 1024;

    private final Inventory inventory;
    private final ClientSettings settings;
    private final Supplier<StreamReader.Dialling> dialling;

    Requests(Inventory inventory, ClientSettings settings, Supplier<StreamReader.Dialling> dialling) {
        this.inventory = inventory;
        this.settings = settings;
        this.dialling = dialling;
    }

    /** The answer of the first node that has a good one; at most until the limit for requests. */
    JsonNode send(Request request) {
        var exchange = new Exchange(request, dialling.get());
        inventory.enter(exchange);
        try {
            return exchange.answer();
        } finally {
            inventory.leave(exchange);
        }
    }

    /** One question, and the tries it takes. */
    private final class Exchange implements Inventory.Item {
        private final Request request;
        private final NodeTurn turn;
        private final Backoff backoff;
        private final Line line = new Line();

        Exchange(Request request, StreamReader.Dialling dialling) {
            this.request = request;
            this.turn = dialling.turn();
            this.backoff = dialling.backoff();
        }

        JsonNode answer() {
            long end = System.nanoTime() + settings.limits().request().toNanos();
            while (true) {
                refuseWhenCut();
                BatonException failure;
                try {
                    return once();
                } catch (IOException unreachable) {
                    failure = new BatonException(this + " failed: " + unreachable.getMessage(), unreachable);
                } catch (BatonException refused) {
                    failure = refused;
                }
                if (!isPassing(failure) || System.nanoTime() - end > 0) {
                    refuseWhenCut();
                    throw failure;
                }
                pause();
            }
        }

        private JsonNode once() throws IOException {
            URI node = turn.next();
            Connection connection = line.dial(node, settings.limits().connect());
            try {
                connection.write(
                        request.to(node, settings.headers()), settings.limits().answer());
                Response response = Response.of(connection, settings.limits().answer());
                if (!response.head().isGood()) {
                    throw Problems.of(response, node, settings.limits().answer());
                }
                return json(response.readAll(settings.limits().answer(), BODY_LIMIT));
            } finally {
                line.hangUp(connection);
            }
        }

        private JsonNode json(byte[] body) throws IOException {
            try {
                return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
            } catch (JsonProcessingException broken) {
                throw new BatonException(this + " was not answered in JSON", broken);
            }
        }

        private void pause() {
            try {
                line.pause(backoff.afterFailure());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new ClosedException(this + " was interrupted");
            }
        }

        private void refuseWhenCut() {
            if (line.isCut()) {
                throw new ClosedException("the client was closed during " + this);
            }
        }

        @Override
        public void cut() {
            line.cut();
        }

        @Override
        public String toString() {
            return request.method() + " " + request.path();
        }
    }

    private static boolean isPassing(BatonException failure) {
        return switch (failure.status()) {
            case 0 -> !(failure.getCause() instanceof JsonProcessingException);
            case 502, 503, 504 -> true;
            default -> false;
        };
    }
}
