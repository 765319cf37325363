package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client of a stream, whichever way it is served. */
interface LiveClient extends AutoCloseable {
    JsonNode next() throws Exception;

    /** Whether the stream ends now, and as it should. */
    boolean endsProperly() throws Exception;

    @Override
    void close() throws IOException;

    default List<JsonNode> until(Predicate<JsonNode> last) throws Exception {
        var events = new ArrayList<JsonNode>();
        do {
            events.add(next());
        } while (!last.test(events.get(events.size() - 1)));
        return events;
    }

    /** The ways of serving a stream. */
    enum Way {
        EVENT_STREAM {
            @Override
            LiveClient open(ApiScene scene, String path, String... headers) throws Exception {
                return new EventStream(scene, path, headers);
            }

            @Override
            int refusal(ApiScene scene, String path, String... headers) {
                return scene.call("GET", path, null, headers).status();
            }
        },
        WEB_SOCKET {
            @Override
            LiveClient open(ApiScene scene, String path, String... headers) {
                return new Frames(scene, path, headers);
            }

            @Override
            int refusal(ApiScene scene, String path, String... headers) {
                return Frames.refusal(scene, path, headers);
            }
        };

        abstract LiveClient open(ApiScene scene, String path, String... headers) throws Exception;

        /** The status with which the wish for a stream is refused. */
        abstract int refusal(ApiScene scene, String path, String... headers);
    }
}
