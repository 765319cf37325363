package dev.baton.gateway.http;

import akka.NotUsed;
import akka.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;

/** Answers that make a connection a WebSocket. */
final class Upgrades {

    private Upgrades() {}

    /**
     * Puts {@code between} where the bytes of the WebSocket are. Akka HTTP shows no pongs, and would not end a connection
     * without them; what takes the connection over it carries in a header of the answer, the one thing of its insides that
     * is touched here.
     */
    static HttpResponse with(
            BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> between, HttpResponse upgrade) {
        var takesOver = upgrade.getHeader(UpgradeToOtherProtocolResponseHeader.class)
                .orElseThrow(() -> new IllegalStateException("the answer makes the connection nothing else"));
        Flow<ByteString, ByteString, Object> bytes =
                between.join(takesOver.handler().asJava()).mapMaterializedValue(started -> started);
        return upgrade.removeHeader(takesOver.name())
                .addHeader(new UpgradeToOtherProtocolResponseHeader(bytes.asScala()));
    }
}
