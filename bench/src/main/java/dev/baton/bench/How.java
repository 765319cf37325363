package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.time.Duration;

/** What happens to a node whose chats are to be taken over. */
enum How {
    KILL("SIGKILL") {
        @Override
        void strike(LocalNode node, Nodes nodes) {
            node.kill();
        }

        @Override
        Target target() {
            return new Target(Duration.ofMillis(800), Duration.ofMillis(1500), null);
        }
    },
    STOP("SIGSTOP until taken over, then SIGCONT") {
        @Override
        void strike(LocalNode node, Nodes nodes) {
            node.suspend();
        }

        @Override
        void end(LocalNode node, Nodes nodes) {
            node.resume();
        }
    },
    PARTITION("cutting off, until taken over,") {
        @Override
        void strike(LocalNode node, Nodes nodes) {
            nodes.cut(node);
        }

        @Override
        void end(LocalNode node, Nodes nodes) {
            nodes.mend(node);
        }
    };

    private final String shown;

    How(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }

    abstract void strike(LocalNode node, Nodes nodes);

    /** When the others have gone on. */
    void end(LocalNode node, Nodes nodes) {}

    Target target() {
        return Target.p99(Duration.ofSeconds(6));
    }
}
