package dev.baton.gateway.node.death;

import akka.actor.AddressFromURIString;
import dev.baton.persistence.chat.NodeId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a death port once who is there, for those who want to know before they are members of the same cluster. */
public final class LifeCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LifeCheck.class);
    private static final int ANSWER_LIMIT_MILLIS = 1_000;

    /** What the answer says of a life. */
    public enum Verdict {
        LIVES,
        /** Its port refuses connections, or another node or life has it. */
        DEAD,
        /** It may hang or be cut off, its host may be gone, or it lives where its death port cannot be reached. */
        SILENT
    }

    private LifeCheck() {}

    /** Blocks, for a limited time. */
    public static Verdict of(NodeId life, int deathPort) {
        String host = AddressFromURIString.parse(life.address()).getHost().orElse("");
        Verdict first = ask(life, host, deathPort);
        // A listener whose backlog is full may refuse as well; hardly twice.
        return first == Verdict.DEAD ? ask(life, host, deathPort) : first;
    }

    private static Verdict ask(NodeId life, String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), ANSWER_LIMIT_MILLIS);
            socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
            Optional<Hello> hello = Hello.read(socket.getInputStream());
            if (hello.isEmpty()) {
                return Verdict.SILENT;
            }
            NodeId there = NodeId.of(hello.get().address(), hello.get().uid());
            return there.equals(life) ? Verdict.LIVES : Verdict.DEAD;
        } catch (ConnectException failure) {
            return isRefused(failure) ? Verdict.DEAD : Verdict.SILENT;
        } catch (IOException failure) {
            LOG.debug("node {}: no word from its death port {}:{}", life, host, port, failure);
            return Verdict.SILENT;
        }
    }

    /** Whether somebody said no, as opposed to nobody saying anything. */
    static boolean isRefused(ConnectException failure) {
        return String.valueOf(failure.getMessage()).contains("refused");
    }
}
