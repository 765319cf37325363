package dev.baton.gateway.node.death;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;

/** What a node needs to have its own death proved by others, and to prove theirs. */
public final class DeathProof implements AutoCloseable {
    private static final String ROLES = "akka.cluster.roles";

    private final DeathListener listener;
    private final LifeLines lines = new LifeLines();
    private final LossSigns signs = new LossSigns(System::nanoTime);

    private DeathProof(DeathListener listener) {
        this.listener = listener;
    }

    /** Takes the node's death port on the interface where other nodes reach it; 0 = any free one. */
    public static DeathProof open(Config config, int port) {
        Config artery = config.getConfig("akka.remote.artery");
        String bind = artery.getString("bind.hostname");
        return new DeathProof(DeathListener.open(bind.isEmpty() ? artery.getString("canonical.hostname") : bind, port));
    }

    /** {@code config} with the role that tells the port to all members. */
    public Config named(Config config) {
        var roles = new ArrayList<>(config.getStringList(ROLES));
        roles.add(DeathWatch.role(listener.port()));
        return config.withValue(ROLES, ConfigValueFactory.fromIterable(roles));
    }

    /** The port by which others can tell whether this process is there. */
    public int port() {
        return listener.port();
    }

    /** When this node saw the first sign that another is lost. */
    public LossSigns signs() {
        return signs;
    }

    /** Answers those who watch this node, and watches the others. */
    public void begin(ActorSystem<?> system) {
        UniqueAddress self = Cluster.get(system).selfMember().uniqueAddress();
        listener.serve(self.address().toString(), self.longUid());
        system.systemActorOf(DeathWatch.create(lines, signs), "death-watch", Props.empty());
        system.systemActorOf(LossWatch.create(signs), "loss-watch", Props.empty());
    }

    /** Only when the node has left, for the port's end looks like death. Returns when no thread is left. */
    @Override
    public void close() {
        lines.close();
        listener.close();
    }
}
